"""Ada reaches out, ben is asked by a push and answers on his lock screen; and offline nobody is promised anything."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Final

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.buddies import have_agreed, make_buddies
from tests.e2e.conftest import MakePhone, NewName, chromium_only, with_window
from tests.e2e.gate import Gate
from tests.e2e.lock_screen import LockScreen
from tests.e2e.phone import Phone
from tests.e2e.reached import ALLOWED, pushed, pushed_so_far, reached, signed_up
from tests.e2e.reminded import is_shown
from tests.e2e.server import Server
from tests.push.local_push_service import LocalPushService

pytestmark = with_window

ASKED: Final = "Somebody would like company."
ANSWERED: Final = "Your answer is saved. It goes out as soon as this phone is online."
UNSENT: Final = "This has reached nobody yet"


@pytest_asyncio.fixture(loop_scope="session")
async def ada(make_phone: MakePhone, sender: Server, new_name: NewName) -> Phone:
    return await signed_up(await make_phone(sender, **ALLOWED), new_name("ada"))


@pytest_asyncio.fixture(loop_scope="session")
async def ben(make_phone: MakePhone, sender: Server, new_name: NewName, pushes: LocalPushService) -> Phone:
    """Ben's phone, which pushes reach."""
    return await reached(await make_phone(sender, **ALLOWED), new_name("ben"), pushes)


@chromium_only
async def test_reaching_out_is_answered_on_the_lock_screen(ada: Phone, ben: Phone, pushes: LocalPushService) -> None:
    pair = await make_buddies(ada, ben)
    await have_agreed(ada, ben, pair)
    before = len(pushes.received)

    await ada.open()
    await ada.link("Reach out").click()
    await expect(ada.heading).to_have_text("Reach out")
    await ada.page.get_by_label("Listen").check()
    await ada.button("Ask Ben").click()
    await expect(ada.heading).to_have_text("Nobody has answered yet")
    await expect(ada.page.get_by_text("Asked Ben just now. No answer yet.")).to_be_visible()
    await expect(ada.link("Helplines and emergency numbers")).to_be_visible()
    assert await ada.stored("outbox") == []

    # What the server really sent, on ben's lock screen.
    lock_screen = await LockScreen.of(ben)
    await lock_screen.push(json.dumps(await pushed(pushes, "ask", before)))
    (shown,) = await is_shown(ben, ASKED)
    assert shown["actions"] == ["can", "cant"]
    await lock_screen.press("can")
    (answered,) = await is_shown(ben, ANSWERED)
    assert (answered["silent"], answered["path"]) == (True, f"/buddies/{pair}")

    await expect(ada.heading).to_have_text("Ben can")
    await expect(ada.link("Go to Ben")).to_be_visible()
    await ben.open(f"/buddies/{pair}")
    await expect(ben.page.get_by_text("You said you can. Ada knows.")).to_be_visible()
    await ada.button("That’s all for now").click()
    await expect(ada.heading).to_have_text("Reach out")


@chromium_only
async def test_answered_in_the_app_it_tells_what_can_be_told(ada: Phone, ben: Phone) -> None:
    pair = await make_buddies(ada, ben)
    await have_agreed(ada, ben, pair)
    await ada.open(f"/buddies/{pair}")
    await ada.link("Reach out").click()
    await ada.button("Ask Ben").click()
    await expect(ada.page.get_by_text("Asked Ben just now. No answer yet.")).to_be_visible()
    await ben.open()
    await expect(ben.page.get_by_text("Ada would like you to sit with them.")).to_be_visible()
    await ben.button("Can’t today").click()
    await expect(ben.page.get_by_text("You said you can’t today. That is fine.")).to_be_visible()
    await expect(ada.page.get_by_text("Ben can’t today.")).to_be_visible()
    await expect(ada.button("Ask again")).to_be_visible()
    await ben.button("I can now").click()
    await expect(ada.heading).to_have_text("Ben can")


@chromium_only
async def test_who_has_stepped_back_cannot_be_reached_and_nobody_learns_why(ada: Phone, ben: Phone) -> None:
    pair = await make_buddies(ada, ben)
    await have_agreed(ada, ben, pair)
    await ben.go("Buddies")
    await ben.button("Step back for a time").click()
    await ben.page.get_by_label("Until I say").check()
    await ben.dialog.get_by_role("button", name="Step back", exact=True).click()
    await expect(ben.page.get_by_role("main").get_by_text("You have stepped back until you say.")).to_be_visible()
    await ben.up_to_date()
    await ada.open("/reach-out")
    await ada.button("Ask Ben").click()
    await expect(ada.heading).to_have_text("Nobody can be reached just now")
    await expect(ada.page.get_by_text("Ben can’t be reached just now.")).to_be_visible()
    await ben.button("I am here again").click()
    await ben.up_to_date()
    await ada.button("Ask again").click()
    await expect(ada.heading).to_have_text("Nobody has answered yet")


async def cut(sender: Server) -> Gate:
    await sender.gate.cut()
    return sender.gate


@chromium_only
async def test_without_a_network_it_has_reached_nobody_and_goes_when_it_is_back_within_ten_minutes(
    ada: Phone, ben: Phone, sender: Server, pushes: LocalPushService
) -> None:
    pair = await make_buddies(ada, ben)
    await have_agreed(ada, ben, pair)
    before = len(pushes.received)
    gate = await cut(sender)
    try:
        await ada.open("/reach-out")
        await ada.button("Ask Ben").click()
        await expect(ada.heading).to_have_text(UNSENT)
        await expect(ada.link("Helplines and emergency numbers")).to_be_visible()
        await ada.button("Start").click()
        await expect(ada.page.get_by_text("Breathe in").first).to_be_visible()
        assert await ada.stored("outbox") == []
        # On another screen it goes all the same.
        await ada.go("History")
    finally:
        await gate.open()
    await pushed(pushes, "ask", before)
    await ada.open("/reach-out")
    await expect(ada.heading).to_have_text("Nobody has answered yet")


@chromium_only
async def test_after_ten_minutes_without_a_network_it_asks_again(
    ada: Phone, ben: Phone, sender: Server, pushes: LocalPushService
) -> None:
    pair = await make_buddies(ada, ben)
    await have_agreed(ada, ben, pair)
    before = len(pushes.received)
    gate = await cut(sender)
    try:
        await ada.open("/reach-out")
        await ada.button("Ask Ben").click()
        await expect(ada.heading).to_have_text(UNSENT)
        await ada.page.evaluate(_TOO_LONG_AGO, timedelta(minutes=11) / timedelta(milliseconds=1))
        await ada.open("/reach-out")
        await expect(ada.page.get_by_text("Do you still want it?")).to_be_visible()
    finally:
        await gate.open()
    await ada.up_to_date()
    await expect(ada.heading).to_have_text(UNSENT)
    assert pushed_so_far(pushes, "ask", before) == []
    await ada.button("Ask again").click()
    await expect(ada.heading).to_have_text("Nobody has answered yet")
    await pushed(pushes, "ask", before)


_TOO_LONG_AGO: Final = """
(ago) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('leeward')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const changing = opening.result.transaction('meta', 'readwrite')
    const meta = changing.objectStore('meta')
    meta.get('wished').onsuccess = ({ target: { result } }) =>
      meta.put({ ...result, value: { ...result.value, begunAt: result.value.begunAt - ago } })
    changing.oncomplete = () => {
      opening.result.close()
      resolve()
    }
  }
})
"""
