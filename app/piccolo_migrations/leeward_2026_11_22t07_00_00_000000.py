"""Accounts, their sessions and recovery codes, and what keeps guessing slow."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "accounts"

STATEMENTS = """
CREATE TABLE account (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    adult_confirmed_at timestamptz NOT NULL,
    consent_version text NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON COLUMN account.name IS 'for signing in only: never shown to another member';

CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    known_hash bytea NOT NULL,
    label text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    signed_out_at timestamptz
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_seen ON session (seen_at);
COMMENT ON COLUMN session.signed_out_at IS
    'a new password signed this device out: it may do nothing, but still holds the member''s data and can be ended';

CREATE TABLE recovery_code (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE ended_token (
    token_hash bytea PRIMARY KEY,
    ended_at timestamptz NOT NULL
);
CREATE INDEX ended_token_ended ON ended_token (ended_at);
COMMENT ON TABLE ended_token IS
    'tokens of ended devices and deleted accounts, so that the phone learns that it must erase; whose they were is not kept';

CREATE TABLE known_device (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    hash bytea NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, hash)
);
CREATE INDEX known_device_seen ON known_device (seen_at);
COMMENT ON TABLE known_device IS 'browsers that have signed in before: strangers'' wrong guesses do not lock them out';

CREATE TABLE rate_limit (
    bucket bytea PRIMARY KEY,
    about bytea,
    empty_at timestamptz NOT NULL
);
CREATE INDEX rate_limit_about ON rate_limit (about) WHERE about IS NOT NULL;
CREATE INDEX rate_limit_empty ON rate_limit (empty_at);
COMMENT ON COLUMN rate_limit.about IS 'hash of the name tried, so that deleting an account takes these with it';
COMMENT ON COLUMN rate_limit.empty_at IS 'when every try will be forgotten';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
