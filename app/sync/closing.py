"""The end of a batch: what was taken is written down, and the same round trip brings what is new to the phone.

Nearly every phone that sends something had everything else already. What is new to it is what its own batch wrote, in
spaces that the batch holds locked; the pull over everything would cost the database as much again as the batch.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.sync import pull
from app.sync.pull import Pulled
from app.sync.registry import Registry
from app.sync.wire import Cookie, Fault, MySpace, Row, SpaceCookie

CLOSE_BATCH = """
WITH written AS (
    SELECT * FROM unnest($5::uuid[], $6::bigint[], $7::bigint[]) AS w(id, before, version)
), spaces AS (
    UPDATE space SET version = written.version FROM written WHERE space.id = written.id
), device AS (
    UPDATE sync_device SET last = $3, fault_number = $8, fault_count = $9 WHERE account_id = $1 AND id = $2
), batch AS (
    INSERT INTO sync_batch (account_id, device_id, last, ids, at)
    SELECT $1, $2, $3, $4::uuid[], $10 WHERE cardinality($4::uuid[]) > 0
)
SELECT 'space' AS part, s.kind, s.id AS space_id, m.me AS id, s.version, s.floor, false AS flag, m.role AS data
FROM membership m JOIN space s ON s.id = m.space_id WHERE m.account_id = $1
UNION ALL
SELECT 'space', kind, id, NULL, version, floor, false, 'reader' FROM space WHERE kind = 'library'
UNION ALL
SELECT 'refusal', name, NULL, id, number, 0, false, reason FROM sync_refusal WHERE account_id = $1 AND device_id = $2
{kinds}
"""

_KIND = """
UNION ALL
SELECT 'row', '{name}', r.* FROM written CROSS JOIN LATERAL (
    SELECT space_id, id, version, 0, deleted, CASE WHEN deleted THEN NULL ELSE {data} END
    FROM {table} WHERE {table}.space_id = written.id AND {table}.version > written.before LIMIT $11
) AS r
"""


class Closing(Struct):
    """What a batch came to.

    `last` is the number of the last change taken, `taken` their ids; `written` are the spaces it wrote in, each with
    its version before and after.
    """

    last: int
    taken: Sequence[UUID]
    written: Mapping[UUID, tuple[int, int]]
    fault: Fault | None


@functools.cache
def statement(registry: Registry) -> str:
    """The one statement that closes a batch, over all kinds of the registry."""
    kinds = (_KIND.format(name=k.name, table=k.table, data=k.data_as_sql()) for k in registry.kinds)
    return CLOSE_BATCH.format(kinds="".join(kinds))


async def close(
    connection: asyncpg.Connection,
    registry: Registry,
    account_id: UUID,
    device: UUID,
    closing: Closing,
    cookie: Cookie | None,
    now: datetime,
) -> Pulled | None:
    """Write down what was taken, together with the spaces' new versions.

    Gives everything newer than the cookie; None when that is more than what this batch wrote, or than a page: the phone
    has to pull.
    """
    fault = closing.fault
    records = await connection.fetch(
        statement(registry),
        account_id,
        device,
        closing.last,
        closing.taken,
        list(closing.written),
        [before for before, _ in closing.written.values()],
        [after for _, after in closing.written.values()],
        fault.number if fault else 0,
        fault.attempts if fault else 0,
        now,
        pull.PAGE + 1,
    )
    if cookie is None:
        return None
    spaces: list[MySpace] = []
    reached: dict[UUID, SpaceCookie] = {}
    rows: list[Row] = []
    for record in records:
        if record["part"] == "refusal":
            return None
        if record["part"] == "space":
            space_id: UUID = record["space_id"]
            known = cookie.spaces.get(space_id)
            before, after = closing.written.get(space_id, (record["version"], record["version"]))
            if known is None or known.version != before:
                return None
            spaces.append(MySpace(space_id, record["kind"], record["data"], record["id"]))
            reached[space_id] = SpaceCookie(after, record["floor"])
        else:
            rows.append(pull.as_row(record))
    if len(rows) > pull.PAGE or sum(map(pull.size, rows)) > pull.PAGE_BYTES:
        return None
    rows.sort(key=lambda row: (row.space.bytes, row.version))
    return Pulled(
        epoch=cookie.epoch,
        last=closing.last,
        refusals=[],
        spaces=spaces,
        whole=[],
        rows=rows,
        cookie=Cookie(cookie.epoch, reached),
        more=False,
    )
