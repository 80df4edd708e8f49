"""The baseline: the same transaction with asyncpg alone. `python -m tests.load.bare`, a Job in, an Outcome out.

The statements are the server's own, imported from where it has them, so that both always do the same work: what a sync
writes, or (`whole`) all that it asks of the database, with who is acting before and the pull after.
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
from app.accounts.service import find
from app.asgi import registry
from app.check_ins.service import RECORD
from app.sync.ledger import CLOSE_BATCH, LOCK_SPACES, OPEN_DEVICE
from app.sync.pull import PAGE, PAGE_BYTES, statement
from tests.load import check_in
from tests.load.check_in import NOW, new_id
from tests.load.load import WARM_UP, CpuMeter, Job, Member, Outcome
from tests.load.phones import Round


async def one_phone(job: Job, member: Member, round_: Round) -> None:
    """One connection that writes a member's check-ins, one transaction after the other."""
    connection = await asyncpg.connect(job.database_url)
    device = uuid4()
    pull = statement(registry())
    spaces = [member.journal_id, await connection.fetchval("SELECT id FROM space WHERE kind = 'library'")]
    try:
        while not round_.over:
            began = time.perf_counter()
            if job.whole:
                await find(connection, member.cookie, clock.now())
            version = await transaction(connection, member, device, job.changes)
            if job.whole:
                before = [version - job.changes, 0]
                limits = (PAGE + 1, PAGE_BYTES)
                await connection.fetch(pull, member.account_id, device, spaces, before, [0, 0], *limits)
            round_.acknowledged += job.changes
            if round_.counting:
                round_.latencies.append(time.perf_counter() - began)
    finally:
        await connection.close()


async def transaction(connection: asyncpg.Connection, member: Member, device: UUID, changes: int) -> int:
    """What a sync writes, statement by statement. Returns the journal's new version."""
    await connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    standing = await connection.fetchrow(OPEN_DEVICE, member.account_id, device, NOW)
    spaces = await connection.fetch(LOCK_SPACES, member.account_id, [member.journal_id])
    assert standing is not None
    first: int = spaces[0]["version"]
    rows = [_row(member.journal_id, version) for version in range(first + 1, first + changes + 1)]
    if changes == 1:
        await connection.execute(RECORD, *rows[0])
    else:
        await connection.executemany(RECORD, rows)
    await connection.execute(
        CLOSE_BATCH,
        member.account_id,
        device,
        standing["last"] + changes,
        [new_id() for _ in rows],
        [member.journal_id],
        [first + changes],
        0,
        0,
        NOW,
    )
    await connection.execute("COMMIT")
    return first + changes


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
