"""One request and the answer to it, as they crossed the wire."""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from searchq.documents.content_encoding import decode_body
from searchq.limits import MAX_DOCUMENT_BYTES

__all__ = ["Exchange", "Headers", "host_of"]

Headers = Sequence[tuple[str, str]]

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Exchange(Struct, frozen=True):
    """A request (GET) and the whole answer; `body` is as it was sent, perhaps compressed."""

    address: str
    at: dt.datetime
    request: Headers
    status: int
    reason: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def target(self) -> str | None:
        """Where a redirect leads; None when this is none, or leads to no site."""
        location = self.header("location") if self.status in _REDIRECTS else None
        try:
            target = urljoin(self.address, location or "")
            return target if location and urlsplit(target).netloc else None
        except ValueError:  # no address at all
            return None

    @property
    def outcome(self) -> str:
        """What an answer that is not what was asked for says, as a clause."""
        location = self.header("location")
        if self.status in _REDIRECTS and location:
            return f"it redirects to {self.target or location}"
        return f"the site answered with status {self.status}"

    def content(self) -> bytes:
        """The body without its compression, at most one byte beyond MAX_DOCUMENT_BYTES. Raises DocumentError."""
        return decode_body(self.body, self.header("content-encoding") or "", MAX_DOCUMENT_BYTES)


def host_of(address: str) -> str:
    """The host and port of an address."""
    return urlsplit(address).netloc.lower()
