"""Inviting where it does not go straight on: too many tries, too many buddies, and the phone's own share sheet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import pytest_asyncio
from playwright.async_api import expect

from app.buddies import pairs
from tests.e2e import look
from tests.e2e.buddies import invite, link_of, make_invitation, remembered, say_yes
from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.phone import Phone
from tests.e2e.server import Server

TRIES: Final = 10
MOST: Final = 8
FULL: Final = "One of you has eight buddies already, and more would be too many."

_TRY_CODES: Final = """
async (times) => {
  const headers = { 'content-type': 'application/json' }
  for (let tried = 0; tried < times; tried += 1) {
    const body = JSON.stringify({ code: '000 000 00' + tried })
    await fetch('/api/invitations/opened', { method: 'POST', headers, body })
  }
}
"""

# The sheet belongs to the phone: what it is given is noted, and what somebody does in it is `globalThis.inTheSheet`.
_SHEET: Final = """
globalThis.given = []
globalThis.inTheSheet = 'sends it'
Object.defineProperty(Navigator.prototype, 'share', {
  configurable: true,
  value: async (data) => {
    given.push(data)
    if (inTheSheet === 'closes it') throw new DOMException('Share canceled', 'AbortError')
  },
})
"""


@pytest_asyncio.fixture(loop_scope="session")
async def ada(make_phone: MakePhone, new_name: NewName) -> Phone:
    return await signed_up(await make_phone(locale="en-GB"), new_name("ada"))


@pytest_asyncio.fixture(loop_scope="session")
async def ben(make_phone: MakePhone, new_name: NewName) -> Phone:
    return await signed_up(await make_phone(locale="en-GB"), new_name("ben"))


async def signed_up(phone: Phone, name: str) -> Phone:
    await phone.join(name)
    return phone


async def account_of(phone: Phone) -> UUID:
    return UUID((await remembered(phone))["owner"]["id"])


async def has_eight_buddies(server: Server, phone: Phone, new_name: NewName) -> list[UUID]:
    """Whoever is signed in there has as many buddies as one can have; returns the pairs. No screen is used."""
    now, me = datetime.now(UTC), await account_of(phone)
    made: list[UUID] = []
    async with server.database() as connection, connection.transaction():
        for _ in range(MOST):
            other, name = uuid4(), new_name("cleo")
            await connection.execute(
                "INSERT INTO account"
                " (id, name, name_key, password_hash, adult_confirmed_at, consent_version, created_at)"
                " VALUES ($1, $2, $2, '-', $3, '2026-11', $3)",
                other,
                name,
                now,
            )
            made.append(await pairs.begin(connection, {me: "Me", other: name.title()}, now))
    return made


async def test_after_many_codes_it_says_to_wait_and_a_link_still_opens(ada: Phone, ben: Phone) -> None:
    ben.expected |= {409, 429}
    secret = await make_invitation(ada, "Ada")
    await ben.open("/invited")
    await ben.page.evaluate(_TRY_CODES, TRIES)
    field = ben.page.get_by_label("Code or link")
    await field.fill("123 456 789")
    await ben.button("Open").click()
    wait = ben.page.get_by_text("That was tried many times in a row. Wait ")
    await expect(wait).to_contain_text(" minutes, then try again. A link works meanwhile.")
    await expect(wait).to_be_focused()
    await expect(field).to_have_value("123 456 789")
    assert await look.accessibility(ben.page) == []
    # Said in the words of codes, and not as if an account were broken into.
    await field.fill(f"{ben.origin}/invited#{secret}")
    await ben.button("Open").click()
    await say_yes(ben)


async def test_whoever_invites_has_eight_buddies_meanwhile(
    ada: Phone, ben: Phone, server: Server, new_name: NewName
) -> None:
    invitation = await invite(ada)
    made = await has_eight_buddies(server, ada, new_name)
    ben.expected |= {409}
    await ben.open(link_of(invitation))
    await ben.page.get_by_label("What Ada calls you").fill("Ben")
    await ben.button("Yes, be buddies").click()
    await expect(ben.page.get_by_text(FULL)).to_be_focused()
    await expect(ben.page.get_by_label("What Ada calls you")).to_have_value("Ben")
    assert await look.accessibility(ben.page) == []

    # It says that it stays open: it does, on his phone and on the server.
    await ben.go("Buddies")
    await ben.link("Open it").click()
    async with server.database() as connection:
        await connection.execute("DELETE FROM space WHERE id = $1", made[0])
    await say_yes(ben)


async def test_whoever_is_invited_has_eight_buddies(ada: Phone, ben: Phone, server: Server, new_name: NewName) -> None:
    secret = await make_invitation(ada, "Ada")
    await has_eight_buddies(server, ben, new_name)
    ben.expected |= {409}
    await ben.open("/buddies")
    await expect(ben.page.get_by_role("list", name="Your buddies").get_by_role("listitem")).to_have_count(MOST)
    # Inviting says so, before anybody is given a link that opens nothing.
    await ben.link("Invite somebody you know").click()
    await expect(ben.page.get_by_text("You have eight buddies.")).to_be_visible()
    await expect(ben.button("Make an invitation")).to_have_count(0)
    assert await look.accessibility(ben.page) == []
    await ben.open(f"/invited#{secret}")
    await ben.page.get_by_label("What Ada calls you").fill("Ben")
    await ben.button("Yes, be buddies").click()
    await expect(ben.page.get_by_text(FULL)).to_be_focused()
    await ben.link("Not now").click()
    await expect(ben.heading).to_have_text("How’s the weather in you?")


@both
async def test_a_link_goes_into_the_phones_share_sheet_and_closing_that_is_no_trouble(ada: Phone, ben: Phone) -> None:
    await ada.context.add_init_script(_SHEET)
    await ada.open()
    invitation = await invite(ada)
    await ada.button("Share the link").click()
    (given,) = await given_to_the_sheet(ada)
    assert given["url"] == f"{ada.origin}{link_of(invitation)}"
    assert given["text"].startswith("Would you be my buddy on Leeward? This link is for you alone.")

    await ada.page.evaluate("() => { inTheSheet = 'closes it' }")
    await ada.button("Share the link").click()
    assert len(await given_to_the_sheet(ada)) == 2
    # Nothing is said, nothing was copied instead, and it can be shared again.
    await expect(ada.page.get_by_role("alert")).to_have_count(0)
    await expect(ada.page.get_by_text("Copied.")).to_have_count(0)
    await expect(ada.page.get_by_text("This browser does not let Leeward copy.")).to_have_count(0)
    await ada.page.evaluate("() => { inTheSheet = 'sends it' }")
    await ada.button("Share the link").click()
    await ben.page.goto((await given_to_the_sheet(ada))[2]["url"])
    await say_yes(ben)


async def given_to_the_sheet(phone: Phone) -> list[dict[str, Any]]:
    return await phone.page.evaluate("() => given")
