"""Telling phones that there is something to pull: after the commit, batched, and saying nothing else.

One connection per process listens. When it was lost, everybody is told to pull once it listens again, for what was
said meanwhile was not heard.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from typing import Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.db import Database
from app.errors import Unavailable

logger = logging.getLogger(__name__)

CHANNEL = "leeward_poke"
HEARTBEAT = 20.0  # seconds
GATHER = 0.02  # seconds in which what is to be said is put together
AGAIN = 1.0  # seconds until listening, or telling, is tried again
LARGEST_PAYLOAD = 7000
STREAMS_OF_A_SESSION = 3

READERS = """
SELECT DISTINCT m.account_id, written.device
FROM unnest($1::uuid[], $2::uuid[]) AS written(space_id, device) JOIN membership m ON m.space_id = written.space_id
"""

TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, Unavailable)

Said = Literal["pull", "end", "heartbeat"]


class Stream(Struct, eq=False):
    """One open stream of a phone: whose, of which session, and on which device."""

    account_id: UUID
    session_id: UUID
    device: UUID
    wake: asyncio.Event
    pull: bool = True
    ended: bool = False


class Pokes:
    """Between the processes of a server and the streams of this one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._streams: dict[Stream, None] = {}  # the oldest first
        self._written: set[tuple[UUID, UUID]] = set()
        self._told: set[UUID] = set()
        self._ended: set[UUID] = set()
        self._something_to_say = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False

    async def start(self) -> None:
        """Listen and speak until closed."""
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._speak())]

    async def close(self) -> None:
        """Stop, and let every open stream come to its end."""
        self._closed = True
        for stream in self._streams:
            stream.wake.set()
        for task in self._tasks:
            task.cancel()
        for ended in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                logger.error("pokes: a loop had failed", exc_info=ended)

    def written(self, space_ids: Iterable[UUID], *, by: UUID) -> None:
        """Ask everybody who may read these spaces to pull, but for the phone that wrote and has its answer."""
        self._written.update((space_id, by) for space_id in space_ids)
        if self._written:
            self._something_to_say.set()

    def tell(self, account_ids: Iterable[UUID]) -> None:
        """Ask all phones of these accounts to pull."""
        self._told.update(account_ids)
        if self._told:
            self._something_to_say.set()

    def end_session(self, session_id: UUID) -> None:
        """Close the stream of a session that is no more; its phone finds out why at its next sync."""
        self._ended.add(session_id)
        self._something_to_say.set()

    async def stream(self, account_id: UUID, session_id: UUID, device: UUID) -> AsyncIterator[Said]:
        """What a phone is told, beginning with one "pull": it subscribed first, so nothing falls between."""
        stream = Stream(account_id, session_id, device, asyncio.Event())
        self._make_room(session_id)
        self._streams[stream] = None
        try:
            while not self._closed:
                if stream.ended:
                    yield "end"
                    return
                if stream.pull:
                    stream.pull = False
                    yield "pull"
                try:
                    await asyncio.wait_for(stream.wake.wait(), HEARTBEAT)
                except TimeoutError:
                    yield "heartbeat"
                stream.wake.clear()
        finally:
            self._streams.pop(stream, None)

    def _make_room(self, session_id: UUID) -> None:
        """End the oldest streams of a session that has enough: a browser needs one, and hears "end" and waits."""
        open_ones = [stream for stream in self._streams if stream.session_id == session_id and not stream.ended]
        for stream in open_ones[: max(0, len(open_ones) + 1 - STREAMS_OF_A_SESSION)]:
            stream.ended = True
            stream.wake.set()

    def _hear(self, payload: str) -> None:
        for line in payload.splitlines():
            said, _, rest = line.partition(" ")
            if said == "end":
                self._end(UUID(rest))
            else:
                account, _, device = rest.partition(" ")
                self._wake(UUID(account), device)

    def _end(self, session_id: UUID) -> None:
        for stream in self._streams:
            if stream.session_id == session_id:
                stream.ended = True
                stream.wake.set()

    def _wake(self, account_id: UUID, except_device: str) -> None:
        for stream in self._streams:
            if stream.account_id == account_id and str(stream.device) != except_device:
                stream.pull = True
                stream.wake.set()

    def _wake_all(self) -> None:
        for stream in self._streams:
            stream.pull = True
            stream.wake.set()

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except TROUBLE as trouble:
                logger.warning("pokes: not listening (%s), trying again", type(trouble).__name__)
            await asyncio.sleep(AGAIN)

    async def _listen_once(self) -> None:
        connection = await self._database.pool.connect_outside()
        try:
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, lambda _c, _p, _n, payload: self._hear(str(payload)))
            self._wake_all()
            await lost.wait()
        finally:
            connection.terminate()

    async def _speak(self) -> None:
        while True:
            await self._something_to_say.wait()
            await asyncio.sleep(GATHER)
            self._something_to_say.clear()
            written, self._written = self._written, set()
            told, self._told = self._told, set()
            ended, self._ended = self._ended, set()
            try:
                await self._tell(written, told, ended)
            except TROUBLE as trouble:
                logger.warning("pokes: could not tell (%s), trying again", type(trouble).__name__)
                # A lost "pull" would only delay. A lost "end" would leave a stream open that nobody may read any more.
                self._written |= written
                self._told |= told
                self._ended |= ended
                self._something_to_say.set()
                await asyncio.sleep(AGAIN)

    async def _tell(self, written: set[tuple[UUID, UUID]], told: set[UUID], ended: set[UUID]) -> None:
        lines = [f"end {session_id}" for session_id in ended]
        lines += [f"pull {account_id}" for account_id in told]
        async with self._database.connection() as connection:
            if written:
                rows = await connection.fetch(READERS, *zip(*written, strict=True))
                lines += [f"pull {row['account_id']} {row['device']}" for row in rows]
            for payload in _payloads(lines):
                await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)


async def poke_at_commit(connection: asyncpg.Connection, account_ids: Iterable[UUID]) -> None:
    """Ask all phones of these accounts to pull, once the transaction around commits.

    For a loop that may run in a process without streams. Sync itself does it after the commit: inside, it makes commits
    wait for one another.
    """
    for payload in _payloads([f"pull {account_id}" for account_id in account_ids]):
        await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)


def _payloads(lines: list[str]) -> Iterable[str]:
    """Lines packed into as few notifications as PostgreSQL's limit of 8,000 bytes allows."""
    payload = ""
    for line in lines:
        if len(payload) + len(line) >= LARGEST_PAYLOAD:
            yield payload
            payload = ""
        payload += line + "\n"
    if payload:
        yield payload
