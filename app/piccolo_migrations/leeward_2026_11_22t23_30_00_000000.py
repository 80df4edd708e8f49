"""Whether a member is told by a push what becomes of an agreement: a choice for each pair, as for messages."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T23:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "pushes of agreements by choice"

# The day on which two look at their agreement again was told of whatever was chosen: so it stays, until they choose.
STATEMENTS = "ALTER TABLE pair_choice ADD COLUMN agreements boolean NOT NULL DEFAULT true;"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
