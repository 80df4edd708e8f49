"""What a browser is told about this site, and which requests are turned away before anything looks at them."""

from __future__ import annotations

from typing import Final

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types svelte-trusted-html leeward-worker",
)
CONTENT_SECURITY_POLICY: Final = "; ".join(_POLICY)

# What Leeward does not use now, no script on its pages can ask a person for.
_NOT_USED: Final = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
LARGEST_BODY: Final = 1024 * 1024
"""Bytes that a request may bring, where its route does not say less: for Litestar(request_max_body_size=…)."""

_TWO_YEARS: Final = 63_072_000
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def security_headers(*, secure: bool) -> list[tuple[bytes, bytes]]:
    """Headers that every answer carries; `secure` when people come by https."""
    headers = [
        (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", ", ".join(f"{feature}=()" for feature in _NOT_USED).encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if secure:
        headers.append((b"strict-transport-security", f"max-age={_TWO_YEARS}".encode()))
    return headers


def is_json(content_type: bytes | None) -> bool:
    """Whether a body says of itself that it is JSON: a form on another site's page cannot say so."""
    return (content_type or b"").partition(b";")[0].strip().lower() == b"application/json"


def may_write(method: str, *, own_origin: bytes, origin: bytes | None, fetch_site: bytes | None) -> bool:
    """Whether a request may change something: only Leeward's own pages may, not another site in the same browser.

    Every browser that can run Leeward says where a write comes from, in both headers. What says neither is no
    browser, and carries no cookie that somebody else put there.
    """
    if method in _READING:
        return True
    return fetch_site in {None, b"same-origin", b"none"} and origin in {None, own_origin}
