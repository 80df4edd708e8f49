"""Which form of a file a browser wants: RFC 9110, sections 12.5.3 (Accept-Encoding) and 13.1.2 (If-None-Match)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_SMALLEST_FIRST: Final = ("br", "gzip")


def best_encoding(accept_encoding: bytes | None, available: Collection[str]) -> str:
    """Pick the smallest form that the browser takes; `identity` when it names none of ours.

    A weight only says yes or no here: a browser that prefers gzip to brotli does not exist.
    """
    if accept_encoding is None:
        return "identity"
    weights = dict(_weighted(part) for part in accept_encoding.decode("latin-1").lower().split(","))
    for encoding in _SMALLEST_FIRST:
        if encoding in available and weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return "identity"


def _weighted(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


def names_etag(if_none_match: bytes | None, etag: bytes) -> bool:
    """Whether the browser has this very form already; compared weakly, since proxies weaken ETags."""
    if if_none_match is None:
        return False
    named = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
    return etag in named or b"*" in named
