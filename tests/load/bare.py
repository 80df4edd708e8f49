"""The baseline: the same transaction with asyncpg alone. `python -m tests.load.bare`, a Job in, an Outcome out.

The statements are the server's own, imported from where it has them, on connections set up as the server's are, so that
both always do the same work: the transaction of a sync, which begins with who is acting.
"""

from __future__ import annotations

import asyncio
import sys
import time
from uuid import UUID, uuid4

import asyncpg
import msgspec
import uvloop

from app import clock
from app.accounts.service import token_hash
from app.asgi import registry
from app.check_ins.service import RECORD
from app.db_pool import SESSION
from app.sync import closing, pull
from app.sync.ledger import LOCK_SPACES, OPEN_DEVICE_OF_SESSION
from tests.load import check_in
from tests.load.check_in import NOW, new_id
from tests.load.load import WARM_UP, CpuMeter, Job, Member, Outcome
from tests.load.phones import Round


async def one_phone(job: Job, member: Member, round_: Round) -> None:
    """One connection that writes a member's check-ins, one transaction after the other."""
    connection = await asyncpg.connect(job.database_url, server_settings=SESSION)
    device = uuid4()
    close = closing.statement(registry())
    try:
        while not round_.over:
            began = time.perf_counter()
            await transaction(connection, close, member, device, job.changes)
            round_.acknowledged += job.changes
            if round_.counting:
                round_.latencies.append(time.perf_counter() - began)
    finally:
        await connection.close()


async def transaction(connection: asyncpg.Connection, close: str, member: Member, device: UUID, changes: int) -> None:
    """What a sync writes and answers, statement by statement."""
    await connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    standing = await connection.fetchrow(
        OPEN_DEVICE_OF_SESSION, token_hash(member.cookie), member.account_id, clock.now(), device
    )
    spaces = await connection.fetch(LOCK_SPACES, member.account_id, [member.journal_id], True)
    assert standing is not None
    first: int = spaces[0]["version"]
    rows = [_row(member.journal_id, version) for version in range(first + 1, first + changes + 1)]
    if changes == 1:
        await connection.execute(RECORD, *rows[0])
    else:
        await connection.executemany(RECORD, rows)
    await connection.fetch(
        close,
        member.account_id,
        device,
        standing["last"] + changes,
        [new_id() for _ in rows],
        [member.journal_id],
        [first],
        [first + changes],
        0,
        0,
        NOW,
        pull.PAGE + 1,
    )
    await connection.execute("COMMIT")


def _row(journal_id: UUID, version: int) -> tuple[object, ...]:
    return (
        journal_id,
        new_id(),
        version,
        NOW,
        check_in.MOOD,
        check_in.ENERGY,
        check_in.FEELINGS,
        check_in.CONTEXTS,
        check_in.NOTE,
        check_in.CLOCK_TIME,
        check_in.HAPPENED_AT,
        check_in.LOCAL_DATE,
        check_in.ZONE,
    )


async def run(job: Job) -> Outcome:
    """Every member's connection at once, for the seconds of the job."""
    round_ = Round()
    async with asyncio.TaskGroup() as group:
        for member in job.members:
            group.create_task(one_phone(job, member, round_))
        await asyncio.sleep(WARM_UP)
        meter, began = CpuMeter(job.watched), time.perf_counter()
        round_.counting = True
        await asyncio.sleep(job.seconds)
        round_.counting, round_.over = False, True
        seconds = time.perf_counter() - began
        cpu, own_cpu = meter.read()
    changes = len(round_.latencies) * job.changes
    return Outcome(seconds, round_.latencies, changes, round_.acknowledged, cpu, own_cpu)


if __name__ == "__main__":
    outcome = uvloop.run(run(msgspec.json.decode(sys.stdin.buffer.read(), type=Job)))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
