"""No network, a network that only looks like one, and replies that never come: saved means saved, and once."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.gate import Gate
from tests.e2e.member import Member, sign_up
from tests.e2e.phone import Phone
from tests.e2e.server import Server

pytestmark = both


@pytest.fixture
def ada(server: Server, new_name: NewName) -> Member:
    """Ada, who signs up on her phone."""
    return Member(server, new_name("ada"))


_TRY_NOW = """
() => [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Try now')?.click()
"""


async def test_two_tabs_and_a_cut_line(phone: Phone, gate: Gate, ada: Member) -> None:
    await phone.join(ada.name)
    await phone.offline_ready()
    await gate.cut()

    first = phone.page
    await phone.new_tab()
    second = phone.page
    await phone.open()
    # Both at once: neither takes the other's number, and each sees what the other did.
    await asyncio.gather(
        first.get_by_role("button", name="Rainy", exact=True).click(),
        second.get_by_role("button", name="Clear", exact=True).click(),
    )
    for page, own, other in ((first, "Rainy", "Clear"), (second, "Clear", "Rainy")):
        await expect(page.get_by_role("heading", level=1)).to_have_text(f"{own}. Saved.")
        await expect(page.get_by_role("article")).to_contain_text(other)
        await expect(page.locator('a[href="/sync"]')).to_have_text("Offline · 2 waiting")
    assert [line["number"] for line in await phone.stored("outbox")] == [1, 2]

    # What waits can be looked at, and sent.
    await phone.sync_line.click()
    await expect(phone.heading).to_have_text("On this phone")
    await expect(phone.page.get_by_role("main")).to_contain_text("You are offline.")
    await expect(phone.page.get_by_role("listitem")).to_contain_text(["Check-in: ", "Check-in: "])
    await expect(phone.button("Try now")).to_be_visible()
    await gate.open()
    # It may be sent by itself before anybody has tapped.
    await phone.page.evaluate(_TRY_NOW)
    await phone.up_to_date()
    assert sorted(await ada.moods()) == [2, 5]
    assert await phone.stored("outbox") == []


async def test_full_bars_and_nothing_behind_them(phone: Phone, gate: Gate, ada: Member) -> None:
    await phone.join(ada.name)
    await phone.offline_ready()
    await gate.stall()

    # Nothing waits for an answer that does not come: not the app, not a tap, not another screen.
    await phone.close_tab()
    await phone.open()
    await phone.tap("Stormy")
    await phone.go("Help now")
    await expect(phone.page.get_by_role("link", name="Call").first).to_be_visible()
    await phone.go("History")
    await phone.go("Today")
    await expect(phone.moments).to_have_count(1)

    await gate.open()
    await phone.up_to_date()
    assert await ada.moods() == [1]


async def test_a_tab_that_dies_between_tap_and_reply(phone: Phone, gate: Gate, ada: Member) -> None:
    await phone.join(ada.name)
    held = gate.hold_reply("POST /api/sync")
    await phone.tap("Fair")
    await held.arrived()
    assert await ada.moods() == [4]

    await phone.crash()
    held.lose()
    await phone.open()
    # The same number goes up again, and is not counted twice.
    await phone.up_to_date()
    await expect(phone.moments).to_have_count(1)
    assert await ada.moods() == [4]
    assert await phone.stored("outbox") == []


async def test_a_server_killed_before_its_reply(make_phone: MakePhone, own_server: Server, new_name: NewName) -> None:
    ada = Member(own_server, new_name("ada"))
    phone = await make_phone(own_server)
    await phone.join(ada.name)
    await phone.tap("Rainy")
    await phone.up_to_date()

    held = own_server.gate.hold_reply("POST /api/sync")
    await phone.note.fill("It rained into the boat.")
    await phone.done()
    await held.arrived()
    await own_server.kill()
    held.lose()
    await phone.tap("Fair")
    await expect(phone.sync_line).to_contain_text("waiting")

    await own_server.start()
    await phone.go("Me")
    await phone.open("/sync")
    await phone.up_to_date()
    assert await ada.moods() == [4, 2]
    assert (await ada.check_ins())[1]["note"] == "It rained into the boat."


async def test_two_phones_that_both_wrote_without_a_network(
    phone: Phone, make_phone: MakePhone, server: Server, gate: Gate, new_name: NewName
) -> None:
    ada = await sign_up(server, new_name("ada"))
    second = await make_phone()
    for each in (phone, second):
        await each.join_again(ada.name)
        await each.offline_ready()
    await phone.check_in("Cloudy")
    await expect(second.moments).to_have_count(1)
    await second.up_to_date()
    await gate.cut()

    # Both change the same moment, and each adds one.
    for each, mood, note in ((phone, "Rainy", "by the window"), (second, "Fair", "at the harbour")):
        await each.moments.first.get_by_role("link").click()
        await expect(each.heading).to_have_text("One check-in")
        await each.button(mood).click()
        await each.note.fill(note)
        await each.button("Save").click()
        await expect(each.moments.first).to_contain_text(note)
        await each.check_in("Clear")
    await gate.open()
    await asyncio.gather(*(each.open("/sync") for each in (phone, second)))
    await asyncio.gather(*(each.up_to_date() for each in (phone, second)))

    # Whoever came last, both phones and the server end up with the same three moments.
    for each in (phone, second):
        await each.open()
        await expect(each.moments).to_have_count(3)

    on_server = [(str(row["id"]), row["mood"], row["note"]) for row in await ada.check_ins()]
    for each in (phone, second):
        rows = await each.stored("check_ins")
        rows.sort(key=lambda row: -row["instant"])
        assert [(row["id"], row["mood"], row["note"]) for row in rows] == on_server
