"""Preferences."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T07:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "preferences"

STATEMENTS = """
CREATE TABLE preference (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX preference_version ON preference (space_id, version);
CREATE INDEX preference_tombstones ON preference (written_at) WHERE deleted;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
