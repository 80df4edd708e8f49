"""Delivers pushes: takes jobs from the queue, has their kinds decide, sends, and writes down what became of them.

The ledger says what is to be done. A job that comes twice (its worker was killed, the database was away) finds there
what was done already; a delivery that lost its job gets another one. So nothing is missed, and what is sent twice
after a crash has the same Topic and tag.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, Self
from uuid import UUID

import asyncpg
from pgqueuer.db import AsyncpgDriver
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from app import clock
from app.db import Database
from app.push import jobs, ledger, rules
from app.push.connections import Answer
from app.push.kinds import Defer, Drop, PushKind, Send
from app.push.ledger import Outcome, Ready
from app.push.payload import TooLong, declarative
from app.push.push_service import Paused
from app.push.sender import Sender
from app.worker.alarms import Alarms
from app.worker.away import AWAY
from app.worker.gatherer import Gatherer
from app.worker.heartbeat import Heart

logger = logging.getLogger(__name__)

CONNECTIONS: Final = 3
"""Connections to the database that are this loop's own, beside the one that the queue listens on."""
HEARTBEAT: Final = timedelta(seconds=10)
"""When a job whose worker shows no sign of life is taken by another."""
LOOK_AGAIN: Final = timedelta(seconds=2)
"""How long a job that comes again may be overlooked: the queue announces new ones only."""
AT_ONCE: Final = 32
"""Jobs that one deliverer has in hand."""
BATCH: Final = 8
"""Jobs that it claims at once."""
SWEEP_EVERY: Final = 30.0  # seconds
AGAIN: Final = 1.0  # seconds until a lost database is tried again
PATIENCE: Final = 8.0  # seconds for what is on its way when this process stops
_SPREAD: Final = 5.0  # seconds over which those come back that waited for a push service
_AFTER_A_FAULT: Final = timedelta(seconds=30)


