"""What holds for invitations and pairs."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal
from uuid import UUID

MOST_BUDDIES: Final = 8
MOST_INVITATIONS: Final = 10
"""Open at once."""

INVITATION_LASTS: Final = timedelta(days=7)
ENDED_ARE_REMEMBERED: Final = timedelta(days=30)
"""After its end, an invitation that is opened once more says what became of it."""

PARTED_ARE_REMEMBERED: Final = timedelta(days=14)
"""After the end of a pair, for as long it can be reported."""
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

SECRET_BYTES: Final = 20
CODE_DIGITS: Final = 9
CODE_LASTS: Final = timedelta(minutes=15)
LONGEST_NAME: Final = 40  # code points

State = Literal["open", "used", "withdrawn", "expired"]

_SPACES: Final = re.compile(r"\s+")
_NO_DIGITS: Final = re.compile(r"[^0-9]")


def clean_name(name: str) -> str | None:
    """A name to be called by, as it is kept: 1 to 40 code points on one line; None when it is none."""
    clean = _SPACES.sub(" ", unicodedata.normalize("NFC", name)).strip()
    if not clean or len(clean) > LONGEST_NAME:
        return None
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in clean):
        return None
    return clean


def secret_hash(secret: str) -> bytes:
    """How an invitation's secret is kept. It has 160 random bits, so there is nothing to guess from its SHA-256."""
    return sha256(secret.encode("utf-8", "replace")).digest()


def write_code(number: int) -> str:
    """A code to say aloud: "482 913 057"."""
    digits = f"{number:0{CODE_DIGITS}d}"
    return " ".join(digits[start : start + 3] for start in range(0, CODE_DIGITS, 3))


def code_hash(code: str) -> bytes | None:
    """How a code is looked up, however its digits are set apart; None when it is none."""
    digits = _NO_DIGITS.sub("", code)
    return sha256(b"code\0" + digits.encode()).digest() if len(digits) == CODE_DIGITS else None


def state_of(ended_by: str | None, expires_at: datetime, now: datetime) -> State:
    """What has become of an invitation."""
    if ended_by == "used":
        return "used"
    if ended_by == "withdrawn":
        return "withdrawn"
    return "expired" if now >= expires_at else "open"


Level = Literal["nothing", "checked-in", "weather", "feelings", "note"]
LEVELS: Final[tuple[Level, ...]] = ("nothing", "checked-in", "weather", "feelings", "note")
"""What of a check-in is shared, each with all before it."""

LONGEST_HELLO: Final = 120  # code points
Signal = Literal["here", "hard", "thinking", "glad"]
"""A reply without words: "I'm here", "That sounds hard", "Thinking of you", "Glad to hear"."""

LONGEST_MESSAGE: Final = 2000  # code points
MOST_NUDGES: Final = 3
"""Of "thinking of you", as an answer to nothing: to one buddy within this time."""
NUDGES_WITHIN: Final = timedelta(hours=24)
MOST_SAID: Final = 100
"""Messages, and as many signals, of one to one buddy within the time below: nobody's phone is flooded."""
MOST_PROPOSED: Final = 20
PACE_WITHIN: Final = timedelta(minutes=10)
MOST_REPORTED: Final = 200
"""Words that are gone, copied for one report: those that are named, and then the last of them."""
WORDS_ARE_KEPT: Final = timedelta(days=14)
"""For as long, what is gone for both can still be reported."""

LONGEST_WORRIED: Final = 1000  # code points
FURTHEST_REVIEW: Final = timedelta(days=5 * 366)
WEEKDAYS: Final = 7

# Zero width non-joiner and joiner: some scripts are not written without them, nor are many emoji.
_JOINERS: Final = "\u200c\u200d"

_SLOT: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def rank(level: Level) -> int:
    """How much a level shows: 0 nothing … 4 everything that can be shared."""
    return LEVELS.index(level)


def least(one: Level, other: Level) -> Level:
    """What both allow."""
    return LEVELS[min(rank(one), rank(other))]


def is_around(days: Sequence[int], hours_from: str | None, hours_to: str | None) -> bool:
    """Whether these can be the days (1 Monday … 7 Sunday, sorted) and local hours at which somebody is around."""
    if list(days) != sorted(set(days)) or any(not 1 <= day <= WEEKDAYS for day in days):
        return False
    if (hours_from is None) != (hours_to is None):
        return False
    return all(_SLOT.fullmatch(slot) for slot in (hours_from, hours_to) if slot is not None)


def is_text(text: str, longest: int) -> bool:
    """Whether this can be kept: at most so many code points, and none that no text may hold."""
    return (
        len(text) <= longest and "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
    )


def is_on_one_line(text: str) -> bool:
    """Whether nothing in this breaks a line, turns it round or hides: it stands anywhere as it was written."""
    return all(
        character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"} for character in text
    )


def is_review(text: str, today: date) -> bool:
    """Whether this is a day on which two may look at their agreement again, written as in "2026-12-01"."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and abs(day - today) <= FURTHEST_REVIEW


def push_key(secret: bytes, what: str, me: UUID, due_at: datetime | None = None) -> bytes:
    """What makes a push about a pair itself: 24 bytes that tell nothing.

    Of one moment, or (None) of all of its kind for this member of the pair, so that many are shown as one.
    """
    said = f"{what}|{me}|{due_at.isoformat() if due_at else ''}"
    return hmac.digest(secret, said.encode(), sha256)[:24]
