"""What a moment in somebody's journal may say: weather, words, and when it was. Pure: no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from app.errors import Refused

STORMY, CLEAR = 1, 5
MOST_WORDS = 30
LONGEST_WORD = 64
CLOCKS_MAY_DIFFER = timedelta(minutes=5)
EARLIEST_YEAR = 1900
LATEST_YEAR = 9998

# The names of the time zone database; a phone may know one that this server does not know yet.
_ZONE = re.compile(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+){0,2}")


def check_mood(mood: int) -> None:
    """Inner weather is 1 stormy, 2 rainy, 3 cloudy, 4 fair or 5 clear.

    Raises:
        Refused: `mood-out-of-range`.
    """
    if not STORMY <= mood <= CLEAR:
        raise Refused("mood-out-of-range")


def check_words(words: Sequence[str]) -> None:
    """Feelings and contexts: at most 30, each 1 to 64 code points; own words begin with "own:".

    Raises:
        Refused: `too-many-words`, `word-too-long`, `invalid`.
    """
    if len(words) > MOST_WORDS:
        raise Refused("too-many-words")
    for word in words:
        if len(word) > LONGEST_WORD:
            raise Refused("word-too-long")
        if not word.removeprefix("own:").strip():
            raise Refused("invalid")
        check_text(word)


def check_zone(zone: str) -> None:
    """A zone looks like a name of the time zone database.

    Raises:
        Refused: `unknown-zone`.
    """
    if len(zone) > LONGEST_WORD or not _ZONE.fullmatch(zone):
        raise Refused("unknown-zone")


def check_happened_at(happened_at: datetime, sent_at: datetime) -> None:
    """A check-in may lie back as far as a person can, and five minutes ahead of the phone's own clock.

    The phone's clock is compared with itself, so that one that is wrong loses nothing.

    Raises:
        Refused: `too-long-ago`, `in-the-future`.
    """
    if happened_at.year < EARLIEST_YEAR:
        raise Refused("too-long-ago")
    if happened_at.year > LATEST_YEAR or happened_at - sent_at > CLOCKS_MAY_DIFFER:
        raise Refused("in-the-future")


def local_date(happened_at: datetime) -> date:
    """The date on the clock where it happened: the one that its offset says, also after travel."""
    return happened_at.date()


def moment(happened_at: datetime) -> datetime:
    """The same moment in UTC."""
    return happened_at.astimezone(UTC)


def clock_time(happened_at: datetime) -> str:
    """What the clock showed there, with its offset, in milliseconds: "2026-11-22T07:15:00.000+01:00"."""
    return happened_at.isoformat(timespec="milliseconds")


def check_text(text: str) -> None:
    """No text holds a NUL, which PostgreSQL cannot keep.

    Raises:
        Refused: `invalid`.
    """
    if "\x00" in text:
        raise Refused("invalid")
