"""Reminders, and what falls due."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reminders and what falls due"

STATEMENTS = """
CREATE TABLE reminder (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    label text NOT NULL,
    times text[] NOT NULL,
    weekdays smallint[] NOT NULL,
    zone text,
    skip_hours smallint,
    is_on boolean NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX reminder_version ON reminder (space_id, version);
CREATE INDEX reminder_tombstones ON reminder (written_at) WHERE deleted;

CREATE TABLE reminding (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    zone text NOT NULL,
    quiet_from text,
    quiet_to text,
    paused_until text,
    shows_label boolean NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX reminding_version ON reminding (space_id, version);
CREATE INDEX reminding_tombstones ON reminding (written_at) WHERE deleted;

CREATE TABLE due (
    kind text NOT NULL,
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    subject uuid NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (kind, space_id, subject)
);
CREATE INDEX due_next ON due (due_at);
CREATE INDEX due_of_space ON due (space_id);
COMMENT ON TABLE due IS 'derived from the members'' own rules, never synced';

CREATE TABLE calendar_link (
    account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    secret_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

ALTER TABLE instance ADD COLUMN tzdata text NOT NULL DEFAULT '';
COMMENT ON COLUMN instance.tzdata IS 'the edition of the time zone database that what is due was worked out with';

ALTER TABLE instance ADD COLUMN reminder_secret bytea NOT NULL
    DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
ALTER TABLE instance ALTER COLUMN reminder_secret DROP DEFAULT;
COMMENT ON COLUMN instance.reminder_secret IS 'makes of an occurrence a key that tells nothing';

CREATE INDEX check_in_happened ON check_in (space_id, happened_at DESC) WHERE NOT deleted;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
