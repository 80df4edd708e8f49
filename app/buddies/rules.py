"""What holds for invitations and pairs."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

MOST_BUDDIES: Final = 8
MOST_INVITATIONS: Final = 10
"""Open at once."""

INVITATION_LASTS: Final = timedelta(days=7)
ENDED_ARE_REMEMBERED: Final = timedelta(days=30)
"""After its end, an invitation that is opened once more says what became of it."""

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
