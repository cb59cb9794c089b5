"""A subscription: a search or a question that is watched, and where its news goes."""

import re
from typing import Final, Literal

from msgspec import Struct

from searchq.errors import AlertError
from searchq.first_seen import EventKind
from searchq.limits import MAX_MAIL_ADDRESS
from searchq.query.facet_table import Language
from searchq.query.request import Request

__all__ = ["KINDS", "Channel", "State", "Subscription", "mail_address", "search_of"]

Channel = Literal["mail", "file", "command"]
State = Literal["waiting", "active", "paused"]  # for its confirmation; for news; after refusals

KINDS: Final[tuple[EventKind, ...]] = ("new", "answered")

_ADDRESS: Final = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.ASCII
)


class Subscription(Struct, frozen=True, kw_only=True):
    """Whom to tell of what: of the questions of a search, or of one number."""

    id: int = 0  # never given out again
    channel: Channel
    target: str  # a mail address, a file, a command
    search: Request | None = None
    number: str | None = None
    kinds: tuple[EventKind, ...] = KINDS
    language: Language = "nl"
    state: State = "active"
    origin: str = ""  # of the index that was looked at
    cursor: int = 0  # the last of its generations that was
    created: str = ""  # ISO 8601 in UTC
    refusals: int = 0  # in a row
    reason: str | None = None  # of the last refusal

    def is_like(self, other: "Subscription") -> bool:
        """Whether both tell the same receiver of the same."""
        return all(getattr(self, name) == getattr(other, name) for name in _WHAT)


_WHAT: Final = ("channel", "target", "search", "number", "kinds", "language")


def search_of(request: Request) -> Request:
    """What of a request is a search: not its page, its order, or its day, which is that of each run."""
    return Request(
        text=request.text,
        selections=request.selections,
        asked=request.asked,
        answered=request.answered,
        waited=request.waited,
        translate=request.translate,
    )


def mail_address(text: str) -> str:
    """The address, its host in small ASCII letters. Raises AlertError if it is none."""
    local, _, host = text.strip().rpartition("@")
    try:
        address = f"{local}@{host.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        address = ""
    if len(address) > MAX_MAIL_ADDRESS or not _ADDRESS.fullmatch(address):
        raise AlertError(f"“{' '.join(text.split())[:60]}” is no mail address; write it as name@host.example.")
    return address
