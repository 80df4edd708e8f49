"""Finding each other: an invitation by link or code, from the very first visit to the page of two; and parting."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e import look
from tests.e2e.buddies import NOBODY, invite, link_of, make_buddies, remembered, say_yes
from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.gate import Gate
from tests.e2e.member import Member
from tests.e2e.phone import PASSWORD, Phone
from tests.e2e.server import Server
from tests.e2e.waiting import eventually


@pytest_asyncio.fixture(loop_scope="session")
async def ada(make_phone: MakePhone, new_name: NewName) -> Phone:
    """The phone of somebody with an account."""
    return await signed_up(await make_phone(locale="en-GB"), new_name("ada"))


@pytest_asyncio.fixture(loop_scope="session")
async def ben(make_phone: MakePhone, new_name: NewName) -> Phone:
    """The phone of somebody else with an account."""
    return await signed_up(await make_phone(locale="en-GB"), new_name("ben"))


async def signed_up(phone: Phone, name: str) -> Phone:
    await phone.join(name)
    return phone


async def no_fragment(phone: Phone) -> None:
    """The secret stands neither in the address bar nor in the history behind it."""
    assert "#" not in await phone.page.evaluate("location.href")


async def has_focus(phone: Phone, tag: str) -> None:
    """Also in the browser that is not in front: only one of two phones is."""

    async def holds() -> bool:
        focused: str = await phone.page.evaluate("document.activeElement.tagName")
        return focused == tag

    await eventually(holds, f"the focus is on the {tag}")


async def nothing_left_on(phone: Phone) -> None:
    async def holds() -> bool:
        rows = [row for row in await phone.stored("server_rows") if row["kind"] == "buddy"]
        return [*rows, *await phone.stored("buddies"), *await phone.stored("pair_changes")] == []

    await eventually(holds, "nothing of the pair is on the phone")


@both
async def test_a_link_leads_from_nowhere_through_the_door_and_sign_up_to_each_other(
    ada: Phone, make_phone: MakePhone, new_name: NewName
) -> None:
    invitation = await invite(ada, "Ada L.")
    ben = await make_phone(locale="en-GB")
    await ben.page.goto(ben.origin + link_of(invitation))
    await expect(ben.heading).to_have_text("Ada L. invites you")
    await expect(ben.page.get_by_text("Not a therapist, not a crisis service")).to_be_visible()
    await no_fragment(ben)
    assert invitation["secret"] not in await ben.page.title()
    await ben.link("Go on").click()
    await expect(ben.heading).to_have_text("Welcome to Leeward")
    await ben.button("Come in").click()
    await expect(ben.heading).to_have_text("Ada L. invites you")
    await expect(ben.page.get_by_role("main").get_by_role("link", name="Sign up")).to_be_visible()

    # Closed on the way, and opened again from the home screen: the invitation is not in the address any more.
    await ben.close_tab()
    await ben.fill_sign_up(new_name("ben"))
    await expect(ben.heading).to_have_text("Your recovery codes")
    await ben.button("I have kept them").click()
    await say_yes(ben, "Ben", "Ada L.")
    await expect(ben.page.get_by_text("Ada L. knows you as Ben.")).to_be_visible()
    assert "invited" not in await remembered(ben)

    await expect(ada.page.get_by_role("heading", name="Ben said yes")).to_be_visible()
    await expect(ada.button("Copy the link")).to_have_count(0)
    await ada.link("Go to Ben").click()
    await expect(ada.heading).to_have_text("Ben")

    ben.expected |= {409}
    await ben.open(link_of(invitation))
    await expect(ben.heading).to_have_text("This invitation was used")
    await ben.link("To your buddies").click()
    await ben.page.get_by_role("link", name="Ada L.").click()
    await ben.button("End").click()
    await ben.dialog.get_by_role("button", name="End", exact=True).click()
    await expect(ben.heading).to_have_text("Buddies")
    await expect(ben.page.get_by_text("It is over with Ada L.")).to_be_visible()
    await expect(ada.heading).to_have_text(NOBODY)
    for phone in (ada, ben):
        await nothing_left_on(phone)


async def test_somebody_with_an_account_signs_in_on_the_way(
    ada: Phone, ben: Phone, make_phone: MakePhone, server: Server
) -> None:
    invitation = await invite(ada)
    name = (await remembered(ben))["owner"]["name"]
    phone = await make_phone()
    await phone.page.goto(phone.origin + link_of(invitation))
    await phone.link("Go on").click()
    await phone.button("Come in").click()
    # A check-in of before, and the wish not to keep it: the invitation is not thrown away with it.
    await phone.go("Today")
    await phone.check_in("Rainy")
    await phone.fill_sign_in(name)
    await phone.dialog.get_by_role("button", name="Erase").click()
    await say_yes(phone)


@both
async def test_a_code_is_said_and_typed(ada: Phone, ben: Phone) -> None:
    await invite(ada)
    await ada.button("Say a code instead").click()
    code = await ada.page.locator("main .code").inner_text()
    await expect(ada.page.get_by_text("It works once, for 15 more minutes.")).to_be_visible()

    await ben.go("Buddies")
    await ben.link("I have a code or a link").click()
    await expect(ben.heading).to_have_text("Open an invitation")
    field = ben.page.get_by_label("Code or link")
    await field.fill("12 34")
    await ben.button("Open").click()
    await expect(ben.page.get_by_text("A code has nine digits.")).to_be_visible()
    await expect(field).to_be_focused()
    ben.expected |= {409}
    await field.fill("000 000 000" if code != "000 000 000" else "000 000 001")
    await ben.button("Open").click()
    await expect(ben.page.get_by_text("This code opens nothing.")).to_be_visible()
    assert await look.accessibility(ben.page) == []
    await field.fill(code.replace(" ", "-"))
    await ben.button("Open").click()
    await say_yes(ben)
    await expect(ada.page.get_by_role("heading", name="Ben said yes")).to_be_visible()

    # The name is remembered for the next one.
    await ada.page.reload()
    await expect(ada.page.get_by_label("What they will call you")).to_have_value("Ada")


async def test_a_code_that_ran_out_meanwhile_says_so(ada: Phone, ben: Phone, server: Server) -> None:
    invitation = await invite(ada)
    await ada.button("Say a code instead").click()
    await ben.open("/invited")
    await ben.page.get_by_label("Code or link").fill(await ada.page.locator("main .code").inner_text())
    await ben.button("Open").click()
    await expect(ben.heading).to_have_text("Ada invites you")
    async with server.database() as connection:
        await connection.execute(
            "UPDATE invitation SET code_expires_at = created_at WHERE id = $1::text::uuid", invitation["id"]
        )
    ben.expected |= {409}
    await ben.page.get_by_label("What Ada calls you").fill("Ben")
    await ben.button("Yes, be buddies").click()
    await expect(ben.heading).to_have_text("This code opens nothing")


async def test_whoever_was_signed_out_signs_in_again_and_is_back_at_it(ada: Phone, ben: Phone, server: Server) -> None:
    name = (await remembered(ben))["owner"]["name"]
    await Member(server, name).forget_sessions()
    ben.expected |= {401}
    await ben.open(link_of(await invite(ada)))
    await expect(ben.page.get_by_text("You were signed out. Sign in again for this")).to_be_visible()
    await ben.page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await ben.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await ben.button("Sign in").click()
    await say_yes(ben)


async def test_what_cannot_be_used_says_so(ada: Phone, ben: Phone, server: Server) -> None:
    ada.expected |= {409}
    ben.expected |= {409}
    invitation = await invite(ada)
    await ada.open(link_of(invitation))
    await expect(ada.heading).to_have_text("This is your own invitation")

    # On the phone that made it, its link is there again; on another it is not, and that is said.
    await ada.open("/buddies/invite")
    await expect(ada.button("Copy the link")).to_be_visible()
    await ada.button("Withdraw").click()
    await ada.dialog.get_by_role("button", name="Withdraw").click()
    await expect(ada.button("Make an invitation")).to_be_visible()
    await has_focus(ada, "H1")
    await ben.open(link_of(invitation))
    await expect(ben.heading).to_have_text("This invitation is not open")
    assert "invited" not in await remembered(ben)

    expired = await invite(ada)
    async with server.database() as connection:
        await connection.execute(
            "UPDATE invitation SET created_at = created_at - interval '8 days', expires_at = expires_at - interval"
            " '8 days' WHERE id = $1",
            expired["id"],
        )
    await ben.open(link_of(expired))
    await expect(ben.heading).to_have_text("This invitation has run out")

    await make_buddies(ada, ben)
    await ben.open(link_of(await invite(ada)))
    await ben.page.get_by_label("What Ada calls you").fill("Ben")
    await ben.button("Yes, be buddies").click()
    await expect(ben.heading).to_have_text("You two are buddies already")


async def test_on_another_device_only_a_code_can_be_made(ada: Phone, make_phone: MakePhone) -> None:
    await invite(ada)
    other = await make_phone()
    await other.join_again((await remembered(ada))["owner"]["name"])
    await other.open("/buddies/invite")
    await expect(other.page.get_by_text("It was made on another device")).to_be_visible()
    await expect(other.button("Copy the link")).to_have_count(0)
    await other.button("Say a code instead").click()
    await expect(other.page.locator("main .code")).to_be_visible()


async def test_an_invitation_waits_until_it_is_answered(ada: Phone, ben: Phone) -> None:
    await ben.open(link_of(await invite(ada)))
    await expect(ben.heading).to_have_text("Ada invites you")
    await ben.link("Not now").click()
    await expect(ben.heading).to_have_text("How’s the weather in you?")
    await ben.go("Buddies")
    await ben.link("Open it").click()
    await expect(ben.heading).to_have_text("Ada invites you")
    await ben.button("Forget this invitation").click()
    await expect(ben.heading).to_have_text("Buddies")
    await expect(ben.link("I have a code or a link")).to_be_visible()
    assert "invited" not in await remembered(ben)


async def test_without_the_network_it_is_said_what_needs_it_and_nothing_is_lost(
    ada: Phone, ben: Phone, gate: Gate
) -> None:
    first = await invite(ada)
    await ben.offline_ready()
    await ada.offline_ready()
    await gate.cut()
    await ada.page.reload()
    await expect(ada.page.get_by_text("Inviting needs the network")).to_be_visible()
    await expect(ada.button("Copy the link")).to_be_visible()
    await ada.button("QR code").click()
    await expect(ada.page.get_by_role("img", name="QR code of the link")).to_be_visible()
    await ada.button("Invite another person").click()
    await ada.button("Make an invitation").click()
    await expect(ada.page.get_by_text("The server did not answer.")).to_be_visible()
    assert await look.accessibility(ada.page) == []

    await ben.page.goto(ben.origin + link_of(first))
    await expect(ben.page.get_by_text("To see who invites you, Leeward needs the network")).to_be_visible()
    await no_fragment(ben)
    assert await look.accessibility(ben.page) == []
    await gate.open()
    await ben.button("Try again").click()
    await say_yes(ben)


@both
async def test_ended_offline_it_is_gone_here_at_once_and_there_when_the_network_is_back(
    ada: Phone, ben: Phone, gate: Gate
) -> None:
    pair = await make_buddies(ada, ben)
    await ben.offline_ready()
    await ben.open(f"/buddies/{pair}")
    await ada.open(f"/buddies/{pair}")
    await expect(ada.heading).to_have_text("Ben")
    await gate.cut()
    await ben.page.reload()
    await expect(ben.heading).to_have_text("Ada")
    await ben.button("End").click()
    await expect(ben.dialog.get_by_text("You are not in touch with the server just now.")).to_be_visible()
    assert await look.accessibility(ben.page) == []
    await ben.dialog.get_by_role("button", name="End", exact=True).click()
    await expect(ben.heading).to_have_text("Buddies")
    await expect(ben.page.get_by_text("The server hears of it when you are online")).to_be_visible()
    await expect(ben.page.get_by_role("link", name="Ada")).to_have_count(0)
    await gate.open()
    await ben.page.reload()
    await nothing_left_on(ben)
    await expect(ada.heading).to_have_text(NOBODY)
    await nothing_left_on(ada)


async def test_blocked_looks_as_if_withdrawn(ada: Phone, ben: Phone) -> None:
    pair = await make_buddies(ada, ben)
    await ada.open(f"/buddies/{pair}")
    await ada.button("Block").click()
    await ada.dialog.get_by_role("button", name="Block", exact=True).click()
    await expect(ada.page.get_by_text("Ben is blocked.")).to_be_visible()
    await nothing_left_on(ben)
    ben.expected |= {409}
    await ben.open(link_of(await invite(ada)))
    await expect(ben.heading).to_have_text("This invitation is not open")


async def test_a_new_name_reaches_the_other(ada: Phone, ben: Phone) -> None:
    pair = await make_buddies(ada, ben)
    await ada.open("/buddies")
    await ben.open(f"/buddies/{pair}")
    await ben.button("Change your name here").click()
    await ben.page.get_by_label("What Ada calls you").fill(" ")
    await ben.button("Save").click()
    await expect(ben.page.get_by_text("A name has 1 to 40 characters.")).to_be_visible()
    await ben.page.get_by_label("What Ada calls you").fill("Benjamin")
    await ben.button("Save").click()
    await expect(ben.page.get_by_text("Ada knows you as Benjamin.")).to_be_visible()
    await expect(ada.page.get_by_role("link", name="Benjamin")).to_be_visible()
