"""What a report may be, and what may come of it. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal, get_args
from uuid import UUID

from app.errors import Refused

Category = Literal["worried", "harassing", "sexual", "threat", "hateful", "scam", "minor", "other"]
"""`worried`: about the person, who may need help. All others say that they break the rules."""
Outcome = Literal["no-rule-broken", "spoken-with", "acted", "passed-on", "cannot-help"]
Ending = Literal["no", "end", "block"]

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

LONGEST_TEXT: Final = 2000  # code points
LONGEST_ANSWER: Final = 1000  # code points
MOST_ROWS: Final = 50
MOST_A_DAY: Final = 10
CLOSED_ARE_KEPT: Final = timedelta(days=90)
"""What was copied for a report, and what was written in it, after it was closed."""
ASK_AGAIN: Final = timedelta(days=1)
"""The log says once a day that reports wait."""
OVERDUE: Final = timedelta(days=3)
"""From then on a report that waits is something wrong with the installation."""


def check_text(text: str) -> None:
    """What somebody writes in a report has at most 2,000 code points.

    Raises:
        Refused: `text-too-long`; `invalid` for what no text may hold.
    """
    if len(text) > LONGEST_TEXT:
        raise Refused("text-too-long")
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Refused("invalid")


def check_rows(rows: Sequence[UUID]) -> None:
    """At most 50 rows, each once. Raises Refused `invalid`."""
    if len(rows) > MOST_ROWS or len(set(rows)) != len(rows):
        raise Refused("invalid")


def plain(text: str) -> str:
    """The same for a terminal: nothing in it can move the cursor, hide a word or pretend to be another line."""
    return "".join(
        character if character == "\n" or (character.isprintable()) else f"\\u{{{ord(character):x}}}"
        for character in text
    )
