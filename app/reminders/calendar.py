"""Reminders as a calendar (RFC 5545), for phones that no push reaches. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LASTS = timedelta(minutes=5)
_REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Entry:
    """A reminder as a calendar shows it."""

    id: UUID
    words: str
    """What is written there; whoever sees the calendar reads it."""
    times: Sequence[str]
    weekdays: Sequence[int]
    zone: ZoneInfo | None
    """None: floating, at this time wherever the phone is."""


def calendar_of(entries: Iterable[Entry], first_day: date, written_at: datetime) -> bytes:
    """All of them as one calendar, from `first_day` on, with an alarm at the very minute."""
    calendar = Calendar()
    calendar.add("prodid", "-//Leeward//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Leeward")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        for slot in entry.times:
            calendar.add_component(_event(entry, slot, first_day, written_at))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: Entry, slot: str, first_day: date, written_at: datetime) -> Event:
    hours, minutes = (int(part) for part in slot.split(":"))
    day = next(day for day in _week_from(first_day) if day.isoweekday() in entry.weekdays)
    begins = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=entry.zone)
    event = Event()
    event.add("uid", f"{entry.id}-{slot.replace(':', '')}@leeward")
    event.add("dtstamp", written_at)
    event.add("dtstart", begins)
    event.add("duration", _LASTS)
    event.add("rrule", {"freq": "weekly", "byday": [_DAYS[weekday - 1] for weekday in entry.weekdays]})
    event.add("summary", entry.words)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.words)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event


def _week_from(first: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(7)]
