"""What a member wants to be told of each pair."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "choices for each pair"

# In the member's journal: the other of the pair never learns of it. With the pair it is gone.
STATEMENTS = """
CREATE TABLE pair_choice (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    pair_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    messages boolean NOT NULL,
    signals boolean NOT NULL,
    shared_check_ins boolean NOT NULL,
    asks boolean NOT NULL,
    name_on_lock_screen boolean NOT NULL,
    show_seen boolean NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX pair_choice_version ON pair_choice (space_id, version);
CREATE INDEX pair_choice_tombstones ON pair_choice (written_at) WHERE deleted;
CREATE UNIQUE INDEX pair_choice_of_pair ON pair_choice (pair_id, id);
COMMENT ON COLUMN pair_choice.id IS 'who the member is in the pair: membership.me';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
