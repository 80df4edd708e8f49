"""A migration in plain SQL, run by Piccolo's runner."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.db import ENGINE


def sql_migration(migration_id: str, description: str, statements: str) -> MigrationManager:
    """What Piccolo runs for one step: all the statements, in the transaction that is open."""
    manager = MigrationManager(migration_id=migration_id, app_name="leeward", description=description)

    async def run() -> None:
        transaction = ENGINE.current_transaction.get()
        if transaction is None:
            raise RuntimeError("Migrations run inside a transaction.")
        await transaction.connection.execute(statements)

    manager.add_raw(run)
    return manager
