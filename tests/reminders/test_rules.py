"""Every zone and every change of its clocks: a reminder comes once for each day, at the time on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.reminders import rules

EVERY_DAY = range(1, 8)
YEARS = range(2024, 2031)
ZONES = sorted(
    zone for zone in available_timezones() if not zone.startswith(("posix/", "right/")) and zone != "localtime"
)
AT = ["00:00", "00:30", "01:15", "01:30", "02:00", "02:30", "03:00", "12:00", "23:30", "23:59"]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def changes_of(zone: ZoneInfo) -> list[datetime]:
    """The moments at which the clocks of a zone change, to the minute, in the years that count."""
    changes: list[datetime] = []
    day = timedelta(days=1)
    moment = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    while moment < datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC):
        if moment.astimezone(zone).utcoffset() != (moment + day).astimezone(zone).utcoffset():
            before, after = moment, moment + day
            while after - before > timedelta(minutes=1):
                middle = (before + (after - before) / 2).replace(second=0, microsecond=0)
                if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
                    before = middle
                else:
                    after = middle
            changes.append(after)
        moment += day
    return changes


@pytest.mark.long
@pytest.mark.parametrize("name", ZONES)
def test_in_every_zone_each_local_date_has_its_one_occurrence_around_every_change(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes_of(zone):
        begin = (change - timedelta(days=2)).astimezone(zone).date()
        days = [begin + timedelta(days=number) for number in range(5)]
        for slot in AT:
            moments = {day: rules.moment_of(day, slot, zone) for day in days}
            assert all(moments.values()), (name, change, slot)
            for day, moment in moments.items():
                assert moment is not None
                shown = moment.astimezone(zone)
                if shown.strftime("%H:%M") == slot and shown.date() == day:
                    # The first of two, where it comes twice.
                    assert shown.fold == 0
                    continue
                # It does not exist: it is the first minute after the gap.
                assert moment == change, (name, day, slot)
            found = rules.occurrences([slot], EVERY_DAY, zone, change - timedelta(days=2))
            dates = [one.local_date for one in found if one.due_at < change + timedelta(days=2)]
            assert dates == sorted(set(dates))
            assert all(after - before == timedelta(days=1) for before, after in pairwise(dates))


def test_enough_changes_were_looked_at() -> None:
    assert len(ZONES) > 400
    assert sum(len(changes_of(ZoneInfo(name))) for name in ("Europe/Berlin", "America/Nuuk", "Africa/Casablanca")) > 40


@pytest.mark.parametrize(
    ("zone", "day", "slot", "moment"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),  # a gap from 2 to 3: at 3
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # twice: the first
        ("Europe/Berlin", "2026-07-01", "08:00", "2026-07-01T06:00"),
        ("Europe/Berlin", "2026-12-01", "08:00", "2026-12-01T07:00"),
        ("Europe/Dublin", "2026-03-29", "01:00", "2026-03-29T01:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),  # half an hour is missing: at 02:30
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),  # and comes twice
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),  # no midnight: at one
        ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T01:00"),  # the gap ends on the next date
        ("Asia/Kathmandu", "2026-11-22", "00:00", "2026-11-21T18:15"),
        ("Pacific/Kiritimati", "2026-11-22", "23:59", "2026-11-22T09:59"),
        ("Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59"),
        ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00"),
    ],
)
def test_the_moment_of_a_time_on_the_wall(zone: str, day: str, slot: str, moment: str) -> None:
    assert rules.moment_of(date.fromisoformat(day), slot, ZoneInfo(zone)) == utc(moment)


@pytest.mark.parametrize("slot", AT)
def test_a_day_that_samoa_never_had_has_no_occurrence(slot: str) -> None:
    zone = ZoneInfo("Pacific/Apia")
    assert rules.moment_of(date(2011, 12, 30), slot, zone) is None
    found = rules.occurrences([slot], EVERY_DAY, zone, utc("2011-12-29T12:00"))
    assert [one.local_date.day for one in found][:3] in ([29, 31, 1], [31, 1, 2])


def test_midnight_and_the_minute_before_are_two_days() -> None:
    zone = ZoneInfo("Europe/Berlin")
    found = list(rules.occurrences(["00:00", "23:59"], [1], zone, utc("2026-11-22T22:58")))
    assert [(one.local_date.isoformat(), one.slot, one.due_at) for one in found[:2]] == [
        ("2026-11-23", "00:00", utc("2026-11-22T23:00")),
        ("2026-11-23", "23:59", utc("2026-11-23T22:59")),
    ]


def test_follow_my_phone_across_a_flight_skips_none_and_doubles_none() -> None:
    """From Dublin to Tokyo with a reminder at eight each day: the date decides, and its key is the same everywhere."""
    dublin, tokyo = ZoneInfo("Europe/Dublin"), ZoneInfo("Asia/Tokyo")
    morning = next(rules.occurrences(["08:00"], EVERY_DAY, dublin, utc("2026-11-22T00:00")))
    assert (morning.local_date.isoformat(), morning.due_at) == ("2026-11-22", utc("2026-11-22T08:00"))
    landed = utc("2026-11-22T22:30")
    following = next(rules.occurrences(["08:00"], EVERY_DAY, tokyo, landed))
    assert (following.local_date.isoformat(), following.due_at) == ("2026-11-23", utc("2026-11-22T23:00"))

    # And back west: eight o'clock of the 23rd comes once more by the clock, with the key that was used already.
    back = next(rules.occurrences(["08:00"], EVERY_DAY, dublin, utc("2026-11-23T07:00")))
    reminder = UUID(int=7)
    assert rules.delivery_key(b"s", reminder, back.local_date, back.slot) == rules.delivery_key(
        b"s", reminder, following.local_date, following.slot
    )


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)),  # noqa: DTZ001 - hypothesis wants them so
    st.sets(st.integers(1, 7), min_size=1),
)
def test_the_next_one_is_always_later_and_on_its_weekday(name: str, after: datetime, weekdays: set[int]) -> None:
    zone = ZoneInfo(name)
    moment = after.replace(tzinfo=UTC)
    following = next(rules.occurrences(["07:30", "21:00"], sorted(weekdays), zone, moment))
    assert following.due_at > moment
    assert following.local_date.isoweekday() in weekdays
    assert rules.next_due(["07:30", "21:00"], sorted(weekdays), zone, moment) == following.due_at


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("due", "now", "sent"),
    [
        ("2026-11-22T07:00", "2026-11-22T07:00:03", ["08:00"]),  # on time
        ("2026-11-22T07:00", "2026-11-22T09:00", ["08:00"]),  # two hours late, and not a minute more
        ("2026-11-22T07:00", "2026-11-22T09:01", []),
        ("2026-11-22T07:00", "2026-11-22T10:30", ["11:00"]),  # a later one has come meanwhile: that one alone
        ("2026-11-20T07:00", "2026-11-22T07:30", ["08:00"]),  # days away: only today's
    ],
)
def test_after_an_outage_at_most_one_comes_and_at_most_two_hours_late(due: str, now: str, sent: list[str]) -> None:
    found = rules.to_be_sent(["08:00", "11:00"], EVERY_DAY, BERLIN, utc(due), utc(now))
    assert [one.slot for one in found] == sent


def test_two_times_in_one_gap_come_once() -> None:
    gap = utc("2026-03-29T01:00")
    assert len(rules.to_be_sent(["02:15", "02:45"], EVERY_DAY, BERLIN, gap, gap)) == 1


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-22T20:59", None),
        ("2026-11-22T21:00", "2026-11-23T06:00"),  # ten in the evening, in Berlin
        ("2026-11-23T05:59", "2026-11-23T06:00"),
        ("2026-11-23T06:00", None),
        ("2026-03-28T23:00", "2026-03-29T05:00"),  # the night that is an hour shorter
    ],
)
def test_quiet_hours_over_midnight(now: str, until: str | None) -> None:
    quiet = rules.QuietHours(time(22), time(7))
    assert rules.quiet_until(utc(now), quiet, BERLIN) == (None if until is None else utc(until))


def test_quiet_hours_within_a_day_and_none() -> None:
    noon = rules.QuietHours(time(12), time(14))
    assert rules.quiet_until(utc("2026-11-22T12:30"), noon, BERLIN) == utc("2026-11-22T13:00")
    assert rules.quiet_until(utc("2026-11-22T13:00"), noon, BERLIN) is None
    assert rules.quiet_until(utc("2026-11-22T13:00"), None, BERLIN) is None
    assert rules.quiet_until(utc("2026-11-22T13:00"), rules.QuietHours(time(9), time(9)), BERLIN) is None


def test_a_pause_ends_on_its_day_by_the_clock_of_the_place() -> None:
    until = date(2026, 12, 1)
    assert rules.is_paused(until, utc("2026-11-30T22:59"), BERLIN)
    assert not rules.is_paused(until, utc("2026-11-30T23:00"), BERLIN)
    assert not rules.is_paused(None, utc("2026-11-30T23:00"), BERLIN)


def test_done_is_a_check_in_within_the_hours_before_it_was_due_or_since() -> None:
    due = utc("2026-11-22T19:00")
    assert rules.is_done(utc("2026-11-22T17:00"), 2, due)
    assert rules.is_done(utc("2026-11-22T19:30"), 2, due)
    assert not rules.is_done(utc("2026-11-22T16:59"), 2, due)
    assert not rules.is_done(utc("2026-11-22T19:30"), None, due)
    assert not rules.is_done(None, 2, due)


@pytest.mark.parametrize(
    ("label", "times", "weekdays", "skip", "reason"),
    [
        ("x" * 61, ["08:00"], [1], None, "label-too-long"),
        ("\x00", ["08:00"], [1], None, "invalid"),
        ("", [], [1], None, "invalid"),
        ("", ["8:00"], [1], None, "invalid"),
        ("", ["24:00"], [1], None, "invalid"),
        ("", ["0٩:00"], [1], None, "invalid"),
        ("", ["09:00", "08:00"], [1], None, "invalid"),
        ("", ["08:00", "08:00"], [1], None, "invalid"),
        ("", [f"{hour:02}:00" for hour in range(9)], [1], None, "invalid"),
        ("", ["08:00"], [], None, "invalid"),
        ("", ["08:00"], [0], None, "invalid"),
        ("", ["08:00"], [8], None, "invalid"),
        ("", ["08:00"], [2, 1], None, "invalid"),
        ("", ["08:00"], [1], 0, "invalid"),
        ("", ["08:00"], [1], 25, "invalid"),
    ],
)
def test_what_a_reminder_may_not_be(
    label: str, times: list[str], weekdays: list[int], skip: int | None, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_reminder(label, times, weekdays, skip)
    assert refused.value.code == reason


def test_what_a_reminder_may_be() -> None:
    rules.check_reminder("🌧" * 60, ["00:00", "23:59"], [1, 7], 24)
    rules.check_reminder("", ["08:00"], [3], None)


def test_a_key_is_32_characters_of_a_topic_and_differs_for_each_occurrence() -> None:
    reminder = UUID(int=1)
    keys = {
        rules.delivery_key(secret, reminder, day, slot)
        for secret in (b"one", b"two")
        for day in (date(2026, 11, 22), date(2026, 11, 23))
        for slot in ("08:00", "20:00")
    }
    assert len(keys) == 8
    assert all(len(key) == 24 for key in keys)


def test_a_zone_that_nobody_knows() -> None:
    assert rules.zone_of("Europe/Atlantis") is None
    assert rules.zone_of("../etc/passwd") is None
    assert rules.zone_of("") is None
    assert rules.zone_of("Europe/Berlin") == BERLIN
