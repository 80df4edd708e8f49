from __future__ import annotations

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from app.db import Database
from tests.accounts.conftest import town

__all__ = ["town"]


@pytest.fixture
async def look(database: Database) -> AsyncGenerator[asyncpg.Connection]:
    """A connection beside the server's, to see what stands in the tables."""
    async with database.connection() as connection:
        yield connection
