"""Ada and ben agree on what they share, and see no more and no less of each other."""

from __future__ import annotations

from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.e2e.agreeing import LABELS, Two, have_agreed, share, write
from tests.e2e.buddies import make_buddies
from tests.e2e.conftest import MakePhone, NewName, both, chromium_only
from tests.e2e.gate import Gate
from tests.e2e.phone import Phone
from tests.e2e.waiting import eventually


@pytest_asyncio.fixture(loop_scope="session")
async def two(make_phone: MakePhone, new_name: NewName) -> Two:
    """Two phones whose members are buddies."""
    ada, ben = [await signed_up(await make_phone(locale="en-GB"), new_name(name)) for name in ("ada", "ben")]
    two = Two(ada, ben, await make_buddies(ada, ben))
    for phone in (ada, ben):
        await phone.open(two.path())
        await expect(phone.page.get_by_role("heading", name="Your agreement")).to_be_visible()
    return two


async def signed_up(phone: Phone, name: str) -> Phone:
    await phone.join(name)
    return phone


def shared_cards(phone: Phone) -> Locator:
    """What the page of two shows of the other."""
    return phone.page.get_by_role("region", name="What Ada shares").get_by_role("article")


async def rows_of(phone: Phone, pair: str) -> list[dict[str, Any]]:
    """What the server gave this phone of shared check-ins, the latest first."""
    rows = [row for row in await phone.stored("server_rows") if row["kind"] == "shared_check_in"]
    assert all(row["space"] == pair for row in rows)
    return sorted((row["data"] for row in rows), key=lambda data: data["happenedAt"], reverse=True)


async def test_an_agreement_both_ways_and_what_follows_from_it(two: Two, gate: Gate) -> None:
    ada, ben = two.ada, two.ben
    await expect(ada.page.get_by_text("You two have not agreed on anything yet.")).to_be_visible()

    # Nothing is agreed on, nothing is promised, nothing is shared.
    await share(ada, "Rainy")
    await ada.up_to_date()
    assert await ada.stored("promised") == []

    # What is begun outlives a reload, and Back leads to the question before.
    await write(ada, two, "feelings", worried="Write first, then ring.", review="In three months")
    await ada.page.reload()
    await expect(ada.page.get_by_text("You share the weather and your feelings.")).to_be_visible()
    await expect(ada.page.get_by_text("“Write first, then ring.”")).to_be_visible()
    await ada.page.go_back()
    await expect(ada.heading).to_have_text("When do you look at it again?")
    await ada.button("Next").click()
    await ada.button("Propose it to Ben").click()
    await expect(ada.heading).to_have_text("Your agreement with Ben")
    await expect(ada.page.get_by_text("You have proposed this")).to_be_visible()

    # Ben is shown it, offline too, and answers with his own part.
    await ben.open(two.path("/agreement"))
    await expect(ben.page.get_by_text("Ada shares the weather and the feelings.")).to_be_visible()
    await expect(ben.page.get_by_text("You share nothing.")).to_be_visible()
    await ben.offline_ready()
    await gate.cut()
    await ben.link("Answer with my own part").click()
    await ben.page.get_by_label(LABELS["weather"], exact=True).check()
    for _ in range(4):
        await ben.button("Next").click()
    await ben.button("Send it to Ada").click()
    await expect(ben.page.get_by_text("It is on this phone and is sent when you are online.")).to_be_visible()
    await gate.open()
    await ada.button("Say yes").click()
    for phone in (ada, ben):
        await expect(phone.page.get_by_role("heading", name="What holds now")).to_be_visible()
        await expect(phone.page.get_by_text("“Write first, then ring.”")).to_be_visible()
    await expect(ada.page.get_by_text("Ben shares the weather.")).to_be_visible()

    # More needs a yes. Ben says no, and what held still holds.
    await write(ada, two, "note")
    await expect(ada.page.get_by_text("Now: You share the weather and your feelings.")).to_be_visible()
    await ada.button("Propose it to Ben").click()
    await expect(ben.page.get_by_text("Now: Ada shares the weather and the feelings.")).to_be_visible()
    await ben.button("No, not like this").click()
    await expect(ada.page.get_by_role("heading", name="What holds now")).to_be_visible()
    await expect(ada.page.get_by_text("You share the weather and your feelings.")).to_be_visible()


