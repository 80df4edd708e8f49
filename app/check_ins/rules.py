"""What a check-in may be, beside what every moment may. Pure: no database, no clock."""

from __future__ import annotations

from app.errors import Refused
from app.moments import check_text

LOW_ENERGY, HIGH_ENERGY = 1, 3
LONGEST_NOTE = 4000


def check_energy(energy: int | None) -> None:
    """Energy is skipped, or 1 low, 2 steady, 3 high.

    Raises:
        Refused: `energy-out-of-range`.
    """
    if energy is not None and not LOW_ENERGY <= energy <= HIGH_ENERGY:
        raise Refused("energy-out-of-range")


def check_note(note: str | None) -> None:
    """A note has at most 4,000 code points.

    Raises:
        Refused: `note-too-long`; `invalid` for the NUL that no text may hold.
    """
    if note is None:
        return
    if len(note) > LONGEST_NOTE:
        raise Refused("note-too-long")
    check_text(note)
