"""How far a check-in is shared stands in the row that shows it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the level of a shared check-in"

STATEMENTS = """
ALTER TABLE shared_check_in ADD COLUMN level text;
UPDATE shared_check_in s SET level = (ARRAY['checked-in', 'weather', 'feelings', 'note'])[sharing.level]
FROM sharing WHERE sharing.pair_id = s.space_id AND sharing.shared_id = s.id AND NOT s.deleted;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