async def test_both_propose_at_the_same_moment(two: Two, gate: Gate) -> None:
    for phone in (two.ada, two.ben):
        await phone.offline_ready()
    await gate.cut()
    for phone, name, shares in ((two.ada, "Ben", "weather"), (two.ben, "Ada", "feelings")):
        await write(phone, two, shares)
        await phone.button(f"Propose it to {name}").click()
        await expect(phone.page.get_by_text("You have proposed this")).to_be_visible()
    await gate.open()
    first, second = two.ada, two.ben
    crossed = "You both proposed at the same moment"
    # One of them was there first, whoever it is.
    either = first.page.get_by_text(crossed), second.page.get_by_text(crossed)

    async def one_has_crossed() -> bool:
        return any([await one.is_visible() for one in either])

    await eventually(one_has_crossed, "one of the two is told")
    late, other = (second, "Ada") if await either[1].is_visible() else (first, "Ben")
    await late.button("Answer with mine").click()
    await late.button(f"Send it to {other}").click()
    await expect(late.page.get_by_text(crossed)).to_have_count(0)
    early = first if late is second else second
    await early.button("Say yes").click()
    for phone in (first, second):
        await expect(phone.page.get_by_role("heading", name="What holds now")).to_be_visible()
    await expect(first.page.get_by_text("You share the weather.")).to_be_visible()
    await expect(first.page.get_by_text("Ben shares the weather and the feelings.")).to_be_visible()
    assert [row for phone in (first, second) for row in await phone.stored("needs_look")] == []


@both
async def test_a_check_in_is_shared_when_its_undo_is_over_as_far_as_was_promised(two: Two, gate: Gate) -> None:
    ada, ben = two.ada, two.ben
    await have_agreed(two, hers="note", his="nothing")
    await ben.open(two.path())

    # As long as it can be taken back nobody sees it; taken back, nobody ever does.
    await ada.open()
    await ada.tap("Stormy")
    await expect(ada.page.get_by_text("Ben will see the weather, your feelings and your note.")).to_be_visible()
    await ada.up_to_date()
    assert await rows_of(ada, two.pair) == []
    await ada.button("Undo").click()

    async def promises_nothing() -> bool:
        return await ada.stored("promised") == []

    await eventually(promises_nothing, "no promise is left")
    await ada.up_to_date()
    assert await rows_of(ada, two.pair) == []

    # Then one that stays, with words.
    await share(ada, "Rainy", "The whole night.")
    await expect(shared_cards(ben)).to_have_count(1)
    await expect(shared_cards(ben)).to_contain_text(["Rainy"])
    await expect(shared_cards(ben)).to_contain_text(["The whole night."])

    # Less for one: of the next, ben sees that it was.
    await ada.open()
    await ada.tap("Clear")
    await ada.button("Change who sees it").click()
    await ada.dialog.get_by_label(LABELS["checked-in"], exact=True).check()
    await ada.dialog.get_by_role("button", name="Done").click()
    await expect(ada.page.get_by_text("Ben will see that you checked in.")).to_be_visible()
    await ada.done()
    await expect(shared_cards(ben)).to_have_count(2)
    await expect(shared_cards(ben).first).to_contain_text("Checked in")
    assert "Clear" not in str(await ben.stored("shared_check_ins"))

    # Ada's phone is offline for the third; and ben can read what he has offline.
    await ada.open()
    await ada.offline_ready()
    await ben.offline_ready()
    await gate.cut()
    await ada.tap("Fair")
    await ada.done()
    await ben.page.reload()
    await expect(shared_cards(ben)).to_have_count(2)
    await gate.open()
    await ada.up_to_date()
    await expect(shared_cards(ben)).to_have_count(3)

    # What ben has is what ada is told that he has.
    await ada.open(two.path("/sees"))
    await expect(ada.moments).to_have_count(3)
    rows = await rows_of(ben, two.pair)
    assert rows == await rows_of(ada, two.pair)
    assert [row["mood"] for row in rows] == [4, None, 2]
    await expect(ada.moments).to_contain_text(["Fair", "Checked in", "The whole night."])
    await expect(ada.page.get_by_role("heading", name="Not there yet")).to_have_count(0)

    # On Today ben finds the latest of it, quietly.
    await ben.open()
    await expect(ben.page.get_by_role("region", name="From your buddies").get_by_role("article")).to_have_count(3)