class Deliverer:
    """Delivers until the end of its `async with`, on connections of its own. Several may run, anywhere."""

    def __init__(
        self,
        database: Database,
        kinds: Iterable[PushKind],
        sender: Sender,
        origin: str,
        *,
        now: Callable[[], datetime] = clock.now,
        heartbeat: timedelta = HEARTBEAT,
    ) -> None:
        self._database = Database(database.url, CONNECTIONS)
        self._kinds = {kind.name: kind for kind in kinds}
        self._sender = sender
        self._origin = origin
        self._now = now
        self._heartbeat = heartbeat
        self._decisions = Gatherer(self._decide, alike=AWAY)
        self._outcomes = Gatherer(self._write, alike=AWAY)
        self._alarms = Alarms()
        self._heart = Heart("delivers")
        self._stopping = asyncio.Event()
        self._manager: QueueManager | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._sender.__aenter__()
        self._tasks = [asyncio.create_task(self._keep_delivering()), asyncio.create_task(self._keep_sweeping())]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        self._sender.hurry()
        if self._manager is not None:
            self._manager.shutdown.set()
        await asyncio.wait(self._tasks, timeout=PATIENCE)
        for task in self._tasks:
            task.cancel()
        for ended in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                logger.error("deliverer: a loop had failed", exc_info=ended)
        await self._sender.__aexit__()
        await self._database.close()

    async def _keep_delivering(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._deliver_on_one_connection()
            except Exception as trouble:  # whatever it was, deliveries go on
                known = isinstance(trouble, AWAY)
                logger.warning(
                    "deliverer: stopped (%s), trying again",
                    type(trouble).__name__,
                    exc_info=None if known else trouble,
                )
            await self._pause(AGAIN)

    async def _deliver_on_one_connection(self) -> None:
        """Deliver until told to stop, or until the connection is lost."""
        connection = await self._database.pool.connect_outside()
        try:
            manager = QueueManager(Queries(AsyncpgDriver(connection)))
            manager.entrypoint(jobs.ENTRYPOINT)(self._deliver)
            connection.add_termination_listener(lambda _: manager.shutdown.set())
            self._manager = manager
            await self._heart.beat(self._database, self._now())
            if not self._stopping.is_set():
                await manager.run(
                    dequeue_timeout=LOOK_AGAIN,
                    batch_size=BATCH,
                    max_concurrent_tasks=AT_ONCE,
                    shutdown_on_listener_failure=True,
                    heartbeat_timeout=self._heartbeat,
                    log_aggregation_interval=timedelta(0),
                )
        finally:
            self._manager = None
            connection.terminate()

    async def _keep_sweeping(self) -> None:
        while not self._stopping.is_set():
            try:
                async with self._database.transaction() as connection:
                    found = await jobs.sweep(connection, self._now())
                if self._manager is not None:
                    await self._heart.beat(self._database, self._now())
                if found:
                    logger.warning(
                        "deliverer: %d deliveries had lost their place in the queue, and have one again", found
                    )
            except (*AWAY, asyncpg.PostgresError) as trouble:
                logger.warning("deliverer: not swept (%s)", type(trouble).__name__)
            await self._pause(SWEEP_EVERY)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _deliver(self, job: Job) -> None:
        """One job with all that it brings: whatever happens, it is done, or comes again for what is left."""
        if self._stopping.is_set():
            raise RetryRequested(reason="stopping")
        try:
            await self._bring(UUID(bytes=job.payload or b""))
        except RetryRequested:
            raise
        except AWAY as trouble:
            raise RetryRequested(timedelta(seconds=AGAIN), "database") from trouble
        except Exception as fault:
            self._alarms.fault(fault)
            raise RetryRequested(_AFTER_A_FAULT, "fault") from fault

    async def _bring(self, job_id: UUID) -> None:
        """Everything that a job brings, at once; what went wrong for one is raised when all have ended."""
        brought = await self._decisions.ask(job_id)
        for ended in await asyncio.gather(*map(self._carry_out, brought), return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended

    async def _carry_out(self, ready: Ready) -> None:
        match ready.decision:
            case Drop(reason):
                await self._outcomes.ask(Outcome(ready.id, "dropped", reason, tried=False))
            case Defer() as defer:
                await self._outcomes.ask(ledger.deferred(ready, defer, self._now()))
            case Send() as send:
                await self._send(ready, send)

    async def _send(self, ready: Ready, send: Send) -> None:
        try:
            payload = declarative(send.payload, self._origin)
        except TooLong as error:
            self._alarms.fault(error)
            await self._outcomes.ask(Outcome(ready.id, "failed", "too-large", tried=False))
            return
        now = self._now()
        answer = await self._sender.send(
            ready.address,
            payload,
            ttl=ledger.seconds_left(send, ready.expires_at, now),
            urgency=send.urgency,
            topic=send.topic,
            now=now,
        )
        if isinstance(answer, Answer):
            await self._answered(ready, answer)
        elif isinstance(answer, Paused):
            await self._later(ready, answer)
        elif answer == "bad-keys":
            await self._outcomes.ask(Outcome(ready.id, "failed", answer, gone=True))
        elif answer == "endpoint-not-allowed":
            await self._outcomes.ask(Outcome(ready.id, "failed", answer, tried=False))
        else:
            await self._again(ready, answer)

    async def _answered(self, ready: Ready, answer: Answer) -> None:
        match rules.verdict(answer.status):
            case "accepted":
                await self._outcomes.ask(Outcome(ready.id, "sent"))
            case "gone":
                await self._outcomes.ask(Outcome(ready.id, "failed", gone=True))
            case "again":
                await self._again(ready, rules.reason_of(answer.status), answer.retry_after)
            case "too-large" | "refused":
                self._alarms.refused(ready.address.endpoint, answer.status, self._now())
                await self._outcomes.ask(Outcome(ready.id, "failed", rules.reason_of(answer.status)))

    async def _again(self, ready: Ready, reason: str, retry_after: str | None = None) -> None:
        """Try later, while it is still worth showing."""
        if self._stopping.is_set():
            raise RetryRequested(reason="stopping")
        now = self._now()
        wait = rules.wait(retry_after, ready.attempts, random.random(), now)  # noqa: S311 - spreads load
        if now + wait >= ready.expires_at:
            await self._outcomes.ask(Outcome(ready.id, "failed", reason))
        else:
            await self._outcomes.ask(Outcome(ready.id, "waiting", reason, again=wait))

    async def _later(self, ready: Ready, paused: Paused) -> None:
        """Its push service is left alone: it comes again afterwards, in whole seconds, so that many share a job."""
        if self._stopping.is_set():
            raise RetryRequested(reason="stopping")
        spread = random.random() * _SPREAD  # noqa: S311 - spreads load
        wait = timedelta(seconds=math.ceil(paused.seconds + spread))
        if self._now() + wait >= ready.expires_at:
            await self._outcomes.ask(Outcome(ready.id, "failed", "service-paused", tried=False))
        else:
            await self._outcomes.ask(Outcome(ready.id, "waiting", "service-paused", tried=False, again=wait))

    async def _decide(self, job_ids: Sequence[UUID]) -> list[list[Ready]]:
        """What each of these jobs brings, decided about."""
        now = self._now()
        async with self._database.transaction(read_only=True) as connection:
            rows = await ledger.read(connection, job_ids)
        try:
            ready = await self._decide_about(rows, now)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001 - one of them breaks its kind, and must not spoil the others
            ready = [await self._decide_about_one(row, now) for row in rows]
        brought: dict[UUID, list[Ready]] = {job_id: [] for job_id in job_ids}
        for one in ready:
            brought[one.job].append(one)
        return [brought[job_id] for job_id in job_ids]

    async def _decide_about(self, rows: Sequence[asyncpg.Record], now: datetime) -> list[Ready]:
        async with self._database.transaction(read_only=True) as connection:
            return await ledger.decide(connection, rows, self._kinds, self._sender.key, now)

    async def _decide_about_one(self, row: asyncpg.Record, now: datetime) -> Ready:
        try:
            return (await self._decide_about([row], now))[0]
        except AWAY:
            raise
        except Exception as fault:  # noqa: BLE001 - told, and tried again for as long as it is worth showing
            self._alarms.fault(fault)
            return ledger.ready_for(row, Defer(now + _AFTER_A_FAULT, row["expires_at"]))

    async def _write(self, outcomes: Sequence[Outcome]) -> list[None]:
        """Write down what became of these, however long the database is away: otherwise they would be sent again."""
        while True:
            try:
                async with self._database.transaction() as connection:
                    await ledger.write(connection, outcomes, self._now())
            except AWAY:
                if self._stopping.is_set():
                    raise
                await self._pause(AGAIN)
            else:
                return [None] * len(outcomes)
