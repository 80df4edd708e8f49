"""A database that knew of no toolbox."""

from __future__ import annotations

from app.db import Database
from app.migrations import migrate_database
from tests.sync.phone import Phone, check_in
from tests.toolbox.test_toolbox import practice, strategy

NEW = "2026-11-22T16:00:00:000000"


async def test_members_of_before_keep_what_they_have_and_get_a_toolbox(phone: Phone, database: Database) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    async with database.transaction() as connection:
        await connection.execute("DROP TABLE strategy; DROP TABLE practice")
        await connection.execute("DELETE FROM migration WHERE name = $1", NEW)
    assert await migrate_database(database) == [NEW]
    mine = strategy()
    phone.queue("strategies.set", mine)
    phone.queue("practices.record", practice(mine["id"]))
    assert (await phone.talk()).refusals == []
    assert len(phone.living("check_in")) == len(phone.living("strategy")) == len(phone.living("practice")) == 1
