"""Agreements, and what a member shares of a check-in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T14:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "agreements and sharing"

STATEMENTS = """
CREATE TABLE agreement (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'in-force')),
    proposed_by uuid NOT NULL,
    parts jsonb NOT NULL,
    worried text NOT NULL,
    review_on text,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX agreement_version ON agreement (space_id, version);
CREATE INDEX agreement_tombstones ON agreement (written_at) WHERE deleted;
CREATE UNIQUE INDEX agreement_one_of_each ON agreement (space_id, state) WHERE NOT deleted;
COMMENT ON COLUMN agreement.parts IS 'what each of the two says for themselves, by their row in the pair';

CREATE TABLE shared_check_in (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    shared_by uuid NOT NULL,
    mood smallint CHECK (mood BETWEEN 1 AND 5),
    feelings text[] NOT NULL,
    note text CHECK (char_length(note) <= 4000),
    clock_time text,
    zone text,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX shared_check_in_version ON shared_check_in (space_id, version);
CREATE INDEX shared_check_in_tombstones ON shared_check_in (written_at) WHERE deleted;

CREATE TABLE sharing (
    journal_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    check_in_id uuid NOT NULL,
    pair_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    shared_id uuid NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
    PRIMARY KEY (journal_id, check_in_id, pair_id),
    UNIQUE (pair_id, shared_id)
);
COMMENT ON TABLE sharing IS 'which row of a pair shows which check-in: never synced, so that nobody learns an id of a journal';
COMMENT ON COLUMN sharing.level IS 'what the member''s screen promised: 1 that I checked in, 2 weather, 3 feelings, 4 note';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
