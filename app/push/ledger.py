"""What is to be sent now, and what became of it: many at once, in one query each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

import asyncpg
from msgspec import Struct

from app.preferences import service as preferences
from app.push import jobs, tally
from app.push.jobs import NewJob
from app.push.kinds import Decision, Defer, Drop, PushKind, Send, Waiting
from app.push.sender import Address

_SHOWN_FOR = timedelta(hours=2)

_READ = """
SELECT d.id, d.key, d.kind, d.space_id, d.subject, d.local_date, d.slot, d.due_at, d.expires_at, d.attempts, d.job,
       s.account_id, s.session_id, s.endpoint, s.p256dh, s.auth, s.vapid_key,
       session.signed_out_at IS NOT NULL AS signed_out
FROM push_delivery d
JOIN push_subscription s ON s.id = d.subscription_id
JOIN session ON session.id = s.session_id
WHERE d.job = ANY($1::uuid[]) AND d.state = 'waiting'
"""

_WRITE = """
WITH written AS (
    UPDATE push_delivery d SET
        state = told.state, reason = told.reason, attempts = d.attempts + told.tried,
        expires_at = COALESCE(told.expires_at, d.expires_at), job = COALESCE(told.job, d.job),
        finished_at = CASE WHEN told.state = 'waiting' THEN NULL ELSE $6::timestamptz END
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::timestamptz[], $7::uuid[])
        AS told (id, state, reason, tried, expires_at, job)
    WHERE d.id = told.id AND d.state = 'waiting'
    RETURNING d.subscription_id, d.state
)
UPDATE push_subscription s SET accepted_at = $6
FROM written WHERE s.id = written.subscription_id AND written.state = 'sent'
"""

_GONE = """
DELETE FROM push_subscription s USING push_delivery d WHERE d.id = ANY($1::uuid[]) AND s.id = d.subscription_id
"""

State = Literal["waiting", "sent", "dropped", "failed"]


class Ready(Struct, frozen=True):
    """A delivery that somebody has decided about. `attempts`: how often it was tried before."""

    id: UUID
    job: UUID
    decision: Decision
    address: Address
    attempts: int
    expires_at: datetime


class Outcome(Struct, frozen=True):
    """What became of a delivery.

    `gone`: its subscription is no more, and is deleted with all that waits for it. `again`: how long until it is looked
    at once more.
    """

    id: UUID
    state: State
    reason: str | None = None
    tried: bool = True
    expires_at: datetime | None = None
    gone: bool = False
    again: timedelta | None = None


async def read(connection: asyncpg.Connection, job_ids: Sequence[UUID]) -> list[asyncpg.Record]:
    """What these jobs bring: deliveries that wait, with the devices that they are for."""
    return await connection.fetch(_READ, job_ids)


async def decide(
    connection: asyncpg.Connection,
    rows: Sequence[asyncpg.Record],
    kinds: Mapping[str, PushKind],
    our_key: str,
    now: datetime,
) -> list[Ready]:
    """Decide about each of these.

    What is too late, for a device that is signed out, or subscribed with a key that is not ours any more, is dropped.
    """
    languages = await preferences.languages_of(connection, {row["account_id"] for row in rows})
    ready: list[Ready] = []
    undecided: dict[str, list[asyncpg.Record]] = {}
    for row in rows:
        reason = _why_not(row, kinds, our_key, now)
        if reason is not None:
            ready.append(ready_for(row, Drop(reason)))
        else:
            undecided.setdefault(row["kind"], []).append(row)
    for name, some in undecided.items():
        waiting = [_waiting(row, languages.get(row["account_id"], "en")) for row in some]
        decisions = await kinds[name].decide(connection, waiting, now)
        ready += [ready_for(row, decision) for row, decision in zip(some, decisions, strict=True)]
    return ready


async def write(connection: asyncpg.Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write down what became of these, all of it or nothing. Inside a transaction."""
    told = [outcome for outcome in outcomes if not outcome.gone]
    again = _jobs_for(told)
    if told:
        await connection.execute(
            _WRITE,
            [outcome.id for outcome in told],
            [outcome.state for outcome in told],
            [outcome.reason for outcome in told],
            [int(outcome.tried) for outcome in told],
            [outcome.expires_at for outcome in told],
            now,
            [again[outcome.id].id if outcome.id in again else None for outcome in told],
        )
    await jobs.add(connection, list({job.id: job for job in again.values()}.values()))
    counted = Counter(tally.became(outcome.state, outcome.reason, gone=outcome.gone) for outcome in outcomes)
    await tally.add(connection, counted)
    gone = [outcome.id for outcome in outcomes if outcome.gone]
    if gone:
        await connection.execute(_GONE, gone)


def _jobs_for(outcomes: Sequence[Outcome]) -> dict[UUID, NewJob]:
    """The job that brings each of these again; those that are looked at in the same moment share it."""
    found: dict[UUID, NewJob] = {}
    open_jobs: dict[timedelta, tuple[NewJob, int]] = {}
    for outcome in outcomes:
        if outcome.again is None:
            continue
        job, brings = open_jobs.get(outcome.again, (None, 0))
        if job is None or brings >= jobs.TOGETHER:
            job, brings = NewJob(uuid4(), after=outcome.again), 0
        open_jobs[outcome.again] = (job, brings + 1)
        found[outcome.id] = job
    return found


def deferred(ready: Ready, defer: Defer, now: datetime) -> Outcome:
    """A delivery that is looked at again later."""
    expires_at = defer.expires_at or defer.until + _SHOWN_FOR
    again = max(defer.until - now, timedelta(0))
    return Outcome(ready.id, "waiting", "deferred", tried=False, expires_at=expires_at, again=again)


def seconds_left(send: Send, expires_at: datetime, now: datetime) -> int:
    """For how long a push service keeps it: never longer than it is worth showing."""
    return max(0, min(send.ttl, int((expires_at - now).total_seconds())))


def _why_not(row: asyncpg.Record, kinds: Mapping[str, PushKind], our_key: str, now: datetime) -> str | None:
    if row["signed_out"]:
        return "signed-out"
    if row["expires_at"] <= now:
        return "too-late"
    if row["vapid_key"] != our_key:
        return "key-changed"
    return None if row["kind"] in kinds else "unknown-kind"


def ready_for(row: asyncpg.Record, decision: Decision) -> Ready:
    """A delivery of `read` with what was decided about it."""
    address = Address(row["endpoint"], row["p256dh"], row["auth"])
    return Ready(row["id"], row["job"], decision, address, row["attempts"], row["expires_at"])


def _waiting(row: asyncpg.Record, language: str) -> Waiting:
    return Waiting(
        id=row["id"],
        key=row["key"],
        account_id=row["account_id"],
        session_id=row["session_id"],
        kind=row["kind"],
        space_id=row["space_id"],
        subject=row["subject"],
        local_date=row["local_date"],
        slot=row["slot"],
        due_at=row["due_at"],
        expires_at=row["expires_at"],
        language=language,
    )
