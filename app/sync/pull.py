"""Everything newer than a phone's cookie, out of one snapshot.

One SQL statement sees one snapshot, so memberships, the phone's `last`, its refusals and the rows always belong
together, in one round trip.
"""

from __future__ import annotations

import functools
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from app.sync.registry import Registry
from app.sync.wire import Cookie, MySpace, Refusal, Row, SpaceCookie

PAGE = 1000  # rows
PAGE_BYTES = 256 * 1024
"""Where a page ends, with the row that crosses it: on a slow network it has to arrive before the phone gives up."""

_ENVELOPE = 170  # bytes of a row around its data

_SPACES = """
WITH cookie AS (
    SELECT * FROM unnest($3::uuid[], $4::bigint[], $5::bigint[]) AS c(space_id, version, floor)
), mine AS (
    SELECT m.space_id, m.role, m.me FROM membership m WHERE m.account_id = $1
    UNION ALL
    SELECT s.id, 'reader', NULL FROM space s WHERE s.kind = 'library'
), state AS (
    SELECT s.id, s.kind, mine.role, mine.me, s.version, s.floor,
           COALESCE(c.version <= s.version AND (c.version >= s.floor OR c.floor = s.floor), false) AS goes_on,
           c.version AS after
    FROM mine JOIN space s ON s.id = mine.space_id LEFT JOIN cookie c ON c.space_id = s.id
), want AS (
    SELECT id AS space_id, CASE WHEN goes_on THEN after ELSE 0 END AS after
    FROM state WHERE NOT goes_on OR version > after
)
SELECT 'instance' AS part, NULL AS kind, epoch AS space_id, NULL::uuid AS id, 0::bigint AS version,
       0::bigint AS floor, false AS flag, NULL AS data
FROM instance
UNION ALL
SELECT 'device', NULL, NULL, id, last, 0, false, NULL FROM sync_device WHERE account_id = $1 AND id = $2
UNION ALL
SELECT 'refusal', name, NULL, id, number, 0, false, reason
FROM sync_refusal WHERE account_id = $1 AND device_id = $2
UNION ALL
SELECT 'space', kind, id, me, version, floor, goes_on, role FROM state
UNION ALL
(SELECT 'row', kind, space_id, id, version, found, deleted, data FROM (
    SELECT *, count(*) OVER () AS found,
           sum({envelope} + COALESCE(octet_length(data), 0)) OVER (
               ORDER BY space_id, version ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS bytes_before
    FROM (SELECT * FROM ({kinds}) AS every_kind ORDER BY space_id, version LIMIT $6) AS page
 ) AS weighed
 WHERE COALESCE(bytes_before, 0) < $7::bigint ORDER BY space_id, version LIMIT $6 - 1)
"""

_KIND = """
SELECT '{name}' AS kind, r.* FROM want CROSS JOIN LATERAL (
    SELECT space_id, id, version, deleted, CASE WHEN deleted THEN NULL ELSE {data} END AS data
    FROM {table} WHERE {table}.space_id = want.space_id AND version > want.after ORDER BY version LIMIT $6
) AS r
"""


class Pulled(Struct):
    """One page. `last` is the highest number of the phone's that this page knows of."""

    epoch: UUID
    last: int
    refusals: list[Refusal]
    spaces: list[MySpace]
    whole: list[UUID]
    rows: list[Row]
    cookie: Cookie
    more: bool


@functools.cache
def statement(registry: Registry) -> str:
    """The one statement of a pull, over all kinds of the registry."""
    kinds = (_KIND.format(name=k.name, table=k.table, data=k.data_as_sql()) for k in registry.kinds)
    return _SPACES.format(kinds=" UNION ALL ".join(kinds), envelope=_ENVELOPE)


async def pull(
    connection: asyncpg.Connection,
    registry: Registry,
    *,
    account_id: UUID | None,
    device: UUID,
    cookie: Cookie | None,
) -> Pulled:
    """A phone now has the next page of what it may see. `account_id` None: the library alone."""
    known = cookie.spaces if cookie else {}
    records = await connection.fetch(
        statement(registry),
        account_id,
        device,
        list(known),
        [space.version for space in known.values()],
        [space.floor for space in known.values()],
        PAGE + 1,
        PAGE_BYTES,
    )
    return _page(records, known)


def _page(records: list[asyncpg.Record], known: dict[UUID, SpaceCookie]) -> Pulled:
    rows: list[Row] = []
    refusals: list[Refusal] = []
    states: list[asyncpg.Record] = []
    epoch: UUID | None = None
    last = found = 0
    for record in records:
        match record["part"]:
            case "row":
                found = record["floor"]
                rows.append(as_row(record))
            case "space":
                states.append(record)
            case "refusal":
                refusals.append(Refusal(record["version"], record["id"], record["kind"], record["data"]))
            case "device":
                last = record["version"]
            case _:
                epoch = record["space_id"]
    if epoch is None:
        raise RuntimeError("this database has no epoch")
    more = len(rows) < found
    spaces, whole = _progress(states, known, rows[-1] if more else None)
    return Pulled(
        epoch=epoch,
        last=last,
        refusals=sorted(refusals, key=lambda refusal: refusal.number),
        spaces=[MySpace(state["space_id"], state["kind"], state["data"], state["id"]) for state in states],
        whole=whole,
        rows=rows,
        cookie=Cookie(epoch, spaces),
        more=more,
    )


def as_row(record: asyncpg.Record) -> Row:
    """A record with the columns kind, space_id, id, version, flag (deleted) and data, as phones know it."""
    data: str | None = record["data"]
    return Row(
        kind=record["kind"],
        space=record["space_id"],
        id=record["id"],
        version=record["version"],
        deleted=record["flag"],
        data=None if data is None else msgspec.Raw(data.encode()),
    )


def size(row: Row) -> int:
    """Bytes that a row takes on a page, near enough."""
    return _ENVELOPE + (0 if row.data is None else len(memoryview(row.data)))


def _progress(
    states: list[asyncpg.Record], known: dict[UUID, SpaceCookie], cut_at: Row | None
) -> tuple[dict[UUID, SpaceCookie], list[UUID]]:
    """How far the phone is in each space after this page, and which spaces begin anew on it.

    Rows come ordered by space, then version: spaces before the cut are complete, those behind it not begun.
    """
    cookie: dict[UUID, SpaceCookie] = {}
    whole: list[UUID] = []
    for state in states:
        space_id: UUID = state["space_id"]
        goes_on: bool = state["flag"]
        before = known.get(space_id) if goes_on else None
        unchanged = before is not None and before.version == state["version"]
        if cut_at is not None and not unchanged and space_id.bytes > cut_at.space.bytes:
            if before is not None:
                cookie[space_id] = before
            continue
        if not goes_on:
            whole.append(space_id)
        reached = cut_at.version if cut_at is not None and space_id == cut_at.space else state["version"]
        cookie[space_id] = SpaceCookie(reached, state["floor"])
    return cookie, whole
