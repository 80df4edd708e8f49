"""From which address a request comes, as far as that can be believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

from app.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What one household or phone is given (RFC 6177): its addresses count as one.
_IPV6_ONE_PLACE = 64


def client_address(peer: str, forwarded_for: Iterable[str], trusted: Sequence[Network]) -> str:
    """The address that tries are counted for; "" when there is none (a socket file).

    `peer` is the other end of the connection, `forwarded_for` the X-Forwarded-For headers in their order. Each trusted
    proxy wrote the address that it saw at the end; what stands before the first one that is not trusted, anybody could
    have written. An IPv6 address counts as its /64.
    """
    believed = _read(peer)
    hops = [hop for header in forwarded_for for hop in header.split(",")]
    while believed is not None and hops and any(believed in network for network in trusted):
        before = _read(hops.pop())
        if before is None:
            break
        believed = before
    if isinstance(believed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((believed, _IPV6_ONE_PLACE), strict=False))
    return str(believed or "")


def _read(text: str) -> Address | None:
    text = text.strip()
    if text.startswith("["):  # [2001:db8::1]:4711
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:4711
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
