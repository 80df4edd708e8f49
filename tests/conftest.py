"""What every test may ask for: a real PostgreSQL, and a database of its own in it."""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Generator

import asyncpg
import pytest

from app.db import Database, connect
from app.embedded_postgres import EmbeddedPostgres
from app.migrations import migrate
from app.settings import Settings
from tests.databases import Databases, throwaway_folder

pytest_plugins = ["tests.sync.fixtures"]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Generator[EmbeddedPostgres]:
    """One PostgreSQL for the whole run, on a folder of its own, whose database `leeward` is migrated and then copied.

    It does not sync to disk; tests of durability start their own.
    """
    with EmbeddedPostgres(throwaway_folder(), throwaway=True) as server:
        asyncio.run(migrate(Settings.from_environment({"DATABASE_URL": server.url})))
        yield server


@pytest.fixture(scope="session")
def databases(postgres: EmbeddedPostgres) -> Generator[Databases]:
    """Fresh databases, made ahead."""
    with Databases(postgres) as made:
        yield made


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres, databases: Databases) -> AsyncGenerator[str]:
    """The URL of a fresh, migrated database that nobody else uses."""
    name = await databases.take()
    yield postgres.url_of(name)
    databases.give_back(name)


@pytest.fixture
async def empty_database_url(postgres: EmbeddedPostgres) -> AsyncGenerator[str]:
    """The URL of a database in which there is nothing at all."""
    name = f"empty_{next(_numbers)}"
    superuser = await asyncpg.connect(postgres.superuser_url)
    try:
        await superuser.execute(f"CREATE DATABASE {name} OWNER leeward")
        yield postgres.url_of(name)
        await superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await superuser.close()


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """The same, started."""
    started = connect(Settings.from_environment({"DATABASE_URL": database_url}))
    await started.start()
    try:
        yield started
    finally:
        await started.close()
