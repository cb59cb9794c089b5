"""Not sending what a visitor already has: tags and times from the generation of the index.

A page is a function of its address, the generation of the index and when it was built (another index, served here
before, had generations of the same numbers), and this version of the software. So the tag is known before anything is
searched, and an unchanged page costs no search.
"""

import datetime as dt
import hashlib
from functools import lru_cache
from typing import Final

from werkzeug.datastructures import ETags
from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from searchq import __version__
from searchq.coverage.report import Coverage
from searchq.web.assets import FINGERPRINT
from searchq.web.port import Index

__all__ = ["PAGES", "STATIC", "changed", "coverage", "is_current", "known_day", "label", "tag"]

PAGES: Final = "no-cache"  # keep it, but ask each time whether it still holds
STATIC: Final = "public, max-age=31536000, immutable"  # a changed file has another name


def tag(index: Index, address: str) -> str:
    """The weak tag of a page, without quotes."""
    generation = index.generation
    parts = f"{__version__}\n{FINGERPRINT}\n{generation}\n{_built(index, generation)}\n{address}"
    return hashlib.blake2s(parts.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def changed(index: Index) -> dt.datetime:
    """When pages last changed: at the commit."""
    return _built(index, index.generation)


def known_day(index: Index) -> dt.date:
    """The last day that an index knows of."""
    return _known_day(index, index.generation)


def coverage(index: Index) -> Coverage:
    """What an index holds of what there is."""
    return _coverage(index, index.generation)


@lru_cache(maxsize=8)
def _coverage(index: Index, generation: int) -> Coverage:
    """Counted once a generation, as it needs the number of every question."""
    return index.coverage()


@lru_cache(maxsize=8)
def _known_day(index: Index, generation: int) -> dt.date:
    told = index.info().get("known_date")
    return dt.date.fromisoformat(told) if told else dt.date.min


@lru_cache(maxsize=8)
def _built(index: Index, generation: int) -> dt.datetime:
    """When a generation was committed; asked once a generation, as the answer lies in a file."""
    return dt.datetime.fromisoformat(index.info()["built"])


def is_current(request: Request, etag: str, changed: dt.datetime) -> bool:
    """Whether the visitor's copy still holds; a tag, where sent, counts more than a time (RFC 9110, 13.2.2)."""
    tags: ETags = request.if_none_match
    if request.headers.get("If-None-Match") is not None:
        return tags.contains_weak(etag)
    since = request.if_modified_since
    return since is not None and changed.replace(microsecond=0) <= since


def label(response: Response, etag: str, changed: dt.datetime) -> None:
    """Puts tag, time and rules of caching on a response."""
    response.set_etag(etag, weak=True)
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = PAGES
