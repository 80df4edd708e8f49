"""Buddies: invitations, pairs and who is in them, and who wants nothing more to do with whom."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "buddies"

STATEMENTS = """
ALTER TABLE membership ADD COLUMN me uuid;
COMMENT ON COLUMN membership.me IS 'the row of the member in this space: what others see instead of an account';

CREATE TABLE invitation (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    name text NOT NULL,
    secret_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text CHECK (ended_by IN ('used', 'withdrawn')),
    code_hash bytea UNIQUE,
    code_expires_at timestamptz,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CHECK ((code_hash IS NULL) = (code_expires_at IS NULL))
);
CREATE INDEX invitation_account ON invitation (account_id);
CREATE INDEX invitation_expires ON invitation (expires_at);
COMMENT ON COLUMN invitation.name IS 'how whoever invites wants to be called by this buddy';
COMMENT ON COLUMN invitation.code_hash IS 'of the short code, mixed with the database''s own secret (bucket_of)';

CREATE TABLE buddy (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (space_id, id)
);
CREATE UNIQUE INDEX buddy_version ON buddy (space_id, version);
CREATE INDEX buddy_tombstones ON buddy (written_at) WHERE deleted;

CREATE TABLE block (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    blocked_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, blocked_id)
);
CREATE INDEX block_blocked ON block (blocked_id);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
