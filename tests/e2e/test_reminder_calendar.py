"""Reminders in a calendar, for phones that no push reaches: an address to follow, and a file of one's own."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, chromium_only
from tests.e2e.gate import Gate
from tests.e2e.phone import Phone
from tests.e2e.reminded import GENERIC, Minute, make_reminder
from tests.e2e.server import Server

# Nothing else tells what is on its clipboard, and Playwright hears of no download in Debian's Firefox.
pytestmark = chromium_only

EIGHT: Final = Minute("08:00", datetime(2026, 11, 22, 8, tzinfo=UTC))
LABEL: Final = "Tea on the quay"


def entries_of(content: bytes) -> list[Event]:
    """What stands in a calendar. No word of a label does."""
    assert LABEL.encode() not in content
    return list(Calendar.from_ical(content).events)


async def test_an_address_to_follow_that_is_shown_once_and_can_be_taken_back(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    phone = await make_phone(permissions=["clipboard-read", "clipboard-write"], timezone_id="Europe/Dublin")
    await phone.join(new_name("ada"))
    await make_reminder(phone, EIGHT, LABEL)
    await phone.up_to_date()
    await phone.button("Make an address").click()
    shown = phone.page.get_by_label("Address for your calendar")
    await expect(shown).to_be_focused()
    address = await shown.input_value()
    await phone.button("Copy").click()
    await expect(phone.page.get_by_text("Copied.")).to_be_visible()
    assert await phone.page.evaluate("() => navigator.clipboard.readText()") == address

    async with server.visitor() as calendar:
        answer = await calendar.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        (entry,) = entries_of(answer.content)
        # Floating: at this time on whatever clock the phone shows.
        begins = entry.DTSTART
        assert isinstance(begins, datetime)
        assert (begins.time(), begins.tzinfo) == (time(8), None)
        assert str(entry["SUMMARY"]) == GENERIC
        assert len(entry.alarms.times) > 0

        await phone.open("/me/reminders")
        await expect(phone.page.get_by_text("It was shown once.")).to_be_visible()
        await expect(shown).to_have_count(0)
        await phone.button("Remove the address").click()
        await expect(phone.page.get_by_text("The address is removed and works no more.")).to_be_visible()
        await expect(phone.button("Make an address")).to_be_focused()
        assert (await calendar.get(address)).status_code == 404


async def test_a_calendar_file_made_on_a_phone_without_an_account_or_a_network(
    make_phone: MakePhone, gate: Gate, tmp_path: Path
) -> None:
    phone = await make_phone(timezone_id="Europe/Dublin")
    await phone.come_in()
    await phone.offline_ready()
    await gate.cut()
    await make_reminder(phone, EIGHT, LABEL)
    await pin_to_this_clock(phone)
    await make_reminder(phone, EIGHT)
    async with phone.page.expect_download() as downloading:
        await phone.button("Save a calendar file").click()
    download = await downloading.value
    assert download.suggested_filename == "leeward-reminders.ics"
    file = tmp_path / "reminders.ics"
    await download.save_as(file)

    begun = [entry.DTSTART for entry in entries_of(file.read_bytes())]
    assert all(isinstance(begins, datetime) and begins.time() == time(8) for begins in begun)
    zones = {begins.tzinfo for begins in begun if isinstance(begins, datetime)}
    assert zones == {None, ZoneInfo("Europe/Dublin")}


async def pin_to_this_clock(phone: Phone) -> None:
    """From the list: the only reminder stays on the clock that the phone shows now."""
    await phone.page.get_by_role("link", name=LABEL).click()
    await phone.page.get_by_text("Stay on Dublin time").click()
    await phone.button("Save").click()
    await expect(phone.heading).to_have_text("Reminders")
