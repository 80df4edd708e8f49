"""Phones that a buddy's pushes reach, and what the server really sends to them."""

from __future__ import annotations

from typing import Any, Final

from tests.e2e.lock_screen import subscribes_as
from tests.e2e.phone import Options, Phone
from tests.e2e.reminded import let_reminders_reach
from tests.e2e.server import Server
from tests.e2e.waiting import eventually
from tests.push.local_push_service import LocalPushService

ALLOWED: Final = Options(permissions=["notifications", "background-sync"], locale="en-GB")
"""What the people of these phones have said yes to. Playwright takes away what is not named."""


async def signed_up(phone: Phone, name: str) -> Phone:
    """The phone of somebody with an account; the whole app is on it."""
    await phone.join(name)
    await phone.offline_ready()
    return phone


async def reached(phone: Phone, name: str, pushes: LocalPushService) -> Phone:
    """The same, and this push service brings pushes to it."""
    await subscribes_as(phone, pushes.device())
    await signed_up(phone, name)
    await let_reminders_reach(phone)
    return phone


def pushed_so_far(pushes: LocalPushService, kind: str, before: int = 0) -> list[dict[str, Any]]:
    """The pushes of a kind that the server has sent after so many."""
    return [each.message for each in pushes.received[before:] if each.message["leeward"]["kind"] == kind]


async def pushed(pushes: LocalPushService, kind: str, before: int) -> dict[str, Any]:
    """The first push of a kind that the server sends after so many, as soon as it is there."""

    async def has_come() -> bool:
        return bool(pushed_so_far(pushes, kind, before))

    await eventually(has_come, f"a push of kind {kind}")
    assert pushes.wrong == []
    return pushed_so_far(pushes, kind, before)[0]


async def all_is_told(server: Server, pair: str) -> None:
    """Wait until nobody is to be told any more of what has happened between the two."""

    async def holds() -> bool:
        async with server.database() as connection:
            due: int = await connection.fetchval(
                "SELECT count(*) FROM due WHERE space_id = $1 AND due_at <= now()", pair
            )
            waiting: int = await connection.fetchval(
                "SELECT count(*) FROM push_delivery WHERE space_id = $1 AND state = 'waiting'", pair
            )
        return due + waiting == 0

    await eventually(holds, "nobody is to be told any more")
