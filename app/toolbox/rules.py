"""What a strategy and a practice of it may be. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from app.errors import Refused
from app.moments import check_mood, check_text

StrategyKind = Literal["breathe", "ground", "move", "reach-out", "make", "rest", "think-through", "other"]

LONGEST_TITLE: Final = 80
LONGEST_STEP: Final = 500
MOST_STEPS: Final = 30
LONGEST_STEP_SECONDS: Final = 3600
LONGEST_MINUTES: Final = 240
LONGEST_SOURCE: Final = 200
LONGEST_NAME: Final = 64
MOST_STRATEGIES: Final = 500


def check_title(title: str) -> None:
    """A title has 1 to 80 code points.

    Raises:
        Refused: `title-missing`, `title-too-long`, `invalid`.
    """
    if not title.strip():
        raise Refused("title-missing")
    if len(title) > LONGEST_TITLE:
        raise Refused("title-too-long")
    check_text(title)


def check_steps(texts: Sequence[str], seconds: Sequence[int | None]) -> None:
    """At most 30 steps, each 1 to 500 code points and, where it has a timer, 1 to 3,600 seconds.

    Raises:
        Refused: `too-many-steps`, `step-too-long`, `invalid`.
    """
    if len(texts) > MOST_STEPS:
        raise Refused("too-many-steps")
    for text in texts:
        if len(text) > LONGEST_STEP:
            raise Refused("step-too-long")
        if not text.strip():
            raise Refused("invalid")
        check_text(text)
    if any(one is not None and not 1 <= one <= LONGEST_STEP_SECONDS for one in seconds):
        raise Refused("invalid")


def check_minutes(minutes: int | None) -> None:
    """How long it takes is left open, or 1 to 240 minutes.

    Raises:
        Refused: `minutes-out-of-range`.
    """
    if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused("minutes-out-of-range")


def check_moods(moods: Sequence[int]) -> None:
    """Inner weathers, 1 stormy to 5 clear, each once.

    Raises:
        Refused: `mood-out-of-range`, `invalid`.
    """
    for mood in moods:
        check_mood(mood)
    if len(set(moods)) != len(moods):
        raise Refused("invalid")


def check_source(source: str | None) -> None:
    """Where it came from: nowhere, or up to 200 code points.

    Raises:
        Refused: `invalid`.
    """
    if source is not None and not 1 <= len(source) <= LONGEST_SOURCE:
        raise Refused("invalid")
    check_text(source or "")


def check_exercise(exercise: str | None) -> None:
    """The name of a built-in exercise, which phones know: up to 64 code points.

    Raises:
        Refused: `invalid`.
    """
    if exercise is not None and not 1 <= len(exercise) <= LONGEST_NAME:
        raise Refused("invalid")
    check_text(exercise or "")
