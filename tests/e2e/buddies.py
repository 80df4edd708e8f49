"""Two who are buddies: how they come to it, by hand and by the shortest way."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from playwright.async_api import expect

from tests.e2e.phone import Phone
from tests.e2e.waiting import eventually

NOBODY: Final = "You two are not buddies any more"

_SYNC: Final = """
async (mutations) => {
  const headers = { 'content-type': 'application/json' }
  const { id: owner } = await (await fetch('/api/account')).json()
  const sentAt = new Date().toISOString()
  const body = JSON.stringify({ device: crypto.randomUUID(), owner, sentAt, mutations })
  const reply = await (await fetch('/api/sync', { method: 'POST', headers, body })).json()
  if (reply.refusals.length > 0) throw new Error(JSON.stringify(reply.refusals))
}
"""


async def invite(phone: Phone, called: str = "Ada") -> dict[str, Any]:
    """Make an invitation by hand; returns it as the phone keeps it, with the secret of its link."""
    await phone.go("Buddies")
    await phone.link("Invite somebody you know").click()
    await expect(phone.heading).to_have_text("Invite somebody you know")
    await phone.page.get_by_label("What they will call you").fill(called)
    await phone.button("Make an invitation").click()
    await expect(phone.button("Copy the link")).to_be_visible()
    return (await invitations_on(phone))[0]


async def invitations_on(phone: Phone) -> list[dict[str, Any]]:
    """Those that were made on this phone, the newest first."""
    return (await remembered(phone)).get("invitations", [])


async def remembered(phone: Phone) -> dict[str, Any]:
    """What the phone remembers under a key."""
    return {row["key"]: row["value"] for row in await phone.stored("meta")}


def link_of(invitation: dict[str, Any]) -> str:
    """Where the link of an invitation leads."""
    return f"/invited#{invitation['secret']}"


async def say_yes(phone: Phone, called: str = "Ben", other: str = "Ada") -> None:
    """Accept the invitation that stands open; ends on the page of the two."""
    await expect(phone.heading).to_have_text(f"{other} invites you")
    await phone.page.get_by_label(f"What {other} calls you").fill(called)
    await phone.button("Yes, be buddies").click()
    await expect(phone.heading).to_have_text(other)


async def make_buddies(ada: Phone, ben: Phone) -> str:
    """Two phones that are signed in belong to buddies, called Ada and Ben; returns the pair's id. No screen is used."""
    secret = await make_invitation(ada, "Ada")
    pair: str = (await _ask(ben, "/api/invitations/accepted", {"secret": secret, "name": "Ben"}))["pair"]
    for phone in (ada, ben):

        async def knows(phone: Phone = phone) -> bool:
            return len([row for row in await phone.stored("buddies") if row["pair"] == pair]) == 2

        await eventually(knows, "the pair on both phones")
    return pair


async def have_agreed(ada: Phone, ben: Phone, pair: str, *, hers: str = "nothing", his: str = "nothing") -> None:
    """The two have agreed on what each shares. No screen is used."""
    first, answer = str(uuid4()), str(uuid4())
    for phone, name, args in (
        (ada, "agreements.propose", {"id": first, "terms": {"part": {"shares": hers}}}),
        (ben, "agreements.propose", {"id": answer, "answers": first, "terms": {"part": {"shares": his}}}),
        (ada, "agreements.accept", {"id": answer}),
    ):
        change = {"number": 1, "id": str(uuid4()), "name": name, "args": {"pair": pair, **args}}
        await phone.page.evaluate(_SYNC, [change])
    for phone in (ada, ben):

        async def knows(phone: Phone = phone) -> bool:
            rows = await phone.stored("agreements")
            return any(row["pair"] == pair and row["state"] == "in-force" for row in rows)

        await eventually(knows, "the agreement on both phones")


async def make_invitation(phone: Phone, called: str) -> str:
    """An invitation of somebody who is signed in there; returns the secret of its link. No screen is used."""
    secret: str = (await _ask(phone, "/api/invitations", {"name": called}))["secret"]
    return secret


async def _ask(phone: Phone, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask the server from within the page, as the app does."""
    answer: dict[str, Any] = await phone.page.evaluate(
        """async ([path, body]) => {
          const headers = { 'content-type': 'application/json' }
          const reply = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
          if (!reply.ok) throw new Error(`${reply.status} for ${path}`)
          return await reply.json()
        }""",
        [path, body],
    )
    return answer
