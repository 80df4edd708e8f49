"""A new phone pulls what is already there, against bare asyncpg fetching the same rows."""

from __future__ import annotations

import asyncio
import http.client
import time
from uuid import UUID, uuid4

import asyncpg
import msgspec
from msgspec import Raw

from tests.load.check_in import ARGS, CLOCK_TIME, new_id
from tests.load.figures import Figure, Section, milliseconds
from tests.load.load import Member, median, percentile
from tests.load.members import sign_up
from tests.load.server import Server

ROWS = 1000
PULLS = 60
BATCH = 100

_SAME_ROWS = """
SELECT id, version, deleted, mood, energy, feelings, contexts, note, clock_time, zone FROM check_in
WHERE space_id = $1 AND version > 0 ORDER BY version LIMIT 1001
"""


class _Page(msgspec.Struct):
    rows: list[Raw]
    cookie: Raw
    more: bool


_page = msgspec.json.Decoder(_Page)


def measure(server: Server) -> list[Section]:
    """1,000 rows, page by page."""
    (member,) = sign_up(server, 1, "pulling")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    device = uuid4()
    for first in range(1, ROWS, BATCH):
        _sync(connection, server, member, device, range(first, first + BATCH))
    ours: list[float] = []
    bare: list[float] = []
    answers: list[bytes] = []
    size = 0
    with asyncio.Runner() as runner:
        database = runner.run(_connect(server.database_url))
        for _ in range(PULLS):
            began = time.perf_counter()
            answers = _pull(connection, server, member)
            ours.append(time.perf_counter() - began)
            size = sum(map(len, answers))
            began = time.perf_counter()
            rows = runner.run(_fetch(database, member.journal_id))
            bare.append(time.perf_counter() - began)
            pulled = sum(len(_page.decode(answer).rows) for answer in answers)
            if pulled != ROWS or len(rows) != ROWS:
                raise RuntimeError("a pull did not bring every row")
        runner.run(database.close())
    connection.close()
    ratio = median([a / b for a, b in zip(ours, bare, strict=True)])
    return [
        Section(
            "Pull",
            [
                Figure(
                    f"A new phone pulls {ROWS:,} check-ins",
                    f"**{milliseconds(median(ours))}** (p99 {milliseconds(percentile(ours, 99))}), "
                    f"{ratio:.1f} × the bare fetch of {milliseconds(median(bare))}",
                    f"POST /api/sync without a cookie, {size / 1000:,.0f} kB of JSON in {len(answers)} pages, "
                    f"until the last byte is there; {PULLS} times, each beside asyncpg fetching the same rows "
                    "from the same database",
                )
            ],
        )
    ]


def _pull(connection: http.client.HTTPConnection, server: Server, member: Member) -> list[bytes]:
    device = uuid4()
    answers = [_sync(connection, server, member, device, range(0))]
    while (page := _page.decode(answers[-1])).more:
        answers.append(_sync(connection, server, member, device, range(0), bytes(page.cookie)))
    return answers


def _sync(
    connection: http.client.HTTPConnection,
    server: Server,
    member: Member,
    device: UUID,
    numbers: range,
    cookie: bytes = b"null",
) -> bytes:
    mutations = b",".join(
        b'{"number":%d,"id":"%b","name":"check_ins.record","args":%b}'
        % (number, str(new_id()).encode(), ARGS % str(new_id()).encode())
        for number in numbers
    )
    body = b'{"device":"%b","owner":"%b","build":"bench","sentAt":"%b","cookie":%b,"mutations":[%b]}' % (
        str(device).encode(),
        str(member.account_id).encode(),
        CLOCK_TIME.encode(),
        cookie,
        mutations,
    )
    headers = {"Origin": server.origin, "Content-Type": "application/json", "Cookie": f"leeward={member.cookie}"}
    connection.request("POST", "/api/sync", body, headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(text.decode())
    return text


async def _connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url)


async def _fetch(connection: asyncpg.Connection, journal_id: UUID) -> list[asyncpg.Record]:
    return await connection.fetch(_SAME_ROWS, journal_id)
