"""What the answers of push services mean, how long to wait, and what a subscription's keys look like. Pure."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal
from zoneinfo import available_timezones

from msgspec import Struct

from app.errors import Invalid

KEPT: Final = timedelta(days=30)
"""How long the ledger remembers what became of a push."""

Verdict = Literal["accepted", "gone", "again", "too-large", "refused"]

_AGAIN: Final = frozenset({408, 425, 429})
_GONE: Final = frozenset({404, 410})
_OURS: Final = frozenset({400, 401, 403})
_TOO_LARGE: Final = 413
_SERVERS_FAULT: Final = 500
_SHORTEST: Final = timedelta(seconds=1)
_LONGEST: Final = timedelta(minutes=5)
_DOUBLED_AT_MOST: Final = 10
_POINT_BYTES: Final = 65
_AUTH_BYTES: Final = 16
_UNCOMPRESSED: Final = 4


class Keys(Struct, frozen=True):
    """What encrypts for a device (`p256dh`, `auth`), and the public key of ours (`vapid`) that it subscribed with.

    All base64url without padding.
    """

    p256dh: str
    auth: str
    vapid: str


def verdict(status: int) -> Verdict:
    """What an HTTP status of a push service means for a delivery.

    `refused` is our own fault (the VAPID key, the request) or an answer that no push service gives: the operator has
    to look, and the subscription is kept.
    """
    if 200 <= status < 300:  # noqa: PLR2004 - success, by RFC 9110
        return "accepted"
    if status in _GONE:
        return "gone"
    if status in _AGAIN or status >= _SERVERS_FAULT:
        return "again"
    return "too-large" if status == _TOO_LARGE else "refused"


def is_our_key(status: int) -> bool:
    """Whether a refusal is about who we are: 400, 401, 403."""
    return status in _OURS


def reason_of(status: int) -> str:
    """How the ledger says what a push service answered."""
    return f"answer-{status}"


OUR_KEY_REASONS: Final = tuple(map(reason_of, sorted(_OURS)))
"""How the ledger says that a push service does not accept who we are."""


def is_refusal(reason: str) -> bool:
    """Whether the ledger tells of an answer that the operator has to look into."""
    status = reason.removeprefix("answer-")
    return status.isdecimal() and status != reason and verdict(int(status)) in {"refused", "too-large"}


def wait(retry_after: str | None, attempts: int, chance: float, now: datetime) -> timedelta:
    """How long until a push service is asked again: as it says (seconds or a date), otherwise twice as long each time.

    `attempts`: tries before this one. `chance` in [0, 1) spreads those that failed together. A second at least and ten
    minutes at most, but a push service that asks for more is given more.
    """
    told = _told(retry_after, now)
    if told is not None:
        return max(told, _SHORTEST)
    doubled = _SHORTEST * 2 ** min(attempts, _DOUBLED_AT_MOST)
    return min(doubled, _LONGEST) * (1 + chance)


def _told(retry_after: str | None, now: datetime) -> timedelta | None:
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=min(int(text[:9]), 86_400 * 30))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now


def check_keys(p256dh: str, auth: str) -> None:
    """A subscription's keys are what every browser makes: an uncompressed point of P-256, and 16 bytes.

    Whether the point is on the curve is for the encryption to say. Raises `Invalid` "invalid".
    """
    point, secret = _decoded(p256dh), _decoded(auth)
    if point is None or len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED:
        raise Invalid("invalid", "This is not a key of a push subscription.", field="p256dh")
    if secret is None or len(secret) != _AUTH_BYTES:
        raise Invalid("invalid", "This is not a secret of a push subscription.", field="auth")


def key_of(topic: str) -> bytes:
    """The 24 bytes that a topic writes down. Raises `Invalid` "invalid"."""
    key = _decoded(topic)
    if key is None or len(key) != 24:  # noqa: PLR2004 - 32 characters of base64url
        raise Invalid("invalid", "This is not the key of a push.", field="key")
    return key


def known_zone(zone: str) -> str:
    """The time zone that a phone says it is in, or UTC where its list is newer than ours."""
    return zone if zone in available_timezones() else "UTC"


def _decoded(text: str) -> bytes | None:
    """Base64url without padding, strictly."""
    if not text.isascii() or "=" in text or not all(letter.isalnum() or letter in "-_" for letter in text):
        return None
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
