"""Spaces, who is in them, and what sync remembers of each phone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T07:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "spaces and sync"

STATEMENTS = """
CREATE TABLE instance (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    epoch uuid NOT NULL
);
INSERT INTO instance (epoch) VALUES (gen_random_uuid());

CREATE TABLE space (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('journal', 'pair', 'library')),
    version bigint NOT NULL,
    floor bigint NOT NULL,
    created_at timestamptz NOT NULL
);
INSERT INTO space (id, kind, version, floor, created_at) VALUES (gen_random_uuid(), 'library', 0, 0, '2026-11-22Z');
CREATE UNIQUE INDEX space_one_library ON space (kind) WHERE kind = 'library';

CREATE TABLE membership (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    role text NOT NULL,
    PRIMARY KEY (account_id, space_id)
);
CREATE INDEX membership_space ON membership (space_id);

CREATE TABLE sync_device (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    id uuid NOT NULL,
    last bigint NOT NULL,
    fault_number bigint NOT NULL,
    fault_count integer NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE sync_batch (
    account_id uuid NOT NULL,
    device_id uuid NOT NULL,
    last bigint NOT NULL,
    ids uuid[] NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (account_id, device_id, last),
    FOREIGN KEY (account_id, device_id) REFERENCES sync_device ON DELETE CASCADE
);
COMMENT ON TABLE sync_batch IS 'ids of the mutations numbered last - cardinality(ids) + 1 … last';

CREATE TABLE sync_refusal (
    account_id uuid NOT NULL,
    device_id uuid NOT NULL,
    number bigint NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (account_id, device_id, number),
    FOREIGN KEY (account_id, device_id) REFERENCES sync_device ON DELETE CASCADE
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
