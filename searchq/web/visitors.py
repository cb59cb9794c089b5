"""Who asks, as far as fairness needs: an address, or the network that one household has."""

import ipaddress
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

__all__ = ["is_this_machine", "visitor_behind", "visitor_of"]

_HOUSEHOLD: Final = 64  # bits of an IPv6 address: one visitor may use every address below them


def visitor_of(address: str) -> str:
    """The visitor at an address."""
    return _visitor(address)


def visitor_behind(headers: Mapping[str, str], proxies: int, address: str, name: str = "X_FORWARDED_FOR") -> str:
    """The visitor that the outermost of so many trusted proxies saw; without proxies, the one at the address."""
    seen = [one.strip() for one in headers.get(name, "").split(",") if one.strip()]
    return _visitor(seen[-proxies] if 0 < proxies <= len(seen) else address)


def is_this_machine(visitor: str) -> bool:
    """Whether a visitor stands for any number: this machine may be a proxy that nobody has told of, or a socket."""
    return visitor in ("", "127.0.0.1", "::1", "localhost")


@lru_cache(maxsize=4096)
def _visitor(address: str) -> str:
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return "::1" if known.is_loopback else str(ipaddress.ip_network((known, _HOUSEHOLD), strict=False))
