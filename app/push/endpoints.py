"""Where pushes may go. A subscription's endpoint is an address that a stranger chose for us to call. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

from app.errors import Invalid

DEFAULT_HOSTS: Final = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)

_LONGEST: Final = 2048
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_PATTERN: Final = re.compile(rf"(?:\*\.)?{_HOST.pattern}")
_LOOPBACK: Final = re.compile(r"http://127\.0\.0\.1:([1-9][0-9]{0,4})")
# No userinfo, no port, no address in brackets, nothing that one parser reads otherwise than the next.
_ENDPOINT: Final = re.compile(
    r"(?P<origin>https://(?P<host>[a-z0-9.-]+)|http://127\.0\.0\.1:[1-9][0-9]{0,4})"
    r"(?P<path>/[A-Za-z0-9/._~!$&'()*+,;=:@%-]*)(?:\?[A-Za-z0-9/._~!$&'()*+,;=:@%?-]*)?"
)
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
# In there, but for protocols (Teredo among them), or an IPv4 address in disguise (6to4).
_NOT_HOSTS: Final = tuple(map(ipaddress.ip_network, ("2001::/23", "2002::/16", "192.0.0.0/24", "192.88.99.0/24")))


def read_hosts(text: str) -> tuple[str, ...]:
    """Read LEEWARD_PUSH_HOSTS: names with commas between, `*.` before one for everything beneath it.

    `http://127.0.0.1:PORT` stands for a push service of one's own on this machine, for tests. Raises ValueError.
    """
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    for host in hosts:
        if not (_PATTERN.fullmatch(host) or _LOOPBACK.fullmatch(host)):
            raise ValueError(f"has to be names of push services with commas between, like {DEFAULT_HOSTS[1]}")
    if not hosts:
        raise ValueError("has to name a push service")
    return hosts


def origin_of(endpoint: str, hosts: Sequence[str]) -> str:
    """Where a push to this endpoint goes: `https://host`, of a push service that is allowed.

    Raises `Invalid` "endpoint-not-allowed".
    """
    read = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= _LONGEST else None
    if read is None or _ESCAPE.search(endpoint) or _wanders(read["path"]):
        raise _not_allowed()
    origin, host = read["origin"], read["host"]
    if host is None:
        if origin not in hosts:
            raise _not_allowed()
    elif not _HOST.fullmatch(host) or not any(_matches(host, pattern) for pattern in hosts):
        raise _not_allowed()
    return origin


def allowed_as(origin: str, hosts: Sequence[str]) -> str | None:
    """The name in `hosts` that allows a push service, of which no subscriber has chosen a letter; None: it is not."""
    host = origin.partition("//")[2]
    return next((name.removeprefix("http://") for name in hosts if origin == name or _matches(host, name)), None)


def may_be_called(address: str, port: int, hosts: Sequence[str]) -> bool:
    """Whether a connection may be made to this address: it is everybody's, or the test's own, by number and port."""
    if f"http://{address}:{port}" in hosts:
        return True
    if port != 443:  # noqa: PLR2004 - https
        return False
    try:
        return _is_public(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST:
            return False
    if any(address in network for network in _NOT_HOSTS):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _matches(host: str, pattern: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _wanders(path: str) -> bool:
    """Whether a path has parts that lead elsewhere on some servers: empty ones, dots, escaped slashes."""
    if "%" not in path and "//" not in path and "/." not in path:
        return False
    parts = path.split("/")[1:]
    if any(part == "" for part in parts[:-1]):
        return True
    plain = [unquote(part) for part in parts]
    # Escaped twice, it may be read twice.
    return any(part in {".", ".."} or set(part) & {"/", "\\", "%"} or not part.isprintable() for part in plain)


def _not_allowed() -> Invalid:
    return Invalid(
        "endpoint-not-allowed",
        "This browser's push service is not one that this server talks to.",
        field="endpoint",
    )
