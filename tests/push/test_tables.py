from __future__ import annotations

from app.db import Database
from app.push.tables import PushDelivery, PushSubscription
from tests.accounts.test_tables import columns, declared


async def test_tables_declare_the_columns_that_the_database_has(database: Database) -> None:
    for table in (PushSubscription, PushDelivery):
        assert declared(table) == await columns(database, table)
