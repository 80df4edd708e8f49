"""Ben is asked to say hello: only because ada wants it, in her words, and she can take them back."""

from __future__ import annotations

import json

from playwright.async_api import expect

from tests.e2e.agreeing import Two, have_agreed
from tests.e2e.buddies import make_buddies
from tests.e2e.conftest import MakePhone, NewName, chromium_only, with_window
from tests.e2e.lock_screen import LockScreen
from tests.e2e.reached import ALLOWED, pushed, reached, signed_up
from tests.e2e.reminded import is_shown
from tests.e2e.server import Server
from tests.e2e.waiting import eventually
from tests.push.local_push_service import LocalPushService

WORDS = "Knock on my door, please."


async def test_a_buddy_is_asked_to_say_hello_and_ada_sees_the_words_that_he_has(
    make_phone: MakePhone, new_name: NewName, server: Server
) -> None:
    ada, ben = [await make_phone(locale="en-GB") for _ in range(2)]
    for phone, name in ((ada, "ada"), (ben, "ben")):
        await phone.join(new_name(name))
    two = Two(ada, ben, await make_buddies(ada, ben))
    await have_agreed(two, hers="nothing", his="nothing")

    await ada.open(two.path("/missed"))
    await expect(ada.page.get_by_text("Off. Nobody is told anything.")).to_be_visible()
    await ada.page.get_by_label("What Ben reads then").fill(" ")
    await ada.button("Turn it on").click()
    await expect(ada.page.get_by_text("Write a few words.")).to_be_visible()
    await ada.page.get_by_label("What Ben reads then").fill(WORDS)
    await ada.button("Turn it on").click()
    await expect(ada.page.get_by_text("On: Ben is told after 2 days without a check-in.")).to_be_visible()
    await ada.up_to_date()

    await two_days_go_by(server, two)
    await ben.open(two.path())
    await expect(ben.page.get_by_role("heading", name="Say hello to Ada")).to_be_visible()
    await expect(ben.page.get_by_text(WORDS)).to_be_visible()
    # What he has of hers, she can see.
    await ada.open(two.path("/sees"))
    there = ada.page.get_by_role("region", name="The words that asked Ben to say hello")
    await expect(there).to_contain_text(WORDS)
    await expect(there.get_by_role("link", name="Change or take back")).to_be_visible()

    # Put away, the card does not come back.
    await ben.button("I have said hello").click()
    await expect(ben.page.get_by_text(WORDS)).to_have_count(0)
    await ben.page.reload()
    await expect(ben.heading).to_have_text("Ada")
    await expect(ben.page.get_by_text(WORDS)).to_have_count(0)

    # Turned off, the words are gone from both phones.
    await there.get_by_role("link", name="Change or take back").click()
    await expect(ada.page.get_by_text("Ben has had your words since")).to_be_visible()
    await ada.button("Turn it off").click()
    await ada.up_to_date()
    await ada.open(two.path("/sees"))
    await expect(ada.page.get_by_text("Ben sees nothing of your check-ins.")).to_be_visible()
    await expect(there).to_have_count(0)

    async def has_none() -> bool:
        return [row["words"] for row in await ben.stored("hellos")] == []

    await eventually(has_none, "nothing of it on ben's phone")


@chromium_only
@with_window
async def test_the_words_stand_on_the_lock_screen_and_a_tap_leads_to_the_card(
    make_phone: MakePhone, new_name: NewName, sender: Server, pushes: LocalPushService
) -> None:
    ada = await signed_up(await make_phone(sender, **ALLOWED), new_name("ada"))
    ben = await reached(await make_phone(sender, **ALLOWED), new_name("ben"), pushes)
    two = Two(ada, ben, await make_buddies(ada, ben))
    await have_agreed(two, hers="nothing", his="nothing")
    await ada.open(two.path("/missed"))
    await ada.page.get_by_label("What Ben reads then").fill(WORDS)
    await ada.button("Turn it on").click()
    await expect(ada.page.get_by_text("On: Ben is told after 2 days without a check-in.")).to_be_visible()
    await ada.up_to_date()

    await ben.open("/buddies")
    await two_days_go_by(sender, two)
    # In the list too, for whoever wants no pushes.
    await expect(ben.page.get_by_role("link", name="Say hello to Ada")).to_be_visible()
    lock_screen = await LockScreen.of(ben)
    await lock_screen.push(json.dumps(await pushed(pushes, "hello", 0)))
    (shown,) = await is_shown(ben, f"A buddy wrote: “{WORDS}”")
    assert (shown["title"], shown["path"], shown["actions"]) == ("Leeward", two.path(), [])
    await lock_screen.tap()
    await expect(ben.page).to_have_url(ben.origin + two.path())
    await expect(ben.page.get_by_role("heading", name="Say hello to Ada")).to_be_visible()
    await expect(ben.link("Helplines")).to_be_visible()
    await is_shown(ben)


async def two_days_go_by(server: Server, two: Two) -> None:
    """Without a check-in of ada's, as the server counts them."""
    async with server.database() as connection:
        moved = await connection.execute(
            "UPDATE due SET due_at = now() WHERE kind = 'missed_check_in' AND space_id = $1", two.pair
        )
    assert moved == "UPDATE 1"
