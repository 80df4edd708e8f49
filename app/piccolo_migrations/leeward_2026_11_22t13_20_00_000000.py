"""Sessions that wait while their account is being deleted."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T13:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sessions that wait"

STATEMENTS = """
ALTER TABLE session ADD COLUMN held_until timestamptz;
COMMENT ON COLUMN session.held_until IS
    'the account is being deleted: until then its devices are asked to try again, so that they do not hold it up';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
