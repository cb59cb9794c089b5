"""Security headers of every response, and the check of the Host header.

The policy allows scripts, styles, images and connections from this site only; no inline code, no framing, no forms to
other sites. So pages contain no `style` attribute and no inline `<script>`.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

__all__ = ["HEADERS", "guard", "host_allowed", "host_of", "is_same_origin"]

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # keeps search words from other sites
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def guard(headers: Headers) -> None:
    """Add the security headers."""
    for name, value in HEADERS.items():
        headers[name] = value


def host_of(environ: Mapping[str, str]) -> str:
    """The host a request names, as sent, or else the server's own name.

    werkzeug refuses names with an underscore, which machines of an intranet may have.
    """
    return environ.get("HTTP_HOST", f"{environ.get('SERVER_NAME', '')}:{environ.get('SERVER_PORT', '80')}")


def host_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether a Host header names an allowed host, ignoring the port; an empty list allows any."""
    if not _HOST.fullmatch(host):
        return False
    if not allowed:
        return True
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.strip("[]").casefold() in allowed


def is_same_origin(headers: Headers, own: Collection[str]) -> bool:
    """Whether a form was sent from a page of one of our own origins, as its browser says; every browser does."""
    sender = headers.get("Origin") or headers.get("Referer", "")
    parts = urlsplit(sender)
    return f"{parts.scheme}://{parts.netloc}" in own
