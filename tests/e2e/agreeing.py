"""Two buddies agree on what each shares, and share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from playwright.async_api import expect

from tests.e2e import buddies
from tests.e2e.phone import Phone, Weather

LABELS: Final = {
    "nothing": "Nothing",
    "checked-in": "Just that I checked in",
    "weather": "The weather",
    "feelings": "The weather and my feelings",
    "note": "The weather, my feelings and my note",
}
"""What can be shared, as the screens call it."""


@dataclass(frozen=True)
class Two:
    """Ada and ben with their phones; `pair` is the id of their space."""

    ada: Phone
    ben: Phone
    pair: str

    def path(self, rest: str = "") -> str:
        """The address of their page, or of one behind it."""
        return f"/buddies/{self.pair}{rest}"


async def write(phone: Phone, two: Two, shares: str, **given: str) -> None:
    """Answer the five questions, up to the last."""
    await phone.open(two.path("/agreement/share"))
    await phone.page.get_by_label(LABELS[shares], exact=True).check()
    await phone.button("Next").click()
    await expect(phone.heading).to_have_text("When are you around?")
    await phone.button("Next").click()
    if worried := given.get("worried"):
        await phone.page.get_by_label("What we do").fill(worried)
    await phone.button("Next").click()
    if review := given.get("review"):
        await phone.page.get_by_label(review).check()
    await phone.button("Next").click()
    await expect(phone.heading).to_have_text("Is this right?")


async def agree(two: Two, *, hers: str, his: str) -> None:
    """Ada proposes, ben answers with his part, ada says yes."""
    await write(two.ada, two, hers)
    await two.ada.button("Propose it to Ben").click()
    await expect(two.ada.page.get_by_text("It counts when Ben says yes.")).to_be_visible()
    await two.ben.open(two.path("/agreement"))
    await two.ben.link("Answer with my own part").click()
    await two.ben.page.get_by_label(LABELS[his], exact=True).check()
    for _ in range(4):
        await two.ben.button("Next").click()
    await two.ben.button("Send it to Ada").click()
    await expect(two.ben.page.get_by_text("It counts when Ada says yes.")).to_be_visible()
    await two.ada.button("Say yes").click()
    for phone in (two.ada, two.ben):
        await expect(phone.page.get_by_role("heading", name="What holds now")).to_be_visible()


async def have_agreed(two: Two, *, hers: str, his: str) -> None:
    """The same by the shortest way, for tests that begin there."""
    await buddies.have_agreed(two.ada, two.ben, two.pair, hers=hers, his=his)


async def share(phone: Phone, weather: Weather, note: str = "") -> None:
    """Check in, and close the moment: its Undo is over with that."""
    await phone.open()
    await phone.tap(weather)
    if note:
        await phone.note.fill(note)
    await phone.done()
