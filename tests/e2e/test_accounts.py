"""Accounts as people have them: lost replies, lost sessions, other people's phones, ends."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.gate import Gate
from tests.e2e.member import Member, check_in, sign_up
from tests.e2e.phone import Phone
from tests.e2e.server import Server
from tests.e2e.waiting import eventually

EARLIER = "2026-11-20T08:00:00.000+01:00"


@both
async def test_a_sign_up_whose_reply_is_lost(phone: Phone, gate: Gate, server: Server, new_name: NewName) -> None:
    ada = Member(server, new_name("ada"))
    await phone.come_in()
    await phone.check_in("Rainy", "Fair")
    await phone.offline_ready()
    held = gate.hold_reply("POST /api/accounts")
    await phone.fill_sign_up(ada.name)
    await held.arrived()
    await gate.cut()
    held.lose()
    await expect(phone.page.get_by_role("main")).to_contain_text("The server did not answer.")

    # What was typed is still there; the second try finds out that the first one had worked.
    phone.expected = {409}
    await gate.open()
    await phone.button("Sign up").click()
    assert len(await phone.keep_codes()) == 10
    await phone.up_to_date()
    assert await ada.moods() == [4, 2]

    await phone.go("Me")
    await expect(phone.page.get_by_role("main")).to_contain_text(f"Signed in as {ada.name}")


@both
async def test_a_sign_up_that_the_browser_sends_twice(
    phone: Phone, gate: Gate, server: Server, new_name: NewName
) -> None:
    """When a line breaks before the answer, browsers ask again by themselves; the name is then taken, by oneself."""
    ada = Member(server, new_name("ada"))
    phone.expected = {409}
    await phone.come_in()
    await phone.check_in("Rainy")
    held = gate.hold_reply("POST /api/accounts")
    await phone.fill_sign_up(ada.name)
    await held.arrived()
    held.lose()
    failed = phone.page.get_by_text("The server did not answer.")
    await expect(failed.or_(phone.heading.filter(has_text="Your recovery codes"))).to_be_visible()
    if await failed.is_visible():
        await phone.button("Sign up").click()
    assert len(await phone.keep_codes()) == 10
    await ada.has(2)


async def test_a_session_that_expired_keeps_everything(phone: Phone, server: Server, new_name: NewName) -> None:
    ada = Member(server, new_name("ada"))
    phone.expected = {401}
    await phone.come_in()
    await phone.sign_up(ada.name)
    await phone.check_in("Clear")
    await phone.up_to_date()
    await ada.forget_sessions()

    await phone.tap("Stormy")
    await expect(phone.sync_line).to_have_text("Signed out · 1 waiting")
    await phone.done()
    await expect(phone.moments).to_have_count(2)
    await phone.sync_line.click()
    await expect(phone.page.get_by_role("main")).to_contain_text("You were signed out")
    await phone.link("Sign in").click()
    await expect(phone.page.get_by_label("Name", exact=True)).to_have_value(ada.name)
    await phone.fill_sign_in(ada.name)
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.up_to_date()
    assert await ada.moods() == [1, 5]


async def test_another_persons_sign_in_sends_nothing_of_the_first(
    phone: Phone, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    ben = await sign_up(server, new_name("ben"), [check_in(EARLIER, mood=5)])
    phone.expected = {401}
    await phone.come_in()
    await phone.sign_up(ada.name)
    await ada.forget_sessions()
    await phone.tap("Rainy")
    await expect(phone.sync_line).to_have_text("Signed out · 1 waiting")

    await phone.fill_sign_in(ben.name)
    await expect(phone.dialog).to_contain_text(f"This phone is in use by {ada.name}")
    await expect(phone.dialog).to_contain_text("1 change of theirs never reached the server.")
    await phone.button("Leave it as it is").click()
    await phone.open()
    await expect(phone.moments).to_have_count(1)
    assert await ben.moods() == [5]
    assert await ben.sessions() == 0

    # Ada signs in again: hers is sent, and only hers is here.
    await phone.fill_sign_in(ada.name)
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.up_to_date()
    assert await ada.moods() == [2]

    # Erasing it is ben's way in, and needs a yes.
    await ada.forget_sessions()
    await phone.fill_sign_in(ben.name)
    await expect(phone.dialog).to_contain_text("All of it is on the server")
    await phone.button("Erase what is here and sign in").click()
    await expect(phone.dialog).to_have_count(0)
    await phone.up_to_date()
    assert [row["mood"] for row in await phone.stored("check_ins")] == [5]
    assert await ben.moods() == [5]
    assert await ada.moods() == [2]


async def test_what_was_written_before_signing_in_is_asked_about(
    phone: Phone, server: Server, new_name: NewName
) -> None:
    ada = await sign_up(server, new_name("ada"), [check_in(EARLIER, mood=1)])
    await phone.come_in()
    await phone.check_in("Fair", "Clear")
    await phone.fill_sign_in(ada.name)
    await expect(phone.dialog).to_contain_text("Add the 2 check-ins on this phone?")
    assert await ada.moods() == [1]
    await phone.button("Add them").click()
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.up_to_date()
    assert await ada.moods() == [5, 4, 1]
    assert len(await phone.stored("check_ins")) == 3


@both
async def test_signing_out_with_something_unsent_asks_and_then_empties_the_phone(
    phone: Phone, gate: Gate, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    await phone.come_in()
    await phone.sign_up(ada.name)
    await phone.offline_ready()
    await gate.cut()
    await phone.tap("Rainy")
    await phone.open("/me/account")
    await phone.button("Sign out").click()
    await expect(phone.dialog.get_by_role("alert")).to_contain_text("1 change did not reach the server yet.")
    await phone.button("Not now").click()
    await expect(phone.dialog).to_have_count(0)
    await gate.open()
    await phone.open("/")
    await phone.up_to_date()

    # Now nothing is lost by it, and it works without a network too: the server hears of it later.
    await gate.cut()
    await phone.open("/me/account")
    await phone.button("Sign out").click()
    await phone.dialog.get_by_role("button", name="Sign out", exact=True).click()
    await expect(phone.page.get_by_role("main")).to_contain_text("You are signed out. This phone is empty.")
    for table in ("check_ins", "server_rows", "outbox", "drafts", "kept"):
        assert await phone.stored(table) == []
    await phone.go("Help now")
    assert await ada.sessions() == 1
    await gate.open()
    await phone.open("/sync")

    async def ended() -> bool:
        return await ada.sessions() == 0

    await eventually(ended, "the server knows of the sign-out")
    assert await ada.moods() == [2]


async def test_a_device_that_is_ended_forgets_at_once(
    phone: Phone, make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada = await sign_up(server, new_name("ada"), [check_in(EARLIER)])
    lost = await make_phone()
    lost.expected = {401}
    for each in (phone, lost):
        await each.come_in()
        await each.sign_in(ada.name)
    await lost.open("/history/2026-11-20")
    await expect(lost.moments).to_have_count(1)

    await phone.open("/me/devices")
    await phone.page.get_by_role("listitem").get_by_role("button", name="Sign out ").click()
    await phone.button("Sign it out").click()
    # The other phone is told, asks, and erases, with nobody touching it.
    await expect(lost.moments).to_have_count(0)
    for table in ("check_ins", "server_rows", "outbox"):
        assert await lost.stored(table) == []
    await expect(lost.page.get_by_role("status")).to_contain_text(["This device was signed out"])
    await lost.go("Help now")
    assert await ada.sessions() == 1

    # It happens once: whoever holds it now keeps what they write.
    await lost.open()
    await lost.check_in("Fair")
    await lost.open()
    await expect(lost.sync_line).to_have_text("On this phone")
    await expect(lost.moments).to_have_count(1)

    # Deleting the account does the same to the phone that does it. A sync that meets it is asked to come again, and one
    # that comes right after it, before the phone is empty, is nobody's any more.
    phone.expected = {401, 503}
    await phone.open("/me/delete")
    await phone.page.get_by_label("Type your name").fill(ada.name)
    await phone.button("Delete my account").click()
    await expect(phone.page.get_by_role("main")).to_contain_text("Your account is deleted, and this phone is empty.")
    assert await phone.stored("check_ins") == []
    assert await ada.sessions() == 0


async def test_a_recovery_code_lets_in_once_and_signs_others_out(
    phone: Phone, make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    phone.expected = {401}
    await phone.come_in()
    codes = await phone.sign_up(ada.name)
    await phone.check_in("Fair")
    await phone.up_to_date()

    second = await make_phone()
    await second.come_in()
    for code, works in ((codes[3], True), (codes[3], False)):
        second.expected = {403}
        await second.open("/recover")
        await second.page.get_by_label("Name", exact=True).fill(ada.name)
        await second.page.get_by_label("Recovery code").fill(code.lower())
        await second.page.get_by_label("New password", exact=True).fill("a lamp by the stairs")
        await second.button("Set the password and sign in").click()
        if works:
            await expect(second.heading).to_have_text("How’s the weather in you?")
            await second.up_to_date()
            await expect(second.moments).to_have_count(1)
        else:
            await expect(second.page.get_by_role("main")).to_contain_text("this code was used already")

    # The first phone keeps what it has, and asks to sign in with the new password.
    await phone.tap("Cloudy")
    await expect(phone.sync_line).to_have_text("Signed out · 1 waiting")
    await phone.fill_sign_in(ada.name, "a lamp by the stairs")
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.up_to_date()
    await ada.has(3, 4)
