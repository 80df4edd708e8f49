# pyright: reportPrivateUsage=false
from __future__ import annotations

from piccolo.table import Table

from app.accounts.tables import Account, RecoveryCode, Session
from app.db import Database

WRITTEN = {"timestamptz": "timestamp with time zone"}


async def test_tables_declare_the_columns_that_the_database_has(database: Database) -> None:
    for table in (Account, Session, RecoveryCode):
        assert declared(table) == await columns(database, table)


async def columns(database: Database, table: type[Table]) -> dict[str, tuple[str, bool]]:
    """The same as the database has them."""
    async with database.connection() as connection:
        rows = await connection.fetch(
            "SELECT column_name, data_type, is_nullable = 'YES' AS nullable"
            " FROM information_schema.columns WHERE table_name = $1",
            table._meta.tablename,  # noqa: SLF001
        )
    return {row["column_name"]: (row["data_type"], row["nullable"]) for row in rows}


def declared(table: type[Table]) -> dict[str, tuple[str, bool]]:
    """Each column's type in PostgreSQL's words, and whether it may be null."""
    found: dict[str, tuple[str, bool]] = {}
    for column in table._meta.columns:  # noqa: SLF001
        kind = column.column_type.lower()
        found[column._meta.name] = (WRITTEN.get(kind, kind), column._meta.null)  # noqa: SLF001
    return found
