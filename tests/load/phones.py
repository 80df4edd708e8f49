"""Phones that sync over HTTP as fast as they are answered: `python -m tests.load.phones`, a Job in, an Outcome out.

Written close to the socket, without an HTTP library, so that it takes as little as it can from the machine that it
shares with the server.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import cast
from uuid import UUID, uuid4

import msgspec
import uvloop
from msgspec import Raw, Struct

from tests.load.check_in import ARGS, CLOCK_TIME, new_id
from tests.load.load import WARM_UP, CpuMeter, Job, Member, Outcome

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Reply(Struct):
    """What a phone looks at: whether all was taken, and the cookie to send back."""

    outcome: str
    last: int
    cookie: Raw
    refusals: list[Raw]
    fault: Raw | None
    rows: list[Raw]
    more: bool


_replies = msgspec.json.Decoder(Reply)


class Round:
    """Collects what all phones of a load see."""

    def __init__(self) -> None:
        self.counting = False
        self.over = False
        self.latencies: list[float] = []
        self.acknowledged = 0


class Phone(asyncio.Protocol):
    """One phone: sends its next check-ins as soon as the last ones are acknowledged."""

    def __init__(self, round_: Round, job: Job, member: Member) -> None:
        self._round = round_
        self._changes = job.changes
        self._owner = str(member.account_id)
        self._device = uuid4()
        self._number = 0
        self._cookie = b"null"
        self._head = (
            b"POST /api/sync HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
            b"Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nCookie: leeward=%b\r\nContent-Length: "
            % (job.port, job.port, member.cookie.encode())
        )
        self._received = bytearray()
        self._wanted = 0
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one without saying so
        self._send(self._body(0))

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._wanted:
            end = self._received.find(_HEAD_END)
            if end < 0:
                return
            head = bytes(self._received[:end])
            if not head.startswith(b"HTTP/1.1 200"):
                self._fail(head.decode())
                return
            start = head.lower().index(_LENGTH) + len(_LENGTH)
            self._wanted = end + len(_HEAD_END) + int(head[start:].split(b"\r\n", 1)[0])
        if len(self._received) >= self._wanted:
            took = time.perf_counter() - self._sent_at
            body = bytes(self._received[self._received.index(_HEAD_END) + len(_HEAD_END) :])
            self._received.clear()
            self._wanted = 0
            self._answered(body, took)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio names it
        if not self.ended.done():
            self._fail("the server closed the connection")

    def _answered(self, body: bytes, took: float) -> None:
        reply = _replies.decode(body)
        if reply.outcome != "ok" or reply.last != self._number or reply.refusals or reply.fault is not None:
            self._fail(body.decode())
            return
        self._cookie = bytes(reply.cookie)
        round_ = self._round
        if reply.more:
            self._send(self._body(0))
            return
        if round_.counting:
            round_.latencies.append(took)
        if round_.over:
            self._leave()
        else:
            self._send(self._body(self._changes))

    def _body(self, changes: int) -> bytes:
        mutations = b",".join(
            b'{"number":%d,"id":"%b","name":"check_ins.record","args":%b}'
            % (self._number + place, _text(new_id()), ARGS % _text(new_id()))
            for place in range(1, changes + 1)
        )
        self._number += changes
        self._round.acknowledged += changes
        return b'{"device":"%b","owner":"%b","build":"bench","sentAt":"%b","cookie":%b,"mutations":[%b]}' % (
            _text(self._device),
            self._owner.encode(),
            CLOCK_TIME.encode(),
            self._cookie,
            mutations,
        )

    def _send(self, body: bytes) -> None:
        assert self._transport is not None
        self._sent_at = time.perf_counter()
        self._transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))

    def _fail(self, why: str) -> None:
        if not self.ended.done():
            self.ended.set_exception(RuntimeError(why))
        self._leave()

    def _leave(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)
        if self._transport is not None:
            self._transport.close()


def _text(id_: UUID) -> bytes:
    return str(id_).encode()


async def run(job: Job) -> Outcome:
    """Every member's phone at once, for the seconds of the job."""
    round_ = Round()
    loop = asyncio.get_running_loop()
    phones: list[Phone] = []
    for member in job.members:
        _, phone = await loop.create_connection(lambda m=member: Phone(round_, job, m), "127.0.0.1", job.port)
        phones.append(phone)
    everyone = asyncio.gather(*(phone.ended for phone in phones))
    await asyncio.wait({everyone}, timeout=WARM_UP)
    meter, began = CpuMeter(job.watched), time.perf_counter()
    round_.counting = True
    await asyncio.wait({everyone}, timeout=job.seconds)
    round_.counting, round_.over = False, True
    seconds = time.perf_counter() - began
    cpu, own_cpu = meter.read()
    await everyone
    changes = len(round_.latencies) * job.changes
    return Outcome(seconds, round_.latencies, changes, round_.acknowledged, cpu, own_cpu)


if __name__ == "__main__":
    outcome = uvloop.run(run(msgspec.json.decode(sys.stdin.buffer.read(), type=Job)))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
