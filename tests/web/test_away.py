"""A database that is away, or that is not the one it was, is 503 and passes: on every route, and in a sync."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from tests.accounts.conftest import new_account, open_town
from tests.sync.phone import check_in


async def make_read_only(database_url: str) -> None:
    """What a server is after a failover, until the address points to the new one."""
    connection = await asyncpg.connect(database_url)
    await connection.execute(
        "CREATE FUNCTION stand_by() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'read_only_sql_transaction'; END $$"
    )
    for table in ("rate_limit", "sync_device"):
        await connection.execute(
            f"CREATE TRIGGER stand_by BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION stand_by()"
        )
    await connection.close()


async def test_a_database_that_became_read_only_is_away_for_everybody(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_town(database_url) as town, town.browser() as phone, town.browser() as stranger:
        signed_up = await phone.post("/api/accounts", json=new_account())
        await make_read_only(database_url)
        mutation = {"number": 1, "id": str(uuid4()), "name": "check_ins.record", "args": check_in()}
        said = {
            "device": str(uuid4()),
            "owner": signed_up.json()["account"]["id"],
            "sentAt": "2026-11-22T08:00:00Z",
            "mutations": [mutation],
        }
        answers = [
            await stranger.post("/api/accounts", json=new_account("ben")),
            await stranger.post("/api/sessions", json={"name": "ada", "password": "harbour lamp 41"}),
            await phone.post("/api/sync", json=said),
        ]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all(answer.headers["retry-after"] for answer in answers)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
