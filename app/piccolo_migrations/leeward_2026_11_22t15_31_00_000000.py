"""When a buddy is asked to say hello, because there was no check-in for as long as the member said."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "missed check-ins"

# The setting is in the member's journal, the words that they wrote for it come to the pair when it is time.
STATEMENTS = """
CREATE TABLE missed_check_in (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    pair_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    is_on boolean NOT NULL,
    after_hours smallint NOT NULL CHECK (after_hours IN (24, 48, 72, 168)),
    words text NOT NULL CHECK (char_length(words) <= 120),
    counts_from timestamptz NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX missed_check_in_version ON missed_check_in (space_id, version);
CREATE INDEX missed_check_in_tombstones ON missed_check_in (written_at) WHERE deleted;
CREATE UNIQUE INDEX missed_check_in_of_pair ON missed_check_in (pair_id, id);
COMMENT ON COLUMN missed_check_in.id IS 'who the member is in the pair: membership.me';
COMMENT ON COLUMN missed_check_in.counts_from IS
    'the last check-in, or change of this setting or of a pause: never synced. The buddy hears once for each';

CREATE TABLE hello (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    words text NOT NULL,
    said_at timestamptz,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX hello_version ON hello (space_id, version);
CREATE INDEX hello_tombstones ON hello (written_at) WHERE deleted;
COMMENT ON COLUMN hello.id IS 'who wrote the words, as the row of the member in the pair';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
