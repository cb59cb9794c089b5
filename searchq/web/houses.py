"""Whose questions an index holds: how its pages name the houses, and only those."""

from collections.abc import Set
from functools import lru_cache
from typing import Final, NamedTuple

from searchq.api import Index

__all__ = ["UNKNOWN", "Houses", "houses_in"]


class Houses(NamedTuple):
    """The houses whose questions are here, in Dutch."""

    name: str
    short_name: str  # of a search engine in a browser, at most 16 characters
    official: str  # what is official instead of this site


_SENATE: Final = Houses("Belgische Senaat", "Senaatsvragen", "Alleen de publicatie van de Senaat is officieel.")
_CHAMBER: Final = Houses("Belgische Kamer", "Kamervragen", "Alleen de publicatie van de Kamer is officieel.")
_BOTH: Final = Houses(
    "Belgische Senaat en Kamer", "Parlementsvragen", "Alleen wat Senaat en Kamer zelf publiceren, is officieel."
)
UNKNOWN: Final = Houses(
    "Belgisch Parlement", "Parlementsvragen", "Alleen wat het Parlement zelf publiceert, is officieel."
)
_BY_VALUES: Final[dict[Set[str], Houses]] = {
    frozenset({"senate"}): _SENATE,
    frozenset({"chamber"}): _CHAMBER,
    frozenset({"senate", "chamber"}): _BOTH,
}


def houses_in(index: Index) -> Houses:
    """The houses whose questions an index holds."""
    return _houses(index, index.generation)


@lru_cache(maxsize=8)
def _houses(index: Index, generation: int) -> Houses:
    """Counted once a generation."""
    (counts,) = index.facets(facets=["house"])
    return _BY_VALUES.get(frozenset(one.value for one in counts.values if one.count), UNKNOWN)
