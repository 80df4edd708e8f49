"""Four lifelike months of a member's check-ins, made up by rule. Pure: the same seed tells the same story."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.demo.words import CONTEXTS, FEELINGS, NOTES

STORMY, RAINY, CLOUDY, FAIR, CLEAR = range(1, 6)
DAYS = 122


@dataclass(frozen=True, slots=True)
class Person:
    """Who the story is about: how often they check in, and what moves their weather."""

    name: str
    zone: str
    shows_up: float
    """Chance of a check-in on a day."""
    more_than_once: float
    """Chance of another one on the same day."""
    writes: float
    """Chance of a note."""
    outlook: float
    """The weather that they come back to, 1 to 5."""


@dataclass(frozen=True, slots=True)
class Told:
    """One check-in of the story."""

    mood: int
    energy: int | None
    feelings: tuple[str, ...]
    contexts: tuple[str, ...]
    note: str | None
    happened_at: datetime


ADA = Person("ada", "Europe/Dublin", shows_up=0.82, more_than_once=0.3, writes=0.35, outlook=3.2)
BEN = Person("ben", "Europe/Berlin", shows_up=0.6, more_than_once=0.15, writes=0.2, outlook=3.5)


def months_of(person: Person, until: datetime, seed: str) -> Iterator[Told]:
    """The person's last 122 days, oldest first, none of it after `until`.

    Moods drift from day to day: a hard fortnight in the middle, better weekends, worse days after bad nights.
    """
    chance = random.Random(f"{seed}:{person.name}")  # noqa: S311 - a story, not a secret
    zone = ZoneInfo(person.zone)
    today = until.astimezone(zone).date()
    drift = 0.0
    for age in range(DAYS - 1, -1, -1):
        day = today - timedelta(days=age)
        drift = 0.7 * drift + chance.gauss(0, 0.55)
        if chance.random() > person.shows_up:
            continue
        for at in _times(chance, person):
            happened_at = datetime.combine(day, at, zone)
            told = _tell(chance, person, happened_at, person.outlook + drift + _season(age, day))
            if happened_at <= until:
                yield told


def _times(chance: random.Random, person: Person) -> Sequence[time]:
    hours = [chance.choice((7, 8, 9, 12, 18, 20, 21, 22))]
    while chance.random() < person.more_than_once and len(hours) < 4:  # noqa: PLR2004 - four a day is plenty
        hours.append(chance.choice((2, 7, 13, 16, 19, 23)))
    return sorted(time(hour, chance.randrange(60)) for hour in set(hours))


def _season(age: int, day: date) -> float:
    hard_fortnight = -1.3 if 52 <= age <= 66 else 0.0  # noqa: PLR2004 - days ago
    weekend = 0.4 if day.isoweekday() >= 6 else 0.0  # noqa: PLR2004 - Saturday
    return hard_fortnight + weekend


def _tell(chance: random.Random, person: Person, happened_at: datetime, weather: float) -> Told:
    bad_night = chance.random() < 0.25  # noqa: PLR2004
    if happened_at.hour < 5:  # noqa: PLR2004 - awake at night
        bad_night, weather = True, weather - 0.8
    mood = min(CLEAR, max(STORMY, round(weather - (0.7 if bad_night else 0) + chance.gauss(0, 0.5))))
    around = ["sleep"] if bad_night else []
    around += chance.sample(CONTEXTS[mood], k=chance.choice((0, 1, 1, 2)))
    energy = None if chance.random() < 0.4 else min(3, max(1, round(mood / 2 + chance.gauss(0, 0.5))))  # noqa: PLR2004
    note = chance.choice(NOTES[mood]) if chance.random() < person.writes else None
    return Told(
        mood=mood,
        energy=energy,
        feelings=tuple(chance.sample(FEELINGS[mood], k=chance.choice((0, 1, 1, 2, 3)))),
        contexts=tuple(dict.fromkeys(around)),
        note=note,
        happened_at=happened_at,
    )
