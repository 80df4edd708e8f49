"""Limits on tries: kept under a secret of this database."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T07:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "limits on tries under a secret"

# bucket_of is a MAC: a hash of the secret and a hash. PostgreSQL has no HMAC without an extension.
STATEMENTS = """
ALTER TABLE instance ADD COLUMN limits_secret bytea NOT NULL
    DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
ALTER TABLE instance ALTER COLUMN limits_secret DROP DEFAULT;
COMMENT ON COLUMN instance.limits_secret IS
    'without it nobody can try which address or name a row of rate_limit is about; restores keep it';

CREATE FUNCTION bucket_of(subject bytea) RETURNS bytea LANGUAGE sql STABLE STRICT AS
    $$ SELECT sha256(limits_secret || sha256(limits_secret || subject)) FROM instance $$;
DELETE FROM rate_limit;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
