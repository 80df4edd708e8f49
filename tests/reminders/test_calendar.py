"""The calendar as calendars read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.reminders.calendar import Entry, calendar_of

WRITTEN = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)


def events_of(text: bytes) -> list[Any]:
    calendar: Any = Calendar.from_ical(text)
    return calendar.walk("VEVENT")


def entry(number: int, words: str, times: list[str], weekdays: list[int], zone: str | None = None) -> Entry:
    return Entry(UUID(int=number), words, times, weekdays, ZoneInfo(zone) if zone else None)


def test_each_time_is_an_event_that_comes_again_on_its_days() -> None:
    text = calendar_of([entry(1, "Breathe", ["08:00", "21:30"], [1, 3])], SUNDAY, WRITTEN)
    events = events_of(text)
    assert [event.start for event in events] == [datetime(2026, 11, 23, 8, 0), datetime(2026, 11, 23, 21, 30)]  # noqa: DTZ001 - floating
    assert all(event["RRULE"]["BYDAY"] == ["MO", "WE"] for event in events)
    assert all(event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(0) for event in events)
    assert len({event["UID"] for event in events}) == 2


def test_a_pinned_one_brings_its_zone_and_a_following_one_floats() -> None:
    text = calendar_of(
        [entry(1, "a", ["08:00"], [7], "Europe/Berlin"), entry(2, "b", ["08:00"], [7])], SUNDAY, WRITTEN
    ).decode()
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n" in text
    assert "DTSTART;TZID=Europe/Berlin:20261122T080000\r\n" in text
    assert "DTSTART:20261122T080000\r\n" in text


def test_words_are_escaped_and_lines_folded_at_75_octets() -> None:
    words = "Wörter; mehr, als\nhineinpassen 🌧 " * 4
    text = calendar_of([entry(1, words, ["08:00"], [7])], SUNDAY, WRITTEN)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    (event,) = events_of(text)
    assert str(event["SUMMARY"]) == words


def test_without_reminders_it_is_a_calendar_all_the_same() -> None:
    text = calendar_of([], SUNDAY, WRITTEN)
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert events_of(text) == []
