"""Check-ins."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "check-ins"

STATEMENTS = """
CREATE TABLE check_in (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    mood smallint CHECK (mood BETWEEN 1 AND 5),
    energy smallint CHECK (energy BETWEEN 1 AND 3),
    feelings text[] NOT NULL,
    contexts text[] NOT NULL,
    note text CHECK (char_length(note) <= 4000),
    clock_time text,
    happened_at timestamptz,
    local_date date,
    zone text,
    PRIMARY KEY (space_id, id),
    CHECK (deleted OR num_nulls(mood, clock_time, happened_at, local_date, zone) = 0)
);
CREATE UNIQUE INDEX check_in_version ON check_in (space_id, version);
CREATE INDEX check_in_tombstones ON check_in (written_at) WHERE deleted;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
