"""Two who look after each other without a finger on the glass: from the invitation to the end, by key alone."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.agreeing import Two
from tests.e2e.buddies import have_agreed, link_of, make_buddies, remembered
from tests.e2e.conftest import MakePhone, NewName, chromium_only
from tests.e2e.phone import Phone
from tests.e2e.test_keyboard import focus_of, press_tab_until

# Of two phones only one is in front, and Firefox shows the focus in that one alone.
pytestmark = chromium_only


async def signed_up(phone: Phone, name: str) -> Phone:
    await phone.join(name)
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def ada(make_phone: MakePhone, new_name: NewName) -> Phone:
    return await signed_up(await make_phone(locale="en-GB"), new_name("ada"))


@pytest_asyncio.fixture(loop_scope="session")
async def ben(make_phone: MakePhone, new_name: NewName) -> Phone:
    return await signed_up(await make_phone(locale="en-GB"), new_name("ben"))


async def press(phone: Phone, name: str, key: str = "Enter") -> list[str]:
    """Go on with Tab to what is called so, and press it; returns what lay on the way."""
    way = await press_tab_until(phone, name)
    await phone.page.keyboard.press(key)
    return way


async def leave_dialog(phone: Phone, opened_by: str) -> None:
    """Escape closes it, and the focus is where it was."""
    await expect(phone.dialog).to_be_visible()
    assert await phone.page.evaluate("() => document.activeElement.closest('dialog') !== null")
    await phone.page.keyboard.press("Escape")
    await expect(phone.dialog).to_have_count(0)
    assert await focus_of(phone) == opened_by


async def arrived(phone: Phone, title: str) -> None:
    await expect(phone.heading).to_have_text(title)
    await expect(phone.heading).to_be_focused()


async def test_inviting_and_agreeing_by_key(ada: Phone, ben: Phone) -> None:
    await press(ada, "Buddies")
    await arrived(ada, "Buddies")
    await press(ada, "Invite somebody you know")
    await arrived(ada, "Invite somebody you know")
    await press_tab_until(ada, "What they will call you")
    await ada.page.keyboard.type("Ada")
    await ada.page.keyboard.press("Enter")
    await expect(ada.button("Copy the link")).to_be_visible()
    assert (await focus_of(ada)).startswith("Made ")
    await press(ada, "Withdraw")
    await leave_dialog(ada, "Withdraw")

    await ben.open(link_of((await remembered(ada))["invitations"][0]))
    await press_tab_until(ben, "What Ada calls you")
    await ben.page.keyboard.type("Ben")
    await press(ben, "Yes, be buddies")
    await arrived(ben, "Ada")

    # Five questions, none of which has to be answered by anything but Enter.
    await press(ada, "Go to Ben")
    await arrived(ada, "Ben")
    await press(ada, "Write an agreement")
    await arrived(ada, "Your agreement with Ben")
    await press(ada, "Write an agreement")
    await arrived(ada, "What do you share with Ben?")
    await press_tab_until(ada, "Nothing")
    for _ in range(2):
        await ada.page.keyboard.press("ArrowDown")
    assert await focus_of(ada) == "The weather"
    for title in ("When are you around?", "What if one of you is worried?", "When do you look at it again?"):
        await press(ada, "Next")
        await expect(ada.heading).to_have_text(title)
        await expect(ada.heading).to_be_focused()
    await press(ada, "Next")
    await arrived(ada, "Is this right?")
    await press(ada, "Propose it to Ben")
    await arrived(ada, "Your agreement with Ben")

    await press(ben, "Open the agreement")
    await arrived(ben, "Your agreement with Ada")
    await press(ben, "Say yes")
    await expect(ben.page.get_by_role("heading", name="What holds now")).to_be_visible()
    await expect(ben.heading).to_be_focused()


async def test_talking_and_reaching_out_and_parting_by_key(ada: Phone, ben: Phone) -> None:
    two = Two(ada, ben, await make_buddies(ada, ben))
    await have_agreed(ada, ben, two.pair)
    await ada.open(two.path())
    way = await press_tab_until(ada, "Write to Ben")
    # What is done most comes first: asking for company, signs, words.
    first = way.index("Reach out")
    assert way[first : first + 5] == ["Reach out", "I'm here", "That sounds hard", "Thinking of you", "Glad to hear"]
    await ada.page.keyboard.type("Slept at all?")
    await press(ada, "Send")
    talk = ada.page.get_by_role("region", name="You and Ben")
    await expect(talk.get_by_role("article").first).to_contain_text("Slept at all?")
    assert await focus_of(ada) in {"Write to Ben", "Send"}
    await ada.up_to_date()

    for opens in ("Change your name here", "End", "Block"):
        await press(ada, opens)
        await leave_dialog(ada, opens)

    await ada.open(two.path())
    await press(ada, "Reach out")
    await arrived(ada, "Reach out")
    await press_tab_until(ada, "Sit with me")
    await ada.page.keyboard.press("ArrowDown")
    assert await focus_of(ada) == "Listen"
    await press(ada, "Ask Ben")
    await expect(ada.page.get_by_text("Ben can’t be reached just now.")).to_be_visible()
    await expect(ada.heading).to_be_focused()

    await ben.open("/buddies")
    await press(ben, "Step back for a time")
    await leave_dialog(ben, "Step back for a time")
    await ben.open(two.path("/settings"))
    switch = ben.page.get_by_role("switch", name="Your agreement")
    while not await switch.evaluate("(element) => element === document.activeElement"):
        await ben.page.keyboard.press("Tab")
        await focus_of(ben)
    await ben.page.keyboard.press("Space")
    await expect(switch).not_to_be_checked()

    await ada.open(two.path())
    for _ in range(2):
        # The button, and the one in the dialog.
        await press(ada, "End")
    await arrived(ada, "Buddies")
