"""The helplines that this instance shows."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from app.safety.rules import Helplines, parse

_DATA = "data/helplines.json"


@cache
def _shipped() -> tuple[Helplines, str]:
    raw = files("app.safety").joinpath(_DATA).read_bytes()
    return parse(raw), f'"{sha256(raw).hexdigest()}"'


def helplines() -> Helplines:
    """Everybody can read whom to call, everywhere. Raises `BrokenDataError` if what was shipped breaks a rule."""
    return _shipped()[0]


def edition() -> str:
    """The strong ETag of `helplines()`: the SHA-256 of the data file.

    The phone's app carries the same file, so it can name its own edition and is sent nothing it has already.
    """
    return _shipped()[1]
