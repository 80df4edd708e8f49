"""Who looks after this server, as a member."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T13:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "stewards"

STATEMENTS = """
CREATE TABLE steward (
    account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    since timestamptz NOT NULL
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
