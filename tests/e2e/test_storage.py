"""The phone's own storage: full, cleared, and a tab that dies in the middle of a word."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both, chromium_only
from tests.e2e.member import Member, check_in, sign_up
from tests.e2e.phone import Phone
from tests.e2e.server import Server
from tests.e2e.waiting import eventually

pytestmark = both

LONGEST = 4_000
ROOM = 16_000_000
"""Bytes; the app itself takes less than a tenth of it."""

FILL = """
(bytes) => new Promise((end) => {
  const opening = indexedDB.open('photos')
  opening.onupgradeneeded = () => opening.result.createObjectStore('photos')
  opening.onsuccess = () => {
    const filling = opening.result.transaction('photos', 'readwrite')
    filling.oncomplete = () => end('there was room')
    filling.onabort = () => end(filling.error.name)
    filling.objectStore('photos').put(new Uint8Array(bytes), 1)
  }
})
"""


@chromium_only
async def test_a_full_phone_is_never_told_that_it_is_saved(phone: Phone) -> None:
    devtools = await phone.devtools()
    await devtools.send("Storage.overrideQuotaForOrigin", origin=phone.origin, quotaSize=ROOM)
    await phone.come_in()
    await phone.offline_ready()
    await devtools.send("Storage.overrideQuotaForOrigin", origin=phone.origin, quotaSize=1)
    # Chromium trusts for a while what it knew of the room; more than that makes it look again.
    assert await phone.page.evaluate(FILL, ROOM + 1) == "QuotaExceededError"

    for weather in ("Rainy", "Stormy"):
        await phone.button(weather).click()
        await expect(phone.heading).to_have_text(f"{weather}. Not saved yet.")
        await expect(phone.page.get_by_role("alert")).to_contain_text("This phone has no room left.")
        assert await phone.stored("check_ins") == []
        assert await phone.stored("outbox") == []

    await devtools.send("Storage.overrideQuotaForOrigin", origin=phone.origin)
    await phone.button("Try again").click()
    await expect(phone.heading).to_have_text("Stormy. Saved.")
    assert [row["mood"] for row in await phone.stored("check_ins")] == [1]


async def test_cleared_storage_comes_back_from_the_server(phone: Phone, server: Server, new_name: NewName) -> None:
    ada = await sign_up(server, new_name("ada"), [check_in("2026-11-20T08:00:00.000+01:00", note="before the storm")])
    # The app finds out whose session this is, and says in the console who closed its store.
    phone.expected = {409}
    phone.allowed = "wants to delete database"
    await phone.join_again(ada.name)

    # Under the open app, as a browser does it that is short of room. The cookie stays.
    await phone.page.evaluate(
        """() => new Promise((done, failed) => {
          localStorage.clear()
          const deleting = indexedDB.deleteDatabase('leeward')
          deleting.onsuccess = done
          deleting.onerror = () => failed(deleting.error)
        })"""
    )
    await phone.open("/")
    if await phone.button("Come in").is_visible():
        await phone.button("Come in").click()
    await phone.up_to_date()
    await phone.open("/history/2026-11-20")
    await expect(phone.moments).to_contain_text(["before the storm"])
    # And what is tapped now is ada's again.
    await phone.go("Today")
    await phone.tap("Fair")
    await phone.up_to_date()
    await ada.has(4, 3)


async def test_words_outlive_reload_and_crash_and_are_counted_as_people_count(
    phone: Phone, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    await phone.join(ada.name)
    await phone.tap("Stormy")

    # Two code units each, one character: one too many is said beside the field, and nothing is cut.
    too_long = "🌊" * (LONGEST + 1)
    await phone.note.fill(too_long)
    await expect(phone.page.get_by_text("That is 1 character more than fits")).to_be_visible()
    await phone.draft_is_kept()
    await phone.page.reload()
    await expect(phone.heading).to_have_text("Stormy. Your words are back.")
    await expect(phone.note).to_have_value(too_long)
    await phone.crash()
    await phone.open()
    await expect(phone.note).to_have_value(too_long)
    await expect(phone.note).to_have_attribute("aria-invalid", "true")
    await phone.button("Done").click()
    await expect(phone.note).to_be_focused()
    assert [row["note"] for row in await ada.check_ins()] == [None]

    await phone.note.press("ControlOrMeta+End")
    await phone.note.press("Backspace")
    await expect(phone.note).not_to_have_attribute("aria-invalid", "true")
    await phone.done()
    await phone.up_to_date()
    assert [row["note"] for row in await ada.check_ins()] == ["🌊" * LONGEST]
    assert await phone.stored("drafts") == []


async def test_words_survive_a_page_that_goes_away_as_they_are_written(phone: Phone) -> None:
    await phone.come_in()
    for number in range(1, 6):
        words = f"the tide at {number}"
        await phone.tap("Cloudy")
        # The last key, Done and the end of the page, in one breath.
        async with phone.page.expect_event("load"):
            await phone.note.evaluate(_WRITE_AND_VANISH, words)
        await expect(phone.heading).to_be_visible()
        await eventually(lambda words=words: _is_kept(phone, words), f"{words}, as a note or as a draft")
        await phone.open()
        moment = phone.moments.filter(has_text=words)
        await expect(phone.note.or_(moment)).to_be_visible()
        if await phone.note.is_visible():
            await expect(phone.note).to_have_value(words)
            await phone.done()
        await expect(moment).to_be_visible()


async def _is_kept(phone: Phone, words: str) -> bool:
    kept = [*await phone.stored("check_ins"), *(draft["value"] for draft in await phone.stored("drafts"))]
    return any(one.get("note") == words for one in kept)


_WRITE_AND_VANISH = """
(field, words) => {
  field.value = words
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  const done = [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Done')
  done.click()
  location.reload()
}
"""


async def test_storage_that_another_phone_would_not_miss(
    phone: Phone, make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    """Words typed and taken back by Undo go with the next tap; a moment taken back is taken back everywhere."""
    ada = Member(server, new_name("ada"))
    await phone.join(ada.name)
    second = await make_phone()
    await second.join_again(ada.name)

    await phone.tap("Rainy")
    await phone.note.fill("wet shoes")
    await expect(second.moments).to_have_count(1)
    await phone.button("Undo").click()
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await expect(phone.note).to_have_value("wet shoes")
    await expect(second.moments).to_have_count(0)
    await phone.draft_is_kept()
    await phone.page.reload()
    await expect(phone.note).to_have_value("wet shoes")
    await phone.tap("Cloudy")
    await phone.done()
    await expect(second.moments).to_contain_text(["wet shoes"])
    await ada.has(3)
