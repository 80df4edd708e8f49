"""Reaching out: who is asked for company, one after the other; and stepping back from being asked."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reaching out and stepping back"

STATEMENTS = """
CREATE TABLE reach_out (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    want text CHECK (want IN ('sit', 'listen', 'distract')),
    minutes smallint CHECK (minutes > 0),
    begun_at timestamptz,
    state text NOT NULL CHECK (state IN ('open', 'found', 'nobody', 'ended')),
    PRIMARY KEY (space_id, id),
    CHECK (deleted OR (want IS NOT NULL AND minutes IS NOT NULL AND begun_at IS NOT NULL))
);
CREATE UNIQUE INDEX reach_out_version ON reach_out (space_id, version);
CREATE INDEX reach_out_tombstones ON reach_out (written_at) WHERE deleted;
COMMENT ON COLUMN reach_out.begun_at IS 'by the clock of the server, whatever the phone''s shows';

CREATE TABLE ask (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    by uuid NOT NULL,
    want text CHECK (want IN ('sit', 'listen', 'distract')),
    asked_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'passed', 'ended')),
    answer text CHECK (answer IN ('can', 'later', 'cant')),
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX ask_version ON ask (space_id, version);
CREATE INDEX ask_tombstones ON ask (written_at) WHERE deleted;
COMMENT ON COLUMN ask.by IS 'who asks: their row in the pair';

CREATE TABLE reach_out_part (
    journal_id uuid NOT NULL,
    reach_out_id uuid NOT NULL,
    place smallint NOT NULL,
    pair_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('waiting', 'asked', 'unreachable')),
    ask_id uuid,
    asked_at timestamptz,
    PRIMARY KEY (journal_id, reach_out_id, pair_id),
    UNIQUE (pair_id, ask_id),
    FOREIGN KEY (journal_id, reach_out_id) REFERENCES reach_out ON DELETE CASCADE,
    CHECK ((state = 'asked') = (ask_id IS NOT NULL) AND (state = 'asked') = (asked_at IS NOT NULL))
);
COMMENT ON TABLE reach_out_part IS
    'who is asked in which order, and by which row of the pair: a buddy learns of no other, and no id of a journal';

-- However a pair ends (by a buddy, by a block, with an account): whoever was being asked in it is asked no more, and the
-- next one's turn has come.
CREATE FUNCTION reach_out_part_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE due SET due_at = LEAST(due.due_at, gone.asked_at)
    FROM gone JOIN reach_out r ON r.space_id = gone.journal_id AND r.id = gone.reach_out_id AND r.state = 'open'
    WHERE due.kind = 'reach_out' AND due.space_id = gone.journal_id AND due.subject = gone.reach_out_id
        AND gone.state = 'asked';
    RETURN NULL;
END
$$;
CREATE TRIGGER reach_out_part_gone AFTER DELETE ON reach_out_part
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION reach_out_part_gone();

CREATE TABLE step_back (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    until timestamptz,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX step_back_version ON step_back (space_id, version);
CREATE INDEX step_back_tombstones ON step_back (written_at) WHERE deleted;
COMMENT ON COLUMN step_back.until IS 'null: until the member says';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
