"""What a helpline is, and what must be true of each one before anybody is shown it.

Nobody here rang a number. A line says where its number was seen (`source`, `source_says`), whether it was seen at
all (`confirmed`), what is known to be shaky about it (`doubts`), and when a steward of this instance checked it
(`verified`, null until one did). The phone shows all four.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import msgspec

Confirmed = Literal["read", "memory"]
"""`read`: the number was seen at the source. `memory`: general knowledge, the source is only the service's site."""

Cost = Literal["free", "standard", "unknown"]

Doubt = Literal["hours", "keyword", "number", "reach"]
"""What may have changed or rests on one weak source: opening hours, the word to text, the number itself; or
`reach`: it was reported that calls often went unanswered."""

_DIALLED = re.compile(r"\+?[0-9]+( [0-9]+)*")
_BY_HAND = re.compile(r"[*#0-9]*[*#][*#0-9]*")
_REGION = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIME = r"(?:[01][0-9]|2[0-4]):[0-5][0-9]"
_OPENING = re.compile(rf"{_DAY}(-{_DAY})? {_TIME}-{_TIME}")


class BrokenDataError(Exception):
    """The shipped helplines break a rule. Raised at start, so that a wrong number never reaches a phone."""


class Sms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to send a text, as dialled inside the country, and the word to send where one is known."""

    to: str
    text: str | None


class Helpline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="camel"):
    """One line. Numbers are written as dialled inside the country: digits, spaces, a leading `+`."""

    name: str
    phone: str | None
    sms: Sms | None
    hours: str
    """`24/7`, `unknown`, or times like `Mo-Fr 09:00-17:00, Sa 10:00-24:00` on the clock of the country."""
    languages: tuple[str, ...]
    for_whom: str
    cost: Cost
    url: str
    source: str
    source_says: str
    confirmed: Confirmed
    verified: date | None
    """The day on which a steward of this instance checked it; null until one did."""
    dial_by_hand: str | None = None
    """A number with `*` or `#`: a link cannot dial it, a hand can."""
    then_dial: str | None = None
    """What to press after the call is answered (an extension or a menu choice)."""
    doubts: tuple[Doubt, ...] = ()


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of one country, by its ISO 3166-1 alpha-2 code. The first emergency number is the general one."""

    region: str
    emergency: tuple[str, ...]
    lines: tuple[Helpline, ...]


class Helplines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All regions, ordered by code."""

    regions: tuple[Region, ...]


def parse(raw: bytes) -> Helplines:
    """Read the data strictly. An unknown field, a wrong type or a broken rule raises `BrokenDataError` and is named."""
    try:
        helplines = msgspec.json.decode(raw, type=Helplines)
    except msgspec.MsgspecError as error:
        raise BrokenDataError(str(error)) from error
    codes = [region.region for region in helplines.regions]
    if codes != sorted(set(codes)):
        raise BrokenDataError("the regions are not in order, or one of them is there twice")
    for region in helplines.regions:
        _check_region(region)
    return helplines


def _check_region(region: Region) -> None:
    _must(_REGION.fullmatch(region.region), region.region, "the region is not a two-letter code")
    _must(region.emergency, region.region, "there is no emergency number")
    _must(region.lines, region.region, "there is no line")
    for number in region.emergency:
        _must(_DIALLED.fullmatch(number), region.region, "an emergency number is not digits")
    names = [line.name for line in region.lines]
    _must(len(names) == len(set(names)), region.region, "two lines have the same name")
    for line in region.lines:
        _check_line(line, f"{region.region} {line.name}")


def _check_line(line: Helpline, where: str) -> None:
    _must(line.name.strip(), where, "the name is empty")
    _must(line.phone or line.sms or line.dial_by_hand, where, "there is no way to reach it")
    for number in (line.phone, line.sms and line.sms.to):
        _must(number is None or _DIALLED.fullmatch(number), where, "a number is not digits")
    _must(line.sms is None or line.sms.text != "", where, "the word to text is empty; it is null where none is known")
    _must(line.dial_by_hand is None or _BY_HAND.fullmatch(line.dial_by_hand), where, "dialByHand is not a * or # code")
    _must(line.then_dial is None or (line.phone and line.then_dial.isdecimal()), where, "thenDial needs a call before")
    _must(are_hours(line.hours), where, "the hours cannot be read")
    _must(line.languages, where, "no language is named")
    _must(all(map(_LANGUAGE.fullmatch, line.languages)), where, "a language is not a two-letter code")
    _must(line.for_whom.strip(), where, "it is not said for whom it is")
    _must(_ADDRESS.fullmatch(line.url), where, "the address of the service is missing")
    _must(_ADDRESS.fullmatch(line.source), where, "the source is missing")
    _must(line.confirmed == "memory" or line.source_says, where, "confirmed by reading, but not what was read")


def are_hours(hours: str) -> bool:
    """Whether a phone can put these opening hours into words."""
    return hours in {"24/7", "unknown"} or all(map(_OPENING.fullmatch, hours.split(", ")))


def _must(true: object, where: str, otherwise: str) -> None:
    if not true:
        raise BrokenDataError(f"{where}: {otherwise}")
