"""URLs of questions here, and of searches one step from the current one."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import quote

from msgspec.structs import replace

from searchq.addresses import host_of
from searchq.analysis.folding import fold
from searchq.lazy_regex import lazy
from searchq.query.facet_table import FacetName
from searchq.query.request import DateRange, DaysRange, Request, Selection
from searchq.query.selections import excluding, including, selecting, selection_of, without
from searchq.web.mount import url
from searchq.web.parameters import pairs, query_string, quoted

__all__ = [
    "ENTITIES",
    "entity_path",
    "excluding",
    "fresh",
    "host",
    "including",
    "including_paths",
    "is_everything",
    "on_page",
    "question_path",
    "search_path",
    "slug",
    "undated",
    "unwaited",
    "within",
    "within_paths",
    "without",
]


def search_path(request: Request, **more: str) -> str:
    """The URL of a search."""
    query = query_string(request, **more)
    return url(f"/?{query}" if query else "/")


def host(address: str) -> str:
    """The name of a site, as people say it: `senate.be`."""
    return host_of(address).removeprefix("www.")


def question_path(number: str) -> str:
    """The URL of a question."""
    return url(f"/vraag/{_quoted(number)}")


def _quoted(number: str) -> str:
    """The number as an address has it; most are letters, digits and hyphens."""
    is_plain = number.isascii() and number.replace("-", "").isalnum()
    return number if is_plain else quote(number, safe="/-")


ENTITIES: Final[Mapping[str, FacetName]] = {"indiener": "author", "portefeuille": "portfolio", "trefwoord": "keyword"}
_PATHS: Final = {name: path for path, name in ENTITIES.items()}


def entity_path(name: FacetName, value: str) -> str | None:
    """The URL of the page of a value; None for a facet whose values have none."""
    path = _entity_path(name, value)
    return path and url(path)


@lru_cache(maxsize=4096)
def _entity_path(name: FacetName, value: str) -> str | None:
    return f"/{_PATHS[name]}/{quote(slug(value))}" if name in _PATHS and slug(value) else None


@lru_cache(maxsize=4096)
def slug(value: str) -> str:
    """A value as its page is called in an address: `martha-peeters`."""
    return "-".join(_WORD.findall(fold(value.lower())))


_WORD: Final = lazy(r"\w+")


def including_paths(request: Request, facet: FacetName) -> Callable[[str], str]:
    """A function from an unselected value to the URL that selects it, too.

    A page links to dozens of values of a facet; the rest of the URL is built once.
    """
    if request.selections:
        old = selection_of(request, facet)
        listed = list(pairs(selecting(request, Selection(facet, (*old.include, ""), old.exclude))))
        place = max(at for at, (name, _) in enumerate(listed) if name == facet)
        before, after = _around(listed, place, place + 1)
    else:  # most often: selections follow the text
        listed = list(pairs(on_page(request, 1)))
        place = 1 if request.text else 0
        before, after = _around(listed, place, place)
    return lambda value: f"{before}{facet}={quoted(value)}{after}"


def within_paths(request: Request) -> Callable[[dt.date, dt.date], str]:
    """A function from two days to the URL of the search between them; like `including_paths`."""
    listed = list(pairs(within(request, dt.date.min, dt.date.max)))
    place = [name for name, _ in listed].index("from")
    before, after = _around(listed, place, place + 2)
    return lambda first, last: f"{before}from={first}&to={last}{after}"


def _around(listed: Sequence[tuple[str, str]], first: int, last: int) -> tuple[str, str]:
    """The URL before and after the pairs from `first` to `last`."""
    before, after = ([f"{name}={quoted(value)}" for name, value in part] for part in (listed[:first], listed[last:]))
    return "".join([url("/?"), *(f"{pair}&" for pair in before)]), "".join([f"&{pair}" for pair in after])


def within(request: Request, first: dt.date | None, last: dt.date | None) -> Request:
    """Asked between two days."""
    return replace(request, asked=DateRange(first, last), page=1)


def undated(request: Request, span: Literal["asked", "answered"]) -> Request:
    """Remove the range of days."""
    bare = replace(request, page=1)
    return replace(bare, asked=DateRange()) if span == "asked" else replace(bare, answered=DateRange())


def unwaited(request: Request) -> Request:
    """Remove the range of days waited."""
    return replace(request, waited=DaysRange(), page=1)


def is_everything(request: Request) -> bool:
    """Whether a request asks for nothing in particular: its URL has no parameters."""
    return not query_string(request)


def on_page(request: Request, page: int) -> Request:
    """Another page of the same results."""
    return replace(request, page=page)


def fresh(request: Request) -> Request:
    """The same text without filters."""
    return Request(
        text=request.text,
        sort=request.sort,
        limit=request.limit,
        fold=request.fold,
        all_words=request.all_words,
        translate=request.translate,
    )
