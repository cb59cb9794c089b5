"""What every response says to a browser about trust, and which hosts may be asked for.

The policy starts from nothing: no script, style, picture or connection but this site's own files; no inline code; no
framing; no form that leaves. Pages therefore hold no `style` attribute and no `<script>` text at all.
"""

import re
from collections.abc import Collection
from typing import Final

from werkzeug.datastructures import Headers

__all__ = ["HEADERS", "guard", "host_allowed"]

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # the words of a search stay here when a visitor follows a link out
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def guard(headers: Headers) -> None:
    """Adds the headers every response carries."""
    for name, value in HEADERS.items():
        headers[name] = value


def host_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether a Host header names one of the allowed hosts, whatever its port; with none listed, any name will do."""
    if not _HOST.fullmatch(host):
        return False
    if not allowed:
        return True
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.strip("[]").casefold() in allowed
