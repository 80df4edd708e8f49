"""Reaching out: who is asked, for how long, and who is left in peace. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

Want = Literal["sit", "listen", "distract"]
"""What somebody reaches out for: that somebody sits with them, listens, or takes their mind off it."""
Minutes = Literal[2, 5, 10, 20, 30]
"""How long each is waited for before the next is asked."""
State = Literal["open", "found", "nobody", "ended"]
PartState = Literal["waiting", "asked", "unreachable"]
Answer = Literal["can", "later", "cant"]
WhyNot = Literal["not-agreed", "resting", "off", "no-device", "asked-enough"]
"""Why somebody is not asked. Nobody is ever told which of them it is."""

FRESH_FOR: Final = timedelta(minutes=10)
"""What somebody wanted longer ago than this reaches nobody by itself any more: they are asked whether they still do."""
REMEMBERED: Final = timedelta(days=1)
"""After this nothing is left of a reach-out, on either side."""
REACH_OUTS_A_DAY: Final = 12
ASKS_A_DAY: Final = 6
"""That reach one person, from all their buddies together."""
ASKS_A_DAY_FROM_ONE: Final = 4

_DAY: Final = timedelta(days=1)
_CLOCKS_AGREE: Final = timedelta(minutes=5)


class Part(Struct, frozen=True):
    """One who is to be asked, in their turn. `asked_at` and `answer`: once they are asked, and have answered."""

    state: PartState
    asked_at: datetime | None = None
    answer: Answer | None = None


class Found(Struct, frozen=True):
    """Somebody can."""


class Waits(Struct, frozen=True):
    """Whoever is asked now has until then to answer."""

    until: datetime


class GoesOn(Struct, frozen=True):
    """The next one is asked, if there is one. `too_late`: nobody is any more, for it should have been long ago."""

    too_late: bool


Step = Found | Waits | GoesOn


class Buddy(Struct, frozen=True):
    """What decides whether somebody is asked. `asked` and `asked_by_me`: how often within the last day."""

    agreed: bool
    resting: bool
    wants_asks: bool
    has_device: bool
    asked: int = 0
    asked_by_me: int = 0


def is_fresh(begun_at: datetime, sent_at: datetime) -> bool:
    """Whether it is still what somebody wants. Both by the clock of one phone, right or wrong."""
    return abs(sent_at - begun_at) <= FRESH_FOR


def on_our_clock(moment: datetime, sent_at: datetime, now: datetime) -> datetime:
    """A moment that a phone named, as the server's clock shows it; `sent_at` is what the phone's showed just now."""
    off_by = sent_at - now
    return moment if abs(off_by) <= _CLOCKS_AGREE else moment - off_by


def next_step(parts: Sequence[Part], minutes: int, begun_at: datetime, now: datetime) -> Step:
    """What follows, with these asked so far."""
    if any(part.answer == "can" for part in parts):
        return Found()
    last: datetime | None = None
    for part in parts:
        if part.asked_at is None:
            continue
        until = part.asked_at + timedelta(minutes=minutes)
        if part.answer is None and now < until:
            return Waits(until)
        last = max(last or until, until)
    return GoesOn(too_late=now > (last or begun_at) + FRESH_FOR)


def why_not(buddy: Buddy) -> WhyNot | None:
    """Why somebody is left in peace; None: they are asked."""
    if not buddy.agreed:
        return "not-agreed"
    if buddy.resting:
        return "resting"
    if not buddy.wants_asks:
        return "off"
    if not buddy.has_device:
        return "no-device"
    if buddy.asked >= ASKS_A_DAY or buddy.asked_by_me >= ASKS_A_DAY_FROM_ONE:
        return "asked-enough"
    return None


def may_answer(before: Answer | None) -> bool:
    """Whether an answer counts: one can be changed, but who said "I can" is relied on."""
    return before != "can"


def a_day_before(now: datetime) -> datetime:
    """What lies after this counts for the limits of a day."""
    return now - _DAY