async def test_edits_follow_deleting_empties_and_taking_back_takes_back(two: Two, gate: Gate) -> None:
    ada, ben = two.ada, two.ben
    await have_agreed(two, hers="note", his="nothing")
    await ben.open(two.path())
    for weather in ("Stormy", "Rainy", "Cloudy"):
        await share(ada, weather)
    await expect(shared_cards(ben)).to_have_count(3)

    # Words that come later follow: it was shared with its note.
    await ada.open()
    await ada.page.get_by_role("link", name="Cloudy").click()
    await expect(ada.page.get_by_text("Ben sees the weather, your feelings and your note.")).to_be_visible()
    await ada.note.fill("Better now.")
    await ada.button("Save").click()
    await expect(shared_cards(ben).first).to_contain_text("Better now.")

    # Deleted, with the network away: nothing is claimed before the server knows.
    await ada.open()
    await ada.offline_ready()
    await gate.cut()
    await ada.page.get_by_role("link", name="Rainy").click()
    await ada.button("Delete this check-in").click()
    await expect(ada.button("Undo")).to_be_visible()
    await ada.open(two.path("/sees"))
    await expect(ada.moments).to_have_count(3)
    await expect(ada.page.get_by_role("heading", name="Not there yet")).to_be_visible()
    await ada.page.get_by_role("button", name="Stop sharing").last.click()
    await expect(ada.page.get_by_text("Is taken back as soon as you are online.")).to_be_visible()
    await gate.open()
    await expect(ada.moments).to_have_count(1)
    await expect(ada.page.get_by_role("heading", name="Not there yet")).to_have_count(0)
    await expect(shared_cards(ben)).to_have_count(1)
    assert [row["note"] for row in await rows_of(ben, two.pair)] == ["Better now."]
    assert await rows_of(ben, two.pair) == await rows_of(ada, two.pair)

    # On its page, and shared again: as far as is chosen now.
    await ada.open()
    await ada.page.get_by_role("link", name="Stormy").click()
    await expect(ada.page.get_by_text("Ben sees nothing of it.")).to_be_visible()
    await ada.button("Change who sees it").click()
    await ada.dialog.get_by_label(LABELS["weather"], exact=True).check()
    await ada.dialog.get_by_role("button", name="Done").click()
    await expect(ada.page.get_by_text("Ben sees the weather.")).to_be_visible()
    await expect(shared_cards(ben)).to_have_count(2)
    await ada.button("Stop sharing it with Ben").click()
    await expect(shared_cards(ben)).to_have_count(1)


async def test_sharing_less_counts_at_once_and_takes_back(two: Two) -> None:
    ada, ben = two.ada, two.ben
    await have_agreed(two, hers="note", his="weather")
    await ben.open(two.path())
    await share(ada, "Rainy", "Only for ben.")
    await expect(shared_cards(ben)).to_contain_text(["Only for ben."])
    await write(ada, two, "checked-in")
    await expect(ada.page.get_by_text("Sharing less counts at once.")).to_be_visible()
    await ada.button("Share less from now on").click()
    await expect(ada.page.get_by_text("You share that you checked in.")).to_be_visible()
    # Nobody was asked.
    await expect(ada.page.get_by_role("heading", name="What holds now")).to_be_visible()
    await expect(shared_cards(ben)).to_contain_text(["Checked in"])
    assert "Only for ben." not in str([await ben.stored(table) for table in ("server_rows", "shared_check_ins")])
    await ada.open()
    await ada.tap("Fair")
    await expect(ada.page.get_by_text("Ben will see that you checked in.")).to_be_visible()


