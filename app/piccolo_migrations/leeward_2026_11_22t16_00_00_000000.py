"""A member's toolbox: strategies, and what became of trying them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "toolbox"

# A try stays when its strategy is deleted: what somebody lived through is theirs.
STATEMENTS = """
CREATE TABLE strategy (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    title text,
    kind text CHECK (kind IN ('breathe', 'ground', 'move', 'reach-out', 'make', 'rest', 'think-through', 'other')),
    steps jsonb,
    minutes smallint CHECK (minutes BETWEEN 1 AND 240),
    moods smallint[] NOT NULL,
    feelings text[] NOT NULL,
    contexts text[] NOT NULL,
    places text[] NOT NULL,
    source text,
    PRIMARY KEY (space_id, id),
    CHECK (deleted OR (title IS NOT NULL AND kind IS NOT NULL AND steps IS NOT NULL))
);
CREATE UNIQUE INDEX strategy_version ON strategy (space_id, version);
CREATE INDEX strategy_tombstones ON strategy (written_at) WHERE deleted;

CREATE TABLE practice (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    strategy_id uuid,
    exercise text,
    mood_before smallint CHECK (mood_before BETWEEN 1 AND 5),
    mood_after smallint CHECK (mood_after BETWEEN 1 AND 5),
    again boolean,
    feelings text[] NOT NULL,
    contexts text[] NOT NULL,
    clock_time text,
    happened_at timestamptz,
    zone text,
    PRIMARY KEY (space_id, id),
    CHECK (deleted OR (num_nonnulls(strategy_id, exercise) = 1 AND clock_time IS NOT NULL AND zone IS NOT NULL))
);
CREATE UNIQUE INDEX practice_version ON practice (space_id, version);
CREATE INDEX practice_tombstones ON practice (written_at) WHERE deleted;
COMMENT ON COLUMN practice.exercise IS 'a built-in exercise, by the name that phones know';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
