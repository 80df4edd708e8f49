"""Which preferences there are, and what they may be. Pure."""

from __future__ import annotations

import re
from uuid import UUID, uuid5

from app.errors import Refused

_IDS = UUID("6f9619ff-8b86-5d11-b42d-00c04fc964ff")

ALLOWED: dict[str, re.Pattern[str]] = {
    "region": re.compile(r"[A-Z]{2}"),  # ISO 3166-1 alpha-2: whose helplines come first
    "language": re.compile(r"en|de"),
    "theme": re.compile(r"system|light|dark"),
}


def check(key: str, value: str) -> None:
    """A preference is one of those we know, with a value that it can have.

    Raises:
        Refused: `invalid`.
    """
    allowed = ALLOWED.get(key)
    if allowed is None or not allowed.fullmatch(value):
        raise Refused("invalid")


def row_id(key: str) -> UUID:
    """The id of a preference's row: the same on every phone, so that two phones offline write the same row."""
    return uuid5(_IDS, key)
