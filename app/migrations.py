"""Brings a database up to date: Piccolo's runner over `piccolo_migrations/`, one process at a time, all or nothing."""

import contextlib
import io
import logging
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import MigrationModule

from app import piccolo_migrations
from app.db import Database, connect
from app.settings import Settings

log = logging.getLogger(__name__)

# The key of the advisory lock: "leeward" in ASCII. Held until the end of the transaction.
_LOCK = int.from_bytes(b"leeward", "big")


class _Forwards(ForwardsMigrationManager):
    def get_migration_modules(self, folder_path: str) -> dict[str, MigrationModule]:  # noqa: ARG002 - Piccolo's signature
        """Import the migrations by their full names (Piccolo puts their folder on `sys.path` instead)."""
        return _modules()


async def migrate(settings: Settings) -> list[str]:
    """Bring the database of these settings up to date; return the ids of the migrations that were run.

    Several processes may do it at once: one works, the others wait and then find nothing to do.
    Raises CannotStart when the database cannot be reached.
    """
    database = connect(settings)
    await database.start()
    try:
        return await migrate_database(database)
    finally:
        await database.close()


async def migrate_database(database: Database) -> list[str]:
    """Do the same on a database that has been started."""
    async with database.transaction() as connection:
        await connection.execute("SET LOCAL statement_timeout = 0")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        forwards = _Forwards("leeward")
        with contextlib.redirect_stdout(io.StringIO()):
            await forwards.create_migration_table()
            before = await Migration.get_migrations_which_ran("leeward")
            await forwards.run()
            after = await Migration.get_migrations_which_ran("leeward")
    run = [name for name in after if name not in set(before)]
    if run:
        log.debug("migrated the database: %d new", len(run))
    return run


async def missing(database: Database) -> list[str]:
    """Which migrations this code knows and the database has not seen."""
    async with database.connection() as connection:
        if not await connection.fetchval("SELECT to_regclass('migration') IS NOT NULL"):
            return sorted(_modules())
        rows = await connection.fetch("SELECT name FROM migration WHERE app_name = 'leeward'")
    return sorted(set(_modules()) - {row["name"] for row in rows})


def _modules() -> dict[str, MigrationModule]:
    found: dict[str, MigrationModule] = {}
    for module in iter_modules(piccolo_migrations.__path__):
        migration: Any = import_module(f"{piccolo_migrations.__name__}.{module.name}")
        found[migration.ID] = migration
    return found