@chromium_only
async def test_a_tab_killed_before_the_undo_was_over_shares_at_the_next_start(two: Two) -> None:
    ada, ben = two.ada, two.ben
    await have_agreed(two, hers="weather", his="nothing")
    await ben.open(two.path())
    await ada.open()
    await ada.tap("Rainy")
    await ada.up_to_date()
    await ada.crash()
    assert await rows_of(ben, two.pair) == []
    await ada.open("/me")
    await expect(shared_cards(ben)).to_contain_text(["Rainy"])


@chromium_only
async def test_an_undo_that_stands_in_one_tab_is_respected_by_another(two: Two) -> None:
    ada = two.ada
    await have_agreed(two, hers="weather", his="nothing")
    await ada.open()
    await ada.tap("Rainy")
    await ada.button("Undo").focus()  # it waits for whoever has it under the finger
    first = ada.page
    await ada.new_tab()
    await ada.open()
    await share(ada, "Clear")
    await ada.open(two.path("/sees"))
    await expect(ada.moments).to_contain_text(["Clear"])
    assert [row["mood"] for row in await rows_of(ada, two.pair)] == [5]
    await first.close()
    await ada.page.reload()
    await expect(ada.moments).to_contain_text(["Clear", "Rainy"])


@both
async def test_an_agreement_and_a_share_by_key(two: Two) -> None:
    ada = two.ada
    await have_agreed(two, hers="note", his="nothing")
    # Keys go to the window in front.
    await two.ben.context.close()
    await ada.page.bring_to_front()
    await ada.open()
    await ada.tap("Rainy")
    await ada.button("Change who sees it").focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.dialog).to_be_visible()
    await ada.dialog.get_by_label(LABELS["note"], exact=True).focus()
    await ada.page.keyboard.press("ArrowUp")
    await ada.page.keyboard.press("Escape")
    await expect(ada.dialog).to_have_count(0)
    await expect(ada.button("Change who sees it")).to_be_focused()
    await expect(ada.page.get_by_text("Ben will see the weather and your feelings.")).to_be_visible()
    await ada.open(two.path("/agreement"))
    await ada.link("Change it").focus()
    await ada.page.keyboard.press("Enter")
    await expect(ada.heading).to_have_text("What do you share with Ben?")
    await expect(ada.heading).to_be_focused()
    await ada.page.get_by_label(LABELS["note"], exact=True).focus()
    await ada.page.keyboard.press("ArrowUp")
    await ada.page.keyboard.press("Enter")
    await expect(ada.heading).to_have_text("When are you around?")
    await expect(ada.heading).to_be_focused()


async def test_a_sync_takes_nothing_away_from_under_the_thumb(two: Two) -> None:
    ben = two.ben
    await write(two.ada, two, "weather")
    await two.ada.button("Propose it to Ben").click()
    await ben.open(two.path("/agreement"))
    await ben.link("Answer with my own part").focus()

    async def last_synced() -> object:
        return {row["key"]: row["value"] for row in await ben.stored("meta")}["lastSyncedAt"]

    before = await last_synced()
    await ben.page.evaluate(
        "for (const element of document.querySelectorAll('main *')) element.dataset.before = 'there'"
    )

    async def has_synced() -> bool:
        await ben.page.evaluate("window.dispatchEvent(new Event('focus'))")
        return await last_synced() != before

    await eventually(has_synced, "another sync")
    await ben.up_to_date()
    await expect(ben.link("Answer with my own part")).to_have_attribute("data-before", "there")
