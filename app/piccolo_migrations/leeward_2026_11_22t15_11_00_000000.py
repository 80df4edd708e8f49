"""What two say to each other, how far each has got it, and words that can still be reported."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "signals and messages"

STATEMENTS = """
CREATE TABLE signal (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    sent_by uuid NOT NULL,
    signal text NOT NULL CHECK (signal IN ('here', 'hard', 'thinking', 'glad')),
    about uuid,
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX signal_version ON signal (space_id, version);
CREATE INDEX signal_tombstones ON signal (written_at) WHERE deleted;
CREATE UNIQUE INDEX signal_once_about ON signal (space_id, about, sent_by, signal) WHERE about IS NOT NULL;
CREATE INDEX signal_nudges ON signal (space_id, sent_by, sent_at) WHERE signal = 'thinking' AND about IS NULL;
COMMENT ON COLUMN signal.about IS 'the shared check-in that it answers';

CREATE TABLE message (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    sent_by uuid NOT NULL,
    text text NOT NULL CHECK (char_length(text) <= 2000),
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX message_version ON message (space_id, version);
CREATE INDEX message_tombstones ON message (written_at) WHERE deleted;
CREATE INDEX message_sent ON message (space_id, sent_at) WHERE NOT deleted;

CREATE TABLE reading (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    received bigint NOT NULL,
    seen bigint,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX reading_version ON reading (space_id, version);
CREATE INDEX reading_tombstones ON reading (written_at) WHERE deleted;
COMMENT ON COLUMN reading.received IS 'all of the space up to this version has reached a phone of the member';
COMMENT ON COLUMN reading.seen IS 'the same for the member; only of whoever wants the other to know';

CREATE TABLE kept_words (
    pair_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('message')),
    author uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    reader uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    text text NOT NULL,
    written_at timestamptz NOT NULL,
    deleted_at timestamptz NOT NULL,
    PRIMARY KEY (pair_id, kind, id)
);
CREATE INDEX kept_words_author ON kept_words (author);
CREATE INDEX kept_words_reader ON kept_words (reader);
CREATE INDEX kept_words_deleted ON kept_words (deleted_at);
COMMENT ON TABLE kept_words IS
    'deleted by their author, or gone with the pair: kept 14 days, only so that whoever read them can report them';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
