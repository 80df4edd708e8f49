"""The story of two: from an invitation to the end of it, by hand, in two real browsers, with the pushes really sent."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.agreeing import Two, agree, share
from tests.e2e.buddies import invite, link_of, say_yes
from tests.e2e.conftest import MakePhone, NewName, chromium_only, with_window
from tests.e2e.lock_screen import LockScreen
from tests.e2e.phone import Phone
from tests.e2e.reached import ALLOWED, pushed, reached
from tests.e2e.reminded import is_shown
from tests.e2e.server import Server
from tests.e2e.waiting import eventually
from tests.push.local_push_service import LocalPushService

pytestmark = with_window

SECRETS: Final = ("Ada", "It rained into the boat", "Rainy")
"""What a lock screen must not tell, and what must not stay on the phone of somebody who was a buddy."""

_EVERYTHING: Final = """
() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('leeward')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = async () => {
    const database = opening.result
    const all = {}
    for (const table of database.objectStoreNames) {
      all[table] = await new Promise((read, fail) => {
        const reading = database.transaction(table).objectStore(table).getAll()
        reading.onerror = () => fail(reading.error)
        reading.onsuccess = () => read(reading.result)
      })
    }
    database.close()
    resolve(all)
  }
})
"""


@pytest_asyncio.fixture(loop_scope="session")
async def ada(make_phone: MakePhone, sender: Server, new_name: NewName, pushes: LocalPushService) -> Phone:
    return await reached(await make_phone(sender, **ALLOWED), new_name("ada"), pushes)


@pytest_asyncio.fixture(loop_scope="session")
async def ben(make_phone: MakePhone, sender: Server, new_name: NewName, pushes: LocalPushService) -> Phone:
    return await reached(await make_phone(sender, **ALLOWED), new_name("ben"), pushes)


async def tells_nothing(pushes: LocalPushService, kind: str, before: int) -> dict[str, Any]:
    """The first push of a kind that the server sends after so many, which tells a lock screen nothing."""
    push = await pushed(pushes, kind, before)
    shown = json.dumps(push["notification"])
    assert not [word for word in (*SECRETS, "Ben") if word in shown]
    return push


@chromium_only
async def test_from_the_invitation_to_the_end(ada: Phone, ben: Phone, pushes: LocalPushService) -> None:
    # An invitation, by its link.
    invitation = await invite(ada)
    await ben.open(link_of(invitation))
    await say_yes(ben)
    await ada.link("Go to Ben").click()
    await expect(ada.heading).to_have_text("Ben")
    pair = ben.page.url.rpartition("/")[2]
    two = Two(ada, ben, pair)

    # The agreement: both say what they share, and both say yes.
    await agree(two, hers="note", his="weather")

    # A check-in is shared as far as that, and answered with a sign.
    await share(ada, "Rainy", "It rained into the boat.")
    await ben.open(two.path())
    shared = ben.page.get_by_role("region", name="What Ada shares").get_by_role("article")
    await expect(shared).to_contain_text("Rainy")
    await expect(shared).to_contain_text("It rained into the boat.")
    before = len(pushes.received)
    await ben.page.get_by_role("button", name="That sounds hard").first.click()
    await tells_nothing(pushes, "signal", before)
    await ada.open(two.path())
    await expect(ada.page.get_by_role("region", name="You and Ben")).to_contain_text("That sounds hard")

    # Ada reaches out; Ben, whose app is closed, answers on the lock screen.
    await ben.close_tab()
    before = len(pushes.received)
    await ada.link("Reach out").first.click()
    await ada.button("Ask Ben").click()
    await expect(ada.heading).to_have_text("Nobody has answered yet")
    await ben.open()
    lock_screen = await LockScreen.of(ben)
    await lock_screen.push(json.dumps(await tells_nothing(pushes, "ask", before)))
    await is_shown(ben, "Somebody would like company.")
    await lock_screen.press("can")
    await expect(ada.heading).to_have_text("Ben can")

    # The end, by Ada: at Ben's next contact nothing of hers is left on his phone.
    await ada.open(two.path())
    await ada.button("End").click()
    await ada.dialog.get_by_role("button", name="End", exact=True).click()
    await expect(ada.heading).to_have_text("Buddies")
    await ben.open(two.path())
    await expect(ben.heading).to_have_text("You two are not buddies any more")
    for phone, words in ((ben, SECRETS), (ada, ("Ben", "That sounds hard"))):

        async def nothing_is_left(phone: Phone = phone, words: tuple[str, ...] = words) -> bool:
            everything: dict[str, Any] = await phone.page.evaluate(_EVERYTHING)
            own = ("meta", "kept", "outbox")  # what one did oneself, and how one is called
            theirs = json.dumps({table: rows for table, rows in everything.items() if table not in own})
            return not any(word in theirs for word in words) and not any(
                row["space"] == pair for row in everything["server_rows"]
            )

        await eventually(nothing_is_left, "nothing of the other on the phone")
