"""Ada and ben talk: signs and words, offline too, deleted, and seen by choice."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.e2e.agreeing import Two, have_agreed, share
from tests.e2e.buddies import make_buddies
from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.gate import Gate
from tests.e2e.phone import Phone


async def together(make: MakePhone, new_name: NewName) -> Two:
    """Two phones whose members have agreed, each on the page of the two."""
    phones: list[Phone] = []
    for name in ("ada", "ben"):
        phone = await make(locale="en-GB")
        await phone.join(new_name(name))
        phones.append(phone)
    ada, ben = phones
    two = Two(ada, ben, await make_buddies(ada, ben))
    await have_agreed(two, hers="weather", his="nothing")
    for phone in phones:
        await phone.open(two.path())
    return two


@pytest_asyncio.fixture(loop_scope="session")
async def two(make_phone: MakePhone, new_name: NewName) -> Two:
    return await together(make_phone, new_name)


def talk(phone: Phone, other: str) -> Locator:
    return phone.page.get_by_role("region", name=f"You and {other}")


def said(phone: Phone, other: str) -> Locator:
    """What was said, the latest first."""
    return talk(phone, other).get_by_role("article")


async def write(phone: Phone, other: str, text: str) -> None:
    await phone.page.get_by_label(f"Write to {other}").fill(text)
    await phone.button("Send").click()
    await expect(said(phone, other).first).to_contain_text(text)
    await expect(phone.page.get_by_label(f"Write to {other}")).to_have_value("")


@both
async def test_words_and_signs_go_both_ways_offline_in_between(two: Two, gate: Gate) -> None:
    ada, ben = two.ada, two.ben
    await write(ada, "Ben", "Slept at all?")
    await expect(said(ben, "Ada").first).to_contain_text("Slept at all?")
    await expect(said(ada, "Ben").first).to_contain_text("Received")
    await talk(ben, "Ada").get_by_role("button", name="I'm here").click()
    await expect(said(ada, "Ben").first).to_contain_text("I'm here")

    # Cut off, it is safe here, said as what it is, and goes by itself later. What is begun outlives the page.
    await ben.offline_ready()
    await gate.cut()
    await write(ben, "Ada", "Not much.")
    await expect(said(ben, "Ada").first).to_contain_text("On this phone, not sent yet")
    await ben.page.get_by_label("Write to Ada").fill("And you")
    await ben.page.reload()
    await expect(ben.page.get_by_label("Write to Ada")).to_have_value("And you")
    await expect(said(ben, "Ada").first).to_contain_text("Not much.")
    await gate.open()
    await expect(said(ada, "Ben").first).to_contain_text("Not much.")
    await expect(said(ben, "Ada").first).not_to_contain_text("On this phone")
    # No mark is answered by another: in the end nothing waits on either side.
    for phone in (ada, ben):
        await phone.up_to_date()


async def test_what_one_deletes_is_gone_for_both(two: Two) -> None:
    ada, ben = two.ada, two.ben
    await write(ada, "Ben", "Too much said.")
    await expect(said(ben, "Ada").first).to_contain_text("Too much said.")
    await expect(ben.button("Delete this message")).to_have_count(0)
    await ada.button("Delete this message").click()
    await expect(ada.dialog).to_contain_text("What Ben has read stays read.")
    await ada.dialog.get_by_role("button", name="Delete", exact=True).click()
    for phone, other in ((ada, "Ben"), (ben, "Ada")):
        await expect(said(phone, other)).to_have_count(0)
    await ada.up_to_date()
    await ben.up_to_date()
    for phone in (ada, ben):
        assert "Too much said." not in str(await phone.stored("server_rows"))


async def test_seen_is_told_by_whoever_wants_that(two: Two) -> None:
    ada, ben = two.ada, two.ben
    await write(ada, "Ben", "One")
    await expect(said(ada, "Ben").first).to_contain_text("Received")
    await ben.page.get_by_role("link", name="Pushes and privacy").click()
    switch = ben.page.get_by_role("switch", name="Tell Ada what I have seen")
    await expect(switch).not_to_be_checked()
    await switch.click()
    await ben.up_to_date()
    await expect(said(ada, "Ben").first).to_contain_text("Received")
    await ben.open(two.path())
    await expect(said(ada, "Ben").first).to_contain_text("Seen")
    await ben.open(two.path("/settings"))
    await switch.click()
    await expect(said(ada, "Ben").first).to_contain_text("Received")


async def test_a_shared_check_in_is_answered_without_words(two: Two) -> None:
    ada, ben = two.ada, two.ben
    await share(ada, "Stormy")
    await ben.button("Answer without words").click()
    await ben.page.get_by_role("group", name="Your answer").get_by_role("button", name="That sounds hard").click()
    await expect(ben.page.get_by_text("You: That sounds hard")).to_be_visible()
    await ada.open(two.path())
    await expect(said(ada, "Ben").first).to_contain_text("an answer to your check-in")


async def test_three_times_thinking_of_you_is_enough_for_a_day(two: Two) -> None:
    button = talk(two.ada, "Ben").get_by_role("button", name="Thinking of you")
    for number in range(3):
        await button.click()
        await expect(said(two.ada, "Ben")).to_have_count(number + 1)
    await expect(button).to_be_disabled()
    await expect(two.ada.page.get_by_text("has gone to Ben three times. That says a lot.")).to_be_visible()
    await expect(said(two.ben, "Ada")).to_have_count(3)
    await two.ada.up_to_date()
    assert await two.ada.stored("needs_look") == []
