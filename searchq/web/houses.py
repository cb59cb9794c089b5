"""Whose questions an index holds: how its pages name the houses, and only those."""

from collections.abc import Set
from functools import lru_cache
from typing import Final, NamedTuple

from searchq.api import Index
from searchq.web.translations import gettext, gettext_noop

__all__ = ["UNKNOWN", "Houses", "houses_in"]


class Houses(NamedTuple):
    """The houses whose questions are here, in the language of the request."""

    name: str
    full_name: str  # with its article
    short_name: str  # of a search engine in a browser, at most 16 characters
    official: str  # what is official instead of this site
    asked: str  # who asked, as the heading of the start page begins


_SENATE: Final = Houses(
    gettext_noop("Belgische Senaat"),
    gettext_noop("de Belgische Senaat"),
    gettext_noop("Senaatsvragen"),
    gettext_noop("Alleen de publicatie van de Senaat is officieel."),
    gettext_noop("Wat senatoren vroegen"),
)
_CHAMBER: Final = Houses(
    gettext_noop("Belgische Kamer"),
    gettext_noop("de Belgische Kamer"),
    gettext_noop("Kamervragen"),
    gettext_noop("Alleen de publicatie van de Kamer is officieel."),
    gettext_noop("Wat Kamerleden vroegen"),
)
_BOTH: Final = Houses(
    gettext_noop("Belgische Senaat en Kamer"),
    gettext_noop("de Belgische Senaat en Kamer"),
    gettext_noop("Parlementsvragen"),
    gettext_noop("Alleen wat Senaat en Kamer zelf publiceren, is officieel."),
    gettext_noop("Wat Kamerleden en senatoren vroegen"),
)
UNKNOWN: Final = Houses(
    gettext_noop("Belgisch Parlement"),
    gettext_noop("het Belgisch Parlement"),
    gettext_noop("Parlementsvragen"),
    gettext_noop("Alleen wat het Parlement zelf publiceert, is officieel."),
    gettext_noop("Wat het Parlement vroeg"),
)
_BY_VALUES: Final[dict[Set[str], Houses]] = {
    frozenset({"senate"}): _SENATE,
    frozenset({"chamber"}): _CHAMBER,
    frozenset({"senate", "chamber"}): _BOTH,
}


def houses_in(index: Index, generation: int) -> Houses:
    """The houses whose questions an index holds in a generation."""
    return Houses(*map(gettext, _houses(index, generation)))


@lru_cache(maxsize=8)
def _houses(index: Index, generation: int) -> Houses:
    """Counted once a generation."""
    (counts,) = index.facets(facets=["house"])
    return _BY_VALUES.get(frozenset(one.value for one in counts.values if one.count), UNKNOWN)
