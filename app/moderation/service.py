"""Reports: somebody tells whoever runs the server about somebody, in confidence, and hears what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import service as buddies
from app.due import service as dues
from app.due.service import Due
from app.errors import Refused
from app.moderation import rules
from app.moderation.rules import Category, Ending, Outcome
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace
from app.sync.apart import opened

__all__ = [
    "DUE",
    "OVERDUE",
    "Case",
    "Category",
    "Ending",
    "Evidence",
    "NewReport",
    "Outcome",
    "Subject",
    "Waiting",
    "cases",
    "close",
    "evidence_of",
    "is_there",
    "prune",
    "send",
    "still_wait",
    "subject_of",
    "waiting",
]

DUE = "report_waits"
"""The kind of what falls due: saying in the log that a report waits to be read."""

OVERDUE = rules.OVERDUE

_IS_THERE = "SELECT true FROM report WHERE space_id = $1 AND id = $2"

_TODAY = "SELECT count(*) FROM report WHERE space_id = $1 AND sent_at > $2"

_SEND = """
INSERT INTO report (space_id, id, version, deleted, written_at, category, sent_at, state, kept, read_by)
VALUES ($1, $2, $3, false, $4, $5, $4, 'received', $6, $7)
"""

_OPEN_CASE = """
INSERT INTO report_case (journal_id, report_id, about_id, text, parted) VALUES ($1, $2, $3, $4, $5) RETURNING number
"""

_KEEP = """
INSERT INTO report_evidence (number, place, author_id, kind, text, said_at, was_deleted)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

_STILL_WAIT = """
SELECT r.space_id, r.id, r.sent_at FROM unnest($1::uuid[], $2::uuid[]) AS d (space_id, id)
JOIN report r ON r.space_id = d.space_id AND r.id = d.id AND r.state = 'received'
"""

_WAITING = "SELECT count(*) AS count, min(sent_at) AS oldest FROM report WHERE state = 'received'"

_CASES = """
SELECT c.number, c.journal_id, c.report_id, r.category, r.sent_at, r.state, r.outcome, r.answer, r.read_by, r.kept,
       c.text, c.parted, c.about_id, about.name AS about, reporter.id AS reporter_id, reporter.name AS reporter
FROM report_case c
JOIN report r ON r.space_id = c.journal_id AND r.id = c.report_id
JOIN membership m ON m.space_id = c.journal_id AND m.role = 'owner'
JOIN account reporter ON reporter.id = m.account_id
LEFT JOIN account about ON about.id = c.about_id
WHERE ($1::bigint IS NULL OR c.number = $1) AND ($2 OR r.state = 'received')
ORDER BY r.sent_at, c.number
"""

_EVIDENCE = """
SELECT author_id, kind, text, said_at, was_deleted FROM report_evidence WHERE number = $1 ORDER BY place
"""

_CLOSE = """
UPDATE report SET version = $3, written_at = $4, state = 'closed', outcome = $5, answer = $6
WHERE space_id = $1 AND id = $2 AND state = 'received' RETURNING true
"""

_CLOSE_CASE = "UPDATE report_case SET closed_at = $3 WHERE journal_id = $1 AND report_id = $2"

_PRUNE = "DELETE FROM report_case WHERE closed_at <= $1"


class NewReport(Struct, rename="camel", kw_only=True):
    """What somebody reports: what it is, their own words, which rows of the pair the server is to copy.

    `deleted`: also what the other wrote to them there and that is gone, for as long as it is kept.
    `end`: what becomes of the pair once the report is kept.
    """

    category: Category
    text: str = ""
    rows: list[UUID] = []
    deleted: bool = False
    end: Ending = "no"


class Subject(Struct, frozen=True):
    """Whom a report is about, and the pair; `is_buddy`: they still are one."""

    reporter_id: UUID
    pair_id: UUID
    other: buddies.Other
    is_buddy: bool


class Waiting(Struct, frozen=True):
    """How many reports wait to be read, and since when the oldest does."""

    count: int
    oldest: datetime | None


class Case(Struct, frozen=True, kw_only=True):
    """A report as whoever reads it sees it. `about`: the name they sign in with; None: their account is deleted."""

    number: int
    journal_id: UUID
    report_id: UUID
    category: Category
    sent_at: datetime
    state: str
    outcome: Outcome | None
    answer: str | None
    read_by: str | None
    kept: int
    text: str
    parted: Ending
    about_id: UUID | None
    about: str | None
    reporter_id: UUID
    reporter: str


