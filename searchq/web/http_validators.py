"""HTTP validators: ETag and Last-Modified from the generation of the index.

A page depends on its URL, the index generation, its build time and its content (another index served here before may
have the same generation numbers), the software version and, for a search, the day. So the ETag is known before the
search, and an unchanged page costs none. Whoever sends an ETag of ours has seen the page; `*` and a date prove
nothing, so the page is made first, and may turn out not to exist. A date must be the one sent: clocks are set back.
"""

import datetime as dt
import hashlib
from functools import lru_cache
from typing import Final

from werkzeug.datastructures import ETags
from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from searchq import __version__
from searchq.api import Index
from searchq.coverage.report import Coverage
from searchq.web.assets import FINGERPRINT

__all__ = ["PAGES", "STATIC", "changed", "coverage", "is_current", "is_existing_current", "known_day", "label", "tag"]

PAGES: Final = "no-cache"  # cache it, but revalidate each time
STATIC: Final = "public, max-age=31536000, immutable"  # a changed file has a new name


def tag(index: Index, generation: int, address: str) -> str:
    """The weak ETag of a page, without quotes."""
    told = (__version__, FINGERPRINT, generation, _built(index, generation), _content(index, generation), address)
    parts = "\n".join(map(str, told))
    return hashlib.blake2s(parts.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def changed(index: Index, generation: int, day: dt.date | None = None) -> dt.datetime:
    """When a page last changed: at the last commit, or at the beginning of the day where that matters."""
    built = _built(index, generation)
    return built if day is None else max(built, dt.datetime.combine(day, dt.time()).astimezone(dt.UTC))


@lru_cache(maxsize=8)
def coverage(index: Index, generation: int) -> Coverage:
    """What an index holds of what there is; counted once a generation, as it needs the number of every question."""
    return index.coverage()


@lru_cache(maxsize=8)
def known_day(index: Index, generation: int) -> dt.date:
    """The last day the index knows."""
    told = index.info().get("known_date")
    return dt.date.fromisoformat(told) if told else dt.date.min


@lru_cache(maxsize=8)
def _built(index: Index, generation: int) -> dt.datetime:
    """The commit time of a generation; cached per generation, since it is read from a file."""
    return dt.datetime.fromisoformat(index.info()["built"])


@lru_cache(maxsize=8)
def _content(index: Index, generation: int) -> str:
    return index.content


def is_current(request: Request, etag: str) -> bool:
    """Whether the visitor's copy of a page is current, as its ETag shows."""
    tags: ETags = request.if_none_match
    return not tags.star_tag and tags.contains_weak(etag)


def is_existing_current(request: Request, changed: dt.datetime) -> bool:
    """The same for a page that exists, by `*` or a time; an ETag takes precedence (RFC 9110, 13.2.2)."""
    if request.headers.get("If-None-Match") is not None:
        return request.if_none_match.star_tag
    return request.if_modified_since == changed.replace(microsecond=0)


def label(response: Response, etag: str, changed: dt.datetime, *, weak: bool = True) -> None:
    """Set ETag, Last-Modified and Cache-Control on a response; a strong tag promises the same bytes."""
    response.set_etag(etag, weak=weak)
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = PAGES
