"""Who is a steward, and a database that knew of none."""

from __future__ import annotations

from app.migrations import migrate_database
from app.stewards import service
from tests.push.conftest import Harbour

NEW = "2026-11-22T13:30:00:000000"


async def test_a_member_is_a_steward_until_they_are_not(harbour: Harbour) -> None:
    ada, ben = await harbour.member("ada"), await harbour.member("ben")
    since = (await harbour.rows("SELECT now() AS now"))[0]["now"]
    async with harbour.database.transaction() as connection:
        assert await service.add(connection, ada.account_id, since)
        assert not await service.add(connection, ada.account_id, since.replace(year=2027))
        assert await service.is_steward(connection, ada.account_id)
        assert not await service.is_steward(connection, ben.account_id)
        assert await service.all_of_them(connection) == [service.Steward("ada", since)]
        assert not await service.remove(connection, ben.account_id)
        assert await service.remove(connection, ada.account_id)
        assert not await service.is_steward(connection, ada.account_id)


async def test_a_database_of_before_has_its_members_and_no_steward(harbour: Harbour) -> None:
    ada = await harbour.member("ada")
    await harbour.subscribe(ada)
    await harbour.change("DROP TABLE steward")
    await harbour.change("DELETE FROM migration WHERE name = $1", NEW)
    assert await migrate_database(harbour.database) == [NEW]
    async with harbour.database.transaction() as connection:
        assert await service.all_of_them(connection) == []
        assert await service.add(connection, ada.account_id, (await connection.fetchval("SELECT now()")))
    assert [row["name"] for row in await harbour.rows("SELECT name FROM account")] == ["ada"]
    assert len(await harbour.rows("SELECT 1 FROM push_subscription")) == 1
