"""When somebody was last seen to wake what is due, and to deliver."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T13:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "when the worker was last seen"

STATEMENTS = """
CREATE TABLE worker_seen (
    does text PRIMARY KEY CHECK (does IN ('wakes', 'delivers')),
    seen_at timestamptz NOT NULL
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
