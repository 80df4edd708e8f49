"""When a reminder comes, and when it does not. Pure: no database, no clock.

Occurrences are worked out on the clock of the zone and converted last: a reminder comes at the time that the clock on
the wall shows, in summer and in winter, once for each local date and time.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.errors import Refused

LONGEST_LABEL = 60
MOST_TIMES = 8
MOST_REMINDERS = 50
LONGEST_SKIP = 24
MONDAY, SUNDAY = 1, 7
LONGEST_PAUSE = timedelta(days=400)

CATCH_UP = timedelta(hours=2)
"""A missed reminder is made up for within this time, and only the last one. As long is one worth showing."""

_SLOT = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")  # no other digits of the world's
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_WEEK_AND_MORE = 9
"""Days looked at for the next occurrence: a week, one on each side for the zones, one that may not exist."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a reminder comes."""

    local_date: date
    slot: str
    """The time on the clock that was chosen: "08:00"."""
    due_at: datetime
    """The moment, in UTC."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time on the clock to another, over midnight where the second is the earlier one."""

    begin: time
    end: time


def check_reminder(label: str, times: Sequence[str], weekdays: Sequence[int], skip_hours: int | None) -> None:
    """A reminder has one to eight times of day, one to seven weekdays, and may have a label.

    Raises:
        Refused: `label-too-long`; `invalid` for anything that no phone of ours sends.
    """
    if len(label) > LONGEST_LABEL:
        raise Refused("label-too-long")
    good = (
        "\x00" not in label
        and 1 <= len(times) <= MOST_TIMES
        and all(map(is_slot, times))
        and sorted(set(times)) == list(times)
        and len(weekdays) > 0
        and all(MONDAY <= day <= SUNDAY for day in weekdays)
        and sorted(set(weekdays)) == list(weekdays)
        and (skip_hours is None or 1 <= skip_hours <= LONGEST_SKIP)
    )
    if not good:
        raise Refused("invalid")


def is_slot(text: str) -> bool:
    """Whether it is a time on the clock as "08:00"."""
    return _SLOT.fullmatch(text) is not None


def time_of(slot: str) -> time:
    """A time on the clock, from "08:00"."""
    hours, minutes = slot.split(":")
    return time(int(hours), int(minutes))


def furthest_pause(now: datetime) -> date:
    """The last day until which reminders can be paused."""
    return now.date() + LONGEST_PAUSE


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo | None:
    """The zone of that name; None where this server does not know it (yet)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


# What falls due in one minute is mostly the same few times in the same few zones.
@lru_cache(maxsize=16_384)
def moment_of(local_date: date, slot: str, zone: ZoneInfo) -> datetime | None:
    """When the clock of the zone shows this time on this date, in UTC; None: the date does not exist there.

    In a gap (clocks go forward) it is the first minute after it, in an hour that comes twice the first of the two.
    """
    wall = datetime.combine(local_date, time_of(slot))
    try:
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the first or the last day that there is
        return None
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    after = _end_of_gap(wall, zone)
    midnight = datetime.combine(local_date, time())
    whole_day = after.astimezone(zone).date() > local_date and not _exists(midnight, zone)
    return None if whole_day else after


def occurrences(
    times: Sequence[str], weekdays: Collection[int], zone: ZoneInfo, after: datetime
) -> Iterator[Occurrence]:
    """The occurrences due later than `after`, the earliest first, for the week that follows; `times` are in order."""
    # In the order of the clock, which is the order of the moments: no later time on the wall comes earlier.
    first = after.astimezone(zone).date() - _DAY
    for number in range(_WEEK_AND_MORE + 1):
        day = first + _DAY * number
        if day.isoweekday() not in weekdays:
            continue
        for slot in times:
            moment = moment_of(day, slot, zone)
            if moment is not None and moment > after:
                yield Occurrence(day, slot, moment)


def next_due(times: Sequence[str], weekdays: Collection[int], zone: ZoneInfo, after: datetime) -> datetime | None:
    """When it is due next, later than `after`; None only where its one weekday does not exist this week."""
    following = next(occurrences(times, weekdays, zone, after), None)
    return None if following is None else following.due_at


def to_be_sent(
    times: Sequence[str], weekdays: Collection[int], zone: ZoneInfo, due_at: datetime, now: datetime
) -> list[Occurrence]:
    """What is to be sent of a reminder that fell due at `due_at`, now that somebody looks.

    After an outage that is at most the last one missed, at most two hours late. Two times that fall on one minute
    (both lay in a gap) are two occurrences of one moment: one of them is enough.
    """
    since = max(due_at, now - CATCH_UP) - _MINUTE
    missed: list[Occurrence] = []
    for one in occurrences(times, weekdays, zone, since):  # the earliest first: what comes after now is never looked at
        if one.due_at > now:
            break
        if one.due_at >= due_at:
            missed = [one]
    return missed


def quiet_until(now: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime | None:
    """The end of the quiet hours that this moment lies in, in UTC; None: it lies in none."""
    if quiet is None or quiet.begin == quiet.end:
        return None
    local = now.astimezone(zone)
    clock = local.time()
    over_midnight = quiet.begin > quiet.end
    after_begin, before_end = clock >= quiet.begin, clock < quiet.end
    inside = (after_begin or before_end) if over_midnight else (after_begin and before_end)
    if not inside:
        return None
    day = local.date() + (_DAY if over_midnight and after_begin else timedelta())
    end = moment_of(day, quiet.end.strftime("%H:%M"), zone)
    # A time that comes twice: the first of them may lie behind us.
    return end if end is not None and end > now else now + _MINUTE


def is_paused(paused_until: date | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether everything is paused; `paused_until` is the first day on which reminders come again."""
    return paused_until is not None and now.astimezone(zone).date() < paused_until


def rests_until(now: datetime, quiet: QuietHours | None, paused_until: date | None, zone: ZoneInfo) -> datetime | None:
    """When somebody wants to hear of something again who is in their quiet hours, or in a pause; None: now."""
    begin = now
    if paused_until is not None and is_paused(paused_until, now, zone):
        begin = datetime.combine(paused_until, time(), zone).astimezone(UTC)
    end = quiet_until(begin, quiet, zone) or begin
    return end if end > now else None


def is_done(last_check_in: datetime | None, skip_hours: int | None, due_at: datetime) -> bool:
    """Whether there is a check-in within the hours before it was due, or since."""
    if last_check_in is None or skip_hours is None:
        return False
    return last_check_in >= due_at - timedelta(hours=skip_hours)


def delivery_key(secret: bytes, reminder: UUID, local_date: date, slot: str) -> bytes:
    """What makes one occurrence itself: 24 bytes that tell nothing. Its base64url is 32 characters, a push's Topic."""
    said = f"reminder|{reminder}|{local_date.isoformat()}|{slot}"
    return hmac.digest(secret, said.encode(), hashlib.sha256)[:24]


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first minute that exists after a time which does not, in UTC."""
    # One fold reads it by the clock before, one by the clock after: the change lies between.
    later = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    earlier = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset = later.astimezone(zone).utcoffset()
    while later - earlier > _MINUTE:
        middle = earlier + (later - earlier) / 2
        middle = middle.replace(second=0, microsecond=0)
        if middle in (earlier, later):
            break
        if middle.astimezone(zone).utcoffset() == offset:
            later = middle
        else:
            earlier = middle
    return later
