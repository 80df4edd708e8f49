"""A proposal is said on the lock screen and no word of it; a tap leads to it, and a yes is said to whoever proposed."""

from __future__ import annotations

import json
from typing import Final

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.agreeing import Two, write
from tests.e2e.buddies import make_buddies
from tests.e2e.conftest import MakePhone, NewName, chromium_only, with_window
from tests.e2e.lock_screen import LockScreen
from tests.e2e.reached import ALLOWED, all_is_told, pushed, pushed_so_far, reached
from tests.e2e.reminded import is_shown
from tests.e2e.server import Server
from tests.push.local_push_service import LocalPushService

pytestmark = [chromium_only, with_window]

PROPOSED: Final = "A buddy proposes an agreement. Look when it suits you."
AGREED: Final = "A buddy said yes. Your agreement holds now."


@pytest_asyncio.fixture(loop_scope="session")
async def two(make_phone: MakePhone, sender: Server, new_name: NewName, pushes: LocalPushService) -> Two:
    """Two buddies who have agreed on nothing yet, with phones that pushes reach."""
    ada, ben = [await reached(await make_phone(sender, **ALLOWED), new_name(name), pushes) for name in ("ada", "ben")]
    return Two(ada, ben, await make_buddies(ada, ben))


async def test_a_proposal_and_the_yes_to_it_lead_to_the_agreement(two: Two, pushes: LocalPushService) -> None:
    before = len(pushes.received)
    await two.ben.open("/history")
    await write(two.ada, two, "note", worried="Ring my sister.")
    await two.ada.button("Propose it to Ben").click()
    push = await pushed(pushes, "proposal", before)
    assert not [word for word in ("Ada", "Ben", "sister", "note", "share") if word in json.dumps(push["notification"])]

    lock_screen = await LockScreen.of(two.ben)
    await lock_screen.push(json.dumps(push))
    (shown,) = await is_shown(two.ben, PROPOSED)
    assert (shown["title"], shown["path"], shown["actions"]) == ("Leeward", two.path("/agreement"), [])
    await lock_screen.tap()
    await expect(two.ben.page).to_have_url(two.ben.origin + two.path("/agreement"))
    await expect(two.ben.page.get_by_role("heading", name="Ada proposes this")).to_be_visible()
    await is_shown(two.ben)

    await two.ada.open("/history")
    await two.ben.button("Say yes").click()
    lock_screen = await LockScreen.of(two.ada)
    await lock_screen.push(json.dumps(await pushed(pushes, "agreed", before)))
    (shown,) = await is_shown(two.ada, AGREED)
    await lock_screen.tap()
    await expect(two.ada.page).to_have_url(two.ada.origin + two.path("/agreement"))
    await expect(two.ada.page.get_by_role("heading", name="What holds now")).to_be_visible()
    assert len(pushed_so_far(pushes, "proposal", before)) == 1


async def test_turned_off_for_a_buddy_it_is_not_said(two: Two, sender: Server, pushes: LocalPushService) -> None:
    before = len(pushes.received)
    await two.ben.open(two.path("/settings"))
    switch = two.ben.page.get_by_role("switch", name="Your agreement")
    await expect(switch).to_be_checked()
    await switch.click()
    await two.ben.up_to_date()
    await write(two.ada, two, "weather")
    await two.ada.button("Propose it to Ben").click()
    await expect(two.ada.page.get_by_text("It counts when Ben says yes.")).to_be_visible()
    await two.ada.up_to_date()
    await all_is_told(sender, two.pair)
    assert pushed_so_far(pushes, "proposal", before) == []
    await two.ben.open(two.path("/agreement"))
    await expect(two.ben.page.get_by_role("heading", name="Ada proposes this")).to_be_visible()
