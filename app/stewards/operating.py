"""Stewards as whoever runs the server names them: `leeward steward add|remove|list`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import asyncpg

from app.accounts import service as accounts
from app.cannot_start import CannotStart
from app.db import Database
from app.stewards import service

Say = Callable[[str], None]


async def add(database: Database, name: str, now: datetime, say: Say) -> None:
    """Make a member a steward. Raises CannotStart when nobody has that name."""
    async with database.transaction() as connection:
        new = await service.add(connection, await _named(connection, name), now)
    say(f"{name} is a steward of this server now." if new else f"{name} is a steward already.")


async def remove(database: Database, name: str, say: Say) -> None:
    """Make a steward a member like any other. Raises CannotStart when nobody has that name."""
    async with database.transaction() as connection:
        was = await service.remove(connection, await _named(connection, name))
    say(f"{name} is no steward any more." if was else f"{name} is no steward.")


async def say_all(database: Database, say: Say) -> None:
    """Say who is one, and since when."""
    async with database.connection() as connection:
        stewards = await service.all_of_them(connection)
    for steward in stewards:
        say(f"{steward.name}, since {steward.since:%Y-%m-%d}")
    if not stewards:
        say("This server has no steward yet: `leeward steward add NAME` makes a member one.")


async def _named(connection: asyncpg.Connection, name: str) -> UUID:
    account_id = await accounts.id_of(connection, name)
    if account_id is None:
        raise CannotStart(f"Nobody here signs in as {name!r}.")
    return account_id
