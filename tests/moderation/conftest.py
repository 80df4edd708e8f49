"""Two buddies, one of whom has something to report."""

from __future__ import annotations

import pytest

from app.spaces.actor import Actor
from tests.buddies.conftest import Pair, Town, ada, ben, cleo, member, sync, town
from tests.reminders.conftest import look

__all__ = ["ada", "ben", "cleo", "look", "member", "sync", "town"]


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    return await town.two_phones(ada, ben)
