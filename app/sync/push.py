"""A phone's changes, taken exactly once and in their order.

A batch first runs as one. Only when something in it is refused or fails is it rolled back and run again with a
savepoint around each change: nearly every batch is clean, and savepoints would cost it two round trips a change.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from app.db import AWAY, Database
from app.errors import Invalid, LeewardError, Refused, TooMany, Unavailable
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace
from app.sync import closing, ledger
from app.sync.ledger import NotInOrderError, SessionOf, Standing
from app.sync.pull import Pulled
from app.sync.registry import Change, Mutation, Registry
from app.sync.wire import Fault, Outcome, QueuedMutation, Refusal, SyncRequest

logger = logging.getLogger(__name__)

LARGEST_MUTATION = 64 * 1024
FAULTS_UNTIL_REFUSED = 3
TRIES_AT_A_BATCH = 5

COLLISIONS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
NOT_NOW = (Unavailable, TooMany, NotInOrderError)


class Pushed(Struct):
    """What became of a batch. `touched` are the spaces whose other readers should pull, `told` accounts that should.

    `news` is everything newer than the phone's cookie; None when the phone has to pull.
    """

    outcome: Outcome
    last: int
    epoch: UUID
    fault: Fault | None = None
    touched: tuple[UUID, ...] = ()
    told: frozenset[UUID] = frozenset()
    news: Pulled | None = None


class _Prepared(Struct):
    """A change with its arguments decoded, or the reason why it cannot be run."""

    queued: QueuedMutation
    mutation: Mutation[Any] | None = None
    args: Any = None
    reason: str = "invalid"


async def push(
    database: Database, registry: Registry, who: Actor | SessionOf, request: SyncRequest, now: datetime
) -> Pushed:
    """A phone's changes are now taken, each applied once or refused for a reason.

    Raises:
        Invalid: the numbers of the batch are not consecutive.
        Unavailable, TooMany: it cannot be done just now; nothing was changed.
        NotInOrderError: who is acting has to be looked at first; nothing was changed.
    """
    if any(b.number != a.number + 1 for a, b in zip(request.mutations, request.mutations[1:], strict=False)):
        raise Invalid("mutations-out-of-order", "Changes must be numbered one after the other.", field="mutations")
    prepared = [_prepare(registry, queued) for queued in request.mutations]
    one_by_one = any(change.mutation is None for change in prepared)
    for _ in range(TRIES_AT_A_BATCH):
        try:
            return await _run(database, registry, who, request, prepared, now, one_by_one=one_by_one)
        except COLLISIONS:
            continue
        except AWAY as trouble:
            raise _unavailable(trouble) from trouble
        except NOT_NOW:
            raise
        except Exception:
            if one_by_one:
                raise
            one_by_one = True
    raise Unavailable("try-again", "The server is busy. Nothing is lost.")


def _unavailable(trouble: Exception) -> Unavailable:
    logger.warning("sync: the database is not available (%s)", type(trouble).__name__)
    return Unavailable("try-again", "The server cannot store this just now. Nothing is lost.")


def _prepare(registry: Registry, queued: QueuedMutation) -> _Prepared:
    if len(memoryview(queued.args)) > LARGEST_MUTATION:
        return _Prepared(queued, reason="too-large")
    if "\0" in queued.name:  # which the database could not keep beside the refusal
        return _Prepared(msgspec.structs.replace(queued, name=""))
    if not memoryview(queued.args):  # it could not be read
        return _Prepared(queued)
    try:
        mutation = registry.mutation(queued.name)
        return _Prepared(queued, mutation, msgspec.json.decode(queued.args, type=mutation.args))
    except Refused as refused:
        return _Prepared(queued, reason=refused.code)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Prepared(queued)


async def _run(
    database: Database,
    registry: Registry,
    who: Actor | SessionOf,
    request: SyncRequest,
    prepared: Sequence[_Prepared],
    now: datetime,
    *,
    one_by_one: bool,
) -> Pushed:
    async with database.transaction() as connection:
        actor, standing = await ledger.open_device(connection, who, request.device, now)
        outcome = await _place(connection, actor, request, standing)
        if outcome != "ok":
            return Pushed(outcome, standing.last, standing.epoch)
        await ledger.confirm(connection, actor.account_id, request.device, request.confirmed)
        fresh = [change for change in prepared if change.queued.number > standing.last]
        if not fresh:
            return Pushed("ok", standing.last, standing.epoch)
        batch = _Batch(database, connection, actor, request, standing, now)
        await batch.lock_spaces(fresh)
        if one_by_one:
            await batch.run_one_by_one(fresh)
        else:
            await batch.run_as_one(fresh)
        return await batch.close(registry)


async def _place(connection: asyncpg.Connection, actor: Actor, request: SyncRequest, standing: Standing) -> Outcome:
    """Where the batch stands against what this server remembers of the device."""
    if request.cookie is not None and request.cookie.epoch != standing.epoch:
        return "epoch-changed"
    if not request.mutations:
        return "ok"
    if request.mutations[0].number > standing.last + 1:
        return "gap"
    seen = {change.number: change.id for change in request.mutations if change.number <= standing.last}
    if seen and not await ledger.remembers(connection, actor.account_id, request.device, seen):
        return "forked"
    return "ok"


class _Batch:
    """One run of a batch inside its transaction."""

    def __init__(
        self,
        database: Database,
        connection: asyncpg.Connection,
        actor: Actor,
        request: SyncRequest,
        standing: Standing,
        now: datetime,
    ) -> None:
        self._database = database
        self._connection = connection
        self._actor = actor
        self._device = request.device
        self._cookie = request.cookie
        self._standing = standing
        self._change = Change(connection, actor, {}, request.sent_at, now)
        self._taken: list[UUID] = []
        self._refusals: list[Refusal] = []
        self._fault: Fault | None = None
        self._versions: dict[UUID, int] = {}

    async def lock_spaces(self, changes: Sequence[_Prepared]) -> None:
        """Lock every space that the batch declares, in the order of their ids, if the actor is still a member.

        With what reaches into the actor's pairs, those too.
        """
        declared = {
            space_id
            for change in changes
            if change.mutation is not None
            for space_id in change.mutation.spaces(self._actor, change.args)
        }
        if not declared:
            return
        in_pairs = any(change.mutation is not None and change.mutation.in_pairs for change in changes)
        for space in await ledger.lock_spaces(self._connection, self._actor.account_id, declared, in_pairs=in_pairs):
            self._change.spaces[space.id] = space
            self._versions[space.id] = space.version

    async def run_as_one(self, changes: Sequence[_Prepared]) -> None:
        """Run all, what is alike together; the first that is refused or fails ends the transaction."""
        for mutation, group in groupby(changes, key=lambda change: change.mutation):
            alike = list(group)
            if mutation is not None and mutation.run_all is not None and len(alike) > 1:
                await mutation.run_all(self._change, [change.args for change in alike])
            else:
                for change in alike:
                    await self._run(change)
            self._taken.extend(change.queued.id for change in alike)

    async def run_one_by_one(self, changes: Sequence[_Prepared]) -> None:
        """Run each by itself; one that is refused leaves no trace, one that fails unexpectedly ends the batch."""
        for change in changes:
            before = {space.id: dataclasses.replace(space) for space in self._change.spaces.values()}
            try:
                async with self._database.savepoint():
                    await self._run(change)
            except (*COLLISIONS, *AWAY, *NOT_NOW):
                raise
            except LeewardError as refused:
                self._rewind(before)
                self._refuse(change.queued, refused.code)
            except Exception as fault:
                if self._connection.is_closed():
                    raise
                self._rewind(before)
                if not self._bear(change.queued, fault):
                    return
            self._taken.append(change.queued.id)

    async def _run(self, change: _Prepared) -> None:
        if change.mutation is None:
            raise Refused(change.reason)
        await change.mutation.run(self._change, change.args)

    def _rewind(self, spaces: dict[UUID, OpenSpace]) -> None:
        self._change.spaces.update(spaces)

    def _refuse(self, queued: QueuedMutation, reason: str) -> None:
        self._refusals.append(Refusal(queued.number, queued.id, queued.name, reason))

    def _bear(self, queued: QueuedMutation, fault: Exception) -> bool:
        """Count an unexpected failure. True when it was the last one that is borne and the change is refused."""
        attempts = 1 + (self._standing.fault_count if self._standing.fault_number == queued.number else 0)
        # The message of an exception may quote what a member wrote: its type and place must do.
        frame = _innermost_line(fault)
        logger.error("sync: %s failed with %s at %s, attempt %d", queued.name, type(fault).__name__, frame, attempts)
        if attempts >= FAULTS_UNTIL_REFUSED:
            logger.critical("sync: %s was given up after %d attempts: this is our fault", queued.name, attempts)
            self._refuse(queued, "server-fault")
            return True
        self._fault = Fault(queued.number, attempts)
        return False

    async def close(self, registry: Registry) -> Pushed:
        last = self._standing.last + len(self._taken)
        before = self._versions
        spaces = [space for space in self._change.spaces.values() if not space.is_gone]
        written = {s.id: (before[s.id], s.version) for s in spaces if s.version != before[s.id]}
        news = await closing.close(
            self._connection,
            registry,
            self._actor.account_id,
            self._device,
            closing.Closing(last, self._taken, written, self._fault),
            self._cookie,
            self._change.now,
        )
        if self._refusals:
            await ledger.keep_refusals(self._connection, self._actor.account_id, self._device, self._refusals)
            news = None
        return Pushed("ok", last, self._standing.epoch, self._fault, tuple(written), frozenset(self._change.told), news)


def _innermost_line(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
