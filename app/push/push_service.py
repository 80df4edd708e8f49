"""One push service as this process sees it: what is on its way there, and whether it is left alone for a while.

It is about this process's sockets, so it is this process's own; what waits is in the ledger.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final, Literal

from msgspec import Struct

from app.push.breaker import Breaker
from app.push.connections import Answer, Connections, NoAnswerError

logger = logging.getLogger(__name__)

AT_ONCE: Final = 100
"""Pushes on their way to one push service."""
_SILENT: Final = 3.0
"""Seconds: a service that has several pushes, and answers none of them for so long, hangs."""
_SEVERAL: Final = 5
_SERVERS_FAULT: Final = 500

NoReply = Literal["timeout", "unreachable"]


class Paused(Struct, frozen=True):
    """Its push service is left alone for so many seconds, and nothing was sent."""

    seconds: float


class PushService:
    """A push service at `https://host`. `patience` with a push and `first_pause` in seconds; `room` is everybody's."""

    def __init__(self, origin: str, room: asyncio.Semaphore, patience: float, first_pause: float) -> None:
        self._origin = origin
        self._host = origin.partition("//")[2]
        self._everybodys_room = room
        self._room = asyncio.Semaphore(AT_ONCE)
        self._patience = patience
        self._silent_after = _SILENT
        self._breaker = Breaker(first_pause=first_pause)
        self._under_way: dict[asyncio.Timeout, float] = {}  # and since when: the oldest first
        self._heard_at = 0.0
        self._watch: asyncio.TimerHandle | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way there."""
        return not self._under_way

    def paused(self) -> Paused | None:
        """For how long it is left alone, if it is."""
        seconds = self._breaker.waits(asyncio.get_running_loop().time())
        return Paused(seconds) if seconds > 0 else None

    async def post(self, connections: Connections, request: bytes) -> Answer | NoReply | Paused:
        """Send a whole request when it is its turn, unless the service was paused meanwhile."""
        async with self._room, self._everybodys_room:
            if (paused := self.paused()) is not None:
                return paused
            self._breaker.begins()
            timeout = asyncio.timeout(self._patience)
            try:
                async with timeout:
                    self._begins(timeout)
                    answer = await connections.post(self._origin, request)
            except TimeoutError:
                self._failed("no answer")
                return "timeout"
            except NoAnswerError:  # which address it was is nothing for a log
                self._failed("not reached")
                return "unreachable"
            except BaseException:
                self._breaker.given_up()
                raise
            finally:
                self._under_way.pop(timeout, None)
        self._heard_at = asyncio.get_running_loop().time()
        if answer.status >= _SERVERS_FAULT:
            self._failed(f"answer {answer.status}")
        elif self._breaker.worked():
            logger.warning("push service works again: host=%s", self._host)
        return answer

    def hurry(self, patience: float) -> None:
        """What is on its way, and whatever is sent from now on, gets no more than so many seconds."""
        self._patience = patience
        end = asyncio.get_running_loop().time() + patience
        for timeout in self._under_way:
            when = timeout.when()
            if not timeout.expired() and (when is None or when > end):
                timeout.reschedule(end)

    def _begins(self, timeout: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        self._under_way[timeout] = loop.time()
        if self._watch is None:
            self._watch = loop.call_later(self._silent_after, self._look)

    def _look(self) -> None:
        """Several wait and none is answered: it hangs. What waits is cut off, so that it holds up nothing else."""
        loop = asyncio.get_running_loop()
        self._watch = None
        if not self._under_way:
            return
        since = max(next(iter(self._under_way.values())), self._heard_at)
        if len(self._under_way) < _SEVERAL or loop.time() - since < self._silent_after:
            self._watch = loop.call_later(self._silent_after / 3, self._look)
            return
        self._failed("no answer", at_once=True)
        for timeout in self._under_way:
            if not timeout.expired():
                timeout.reschedule(loop.time())

    def _failed(self, why: str, *, at_once: bool = False) -> None:
        if self._breaker.failed(asyncio.get_running_loop().time(), at_once=at_once):
            logger.warning("push service paused: host=%s reason=%s", self._host, why)
