"""What a name, a password, a recovery code and a device's label may be. Pure: the tests of it are tables."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

from app.accounts.common_passwords import is_common
from app.errors import Conflict, Invalid

CONSENT_VERSION = "2026-11"
"""The wording of "what the server stores and who can read it" that a yes stands for."""

NAME_SHORTEST, NAME_LONGEST = 2, 40
PASSWORD_SHORTEST, PASSWORD_LONGEST = 8, 256
LABEL_LONGEST = 60
CODES = 10
CODE_BITS = 140
CODE_LENGTH, CODE_GROUP = 28, 4
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# Keyboards add these to emoji and letters by themselves, one phone so and another phone not:
# variation selectors and the joiners.
_ADDED_BY_KEYBOARDS = dict.fromkeys([*range(0xFE00, 0xFE10), 0x200C, 0x200D])
# Default_Ignorable_Code_Point without those whose category says it already (Unicode 15.1, DerivedCoreProperties.txt),
# and the empty braille pattern.
_INVISIBLE = frozenset(
    map(chr, [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0])
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))


def clean_name(name: str) -> str:
    """The name as it is kept: composed, trimmed, without what keyboards add by themselves.

    2 to 40 code points, beginning with something that stands by itself, nothing that cannot be seen but single
    spaces. Raises `Invalid` "name-invalid".
    """
    seen = unicodedata.normalize("NFKC", name.translate(_ADDED_BY_KEYBOARDS))
    seen = " ".join(part for part in seen.split(" ") if part)
    if not NAME_SHORTEST <= len(seen) <= NAME_LONGEST:
        raise Invalid("name-invalid", "A name has 2 to 40 characters.", field="name")
    if any(_cannot_be_seen(character) for character in seen) or unicodedata.category(seen[0]).startswith("M"):
        raise Invalid("name-invalid", "A name is made of characters that can be seen, and spaces.", field="name")
    return seen


def _cannot_be_seen(character: str) -> bool:
    category = unicodedata.category(character)
    return character != " " and (category[0] in "CZ" or character in _INVISIBLE)


def name_key(name: str) -> str | None:
    """What two names are the same by: "Ada", "ADA" and "ａｄａ" are one. None: nobody can be called that."""
    try:
        key = clean_name(name)
    except Invalid:
        return None
    while (folded := unicodedata.normalize("NFKC", key.casefold())) != key:
        key = folded
    return key


def name_mark(key: str) -> bytes:
    """A name as the limits on tries know it, until the database mixes its secret in."""
    return sha256(b"name\0" + key.encode()).digest()


def clean_password(password: str) -> str:
    """The password as it is hashed, the same from every keyboard (RFC 8265, OpaqueString: one space, composed)."""
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in password)
    return unicodedata.normalize("NFC", spaced)


def new_password(password: str, name: str, *, field: str = "password") -> str:
    """A password that may be chosen, cleaned.

    Raises `Invalid` "password-too-short" (under 8 code points), "password-too-long" (over 256) or
    "password-too-common" (on the shipped list, one of its variations, or the member's own name).
    """
    cleaned = clean_password(password)
    if len(cleaned) < PASSWORD_SHORTEST:
        raise Invalid("password-too-short", "A password has 8 characters or more.", field=field)
    if len(cleaned) > PASSWORD_LONGEST:
        raise Invalid("password-too-long", "A password has at most 256 characters.", field=field)
    if is_common(cleaned, also=name_key(name) or ""):
        raise Invalid(
            "password-too-common",
            "Many people use this password, so it is guessed first. Three or four words of your own are better.",
            field=field,
        )
    return cleaned


def require_adult(*, adult: bool) -> None:
    """Leeward is for adults: people share hard things here, with no professional looking on."""
    if not adult:
        raise Invalid("adults-only", "Leeward is for people of 18 years or older.", field="adult")


def require_consent(version: str) -> None:
    """A yes counts for the wording in force, and for no other."""
    if version != CONSENT_VERSION:
        raise Conflict(
            "consent-outdated", "The wording has changed. Update the app and read it again.", field="consent"
        )


def write_recovery_code(number: int) -> str:
    """140 random bits as people write them down: seven groups of four, in Crockford's base 32 (no I, L, O, U)."""
    digits = "".join(CODE_ALPHABET[number >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return "-".join(digits[place : place + CODE_GROUP] for place in range(0, CODE_LENGTH, CODE_GROUP))


def read_recovery_code(typed: str) -> str:
    """What was meant: capitals, dashes and spaces do not matter, O is 0, I and L are 1. It may still be wrong."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(str.maketrans("OIL", "011"))
    return "".join(character for character in text if character in CODE_ALPHABET)


def recovery_code_hash(typed: str) -> bytes:
    """How a code is kept and looked for. With 140 random bits a plain SHA-256 leaves nothing to guess."""
    return sha256(b"recovery code\0" + read_recovery_code(typed).encode()).digest()


def device_label(said: str) -> str:
    """A device's name in the member's own list, from what the phone says of itself: "Pixel 9". May be empty."""
    seen = "".join(" " if _cannot_be_seen(character) else character for character in unicodedata.normalize("NFC", said))
    return " ".join(seen.split())[:LABEL_LONGEST].rstrip()