class Evidence(Struct, frozen=True):
    """A row as the server copied it. `kind`: also "name", how its author was called in the pair."""

    author_id: UUID
    kind: str
    text: str
    said_at: datetime | None
    was_deleted: bool


async def is_there(connection: asyncpg.Connection, journal: OpenSpace, report_id: UUID) -> bool:
    """Whether a report was taken before: then nothing of it is done twice."""
    return bool(await connection.fetchval(_IS_THERE, journal.id, report_id))


async def subject_of(
    connection: asyncpg.Connection, actor: Actor, pair_id: UUID, pair: OpenSpace | None, now: datetime
) -> Subject:
    """Whom a member has as a buddy there or (`pair` is None) parted from in the last 14 days.

    Raises:
        Refused: `not-yours`.
    """
    other = await buddies.other_of(connection, actor, pair_id, pair, now)
    if other is None:
        raise Refused("not-yours")
    return Subject(actor.account_id, pair_id, other, pair is not None)


async def send(
    connection: asyncpg.Connection,
    journal: OpenSpace,
    report_id: UUID,
    report: NewReport,
    subject: Subject,
    read_by: str | None,
    now: datetime,
) -> None:
    """A member reports somebody, and nobody is told but whoever runs the server.

    Raises:
        Refused: `text-too-long`, `invalid`; `too-many-reports` in a day, but never for one that ends a pair: nobody is
            held in one by this.
    """
    rules.check_text(report.text)
    rules.check_rows(report.rows)
    parts = subject.is_buddy and report.end != "no"
    if not parts and await connection.fetchval(_TODAY, journal.id, now - timedelta(days=1)) >= rules.MOST_A_DAY:
        raise Refused("too-many-reports")
    other = subject.other
    wanted = buddies.Wanted(subject.reporter_id, subject.pair_id, report.rows, report.deleted)
    copied = await buddies.words_of(connection, wanted, other, now)
    await connection.execute(
        _SEND, journal.id, report_id, journal.next_version(), now, report.category, len(copied), read_by
    )
    number = await connection.fetchval(_OPEN_CASE, journal.id, report_id, other.account_id, report.text, report.end)
    name = (number, 0, other.account_id, "name", other.name, None, False)
    rows = [
        (number, place, one.author_id, one.kind, one.text, one.said_at, one.was_deleted)
        for place, one in enumerate(copied, 1)
    ]
    await connection.executemany(_KEEP, [name, *rows])
    await dues.set_due(connection, DUE, [Due(journal.id, report_id, now)])


async def still_wait(connection: asyncpg.Connection, claimed: Sequence[Due]) -> list[Due]:
    """Which of these reports nobody has closed, and when each was sent."""
    rows = await connection.fetch(_STILL_WAIT, [due.space_id for due in claimed], [due.subject for due in claimed])
    return [Due(row["space_id"], row["id"], row["sent_at"]) for row in rows]


async def waiting(connection: asyncpg.Connection) -> Waiting:
    """What waits to be read."""
    row = await connection.fetchrow(_WAITING)
    assert row is not None  # noqa: S101 - an aggregate has one row
    return Waiting(**row)


async def cases(connection: asyncpg.Connection, *, number: int | None = None, closed: bool = False) -> list[Case]:
    """Whoever runs the server sees the reports that wait, the oldest first; with `closed` the others too; or one."""
    return [Case(**row) for row in await connection.fetch(_CASES, number, closed or number is not None)]


async def evidence_of(connection: asyncpg.Connection, number: int) -> list[Evidence]:
    """What was copied for a report, and is still there."""
    return [Evidence(**row) for row in await connection.fetch(_EVIDENCE, number)]


async def close(connection: asyncpg.Connection, case: Case, outcome: Outcome, answer: str, now: datetime) -> bool:
    """Whoever runs the server has seen to a report: the reporter's phones will say so. False: it was closed before."""
    async with opened(connection, [case.journal_id]) as found:
        journal = found.get(case.journal_id)
        if journal is None:
            return False
        closed = await connection.fetchval(
            _CLOSE, journal.id, case.report_id, journal.version + 1, now, outcome, answer or None
        )
        if not closed:
            return False
        journal.next_version()
        await connection.execute(_CLOSE_CASE, journal.id, case.report_id, now)
        await dues.forget(connection, DUE, [(journal.id, case.report_id)])
    return True


async def prune(connection: asyncpg.Connection, now: datetime) -> None:
    """What was copied and written for a report is gone 90 days after it was closed; that it was made stays."""
    await connection.execute(_PRUNE, now - rules.CLOSED_ARE_KEPT)
