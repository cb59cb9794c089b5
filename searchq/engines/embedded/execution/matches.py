"""The matches of a query node: document numbers, and a function that scores some of them.

    docs    4  9  17  30 …      every match, ascending
    score(None)                 all their scores
    score([1, 3])               only those of documents 9 and 30

Scoring is deferred until the remaining documents are known: an intersection scores only its own documents, a filter
only those that pass, and a search sorted by date none.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "Docs",
    "FieldTerm",
    "Matches",
    "Places",
    "Score",
    "Scores",
    "among",
    "constant",
    "nothing",
    "summed",
]

Docs = npt.NDArray[np.intp]  # document numbers, ascending, each once
Places = npt.NDArray[np.intp]  # places in some `Docs`
Scores = npt.NDArray[np.float32]
Score = Callable[[Places | None], Scores]
FieldTerm = tuple[str, str]

_STEEP: Final = 16  # if one list is this many times longer, binary search beats a lookup table


class Matches(NamedTuple):
    """Matching documents, a function from places to their scores (float32, same length), and the terms that matched."""

    docs: Docs
    score: Score
    terms: tuple[FieldTerm, ...] = ()  # to highlight: none of a part without matches, or that only excludes

    def at(self, places: Places | None) -> "Matches":
        """Return the matches at some places (ascending; None: all)."""
        if places is None:
            return self
        inner = self.score
        return Matches(
            self.docs[places], lambda chosen: inner(places if chosen is None else places[chosen]), self.terms
        )

    def without(self, others: Docs, max_doc: int) -> "Matches":
        """Return the matches that are not among other documents."""
        return self.at((~among(self.docs, others, max_doc)).nonzero()[0])


_NO_DOCS: Final[Docs] = np.empty(0, np.intp)


def nothing() -> Matches:
    """Return no matches."""
    return constant(_NO_DOCS, 0.0)


def constant(docs: Docs, value: float, terms: tuple[FieldTerm, ...] = ()) -> Matches:
    """Return matches that all have the same score."""
    return Matches(docs, lambda places: np.full(len(docs if places is None else places), value, np.float32), terms)


def among(docs: Docs, others: Docs, max_doc: int) -> npt.NDArray[np.bool_]:
    """Return which of `docs` are in `others`: bool, as long as `docs`."""
    if len(others) > _STEEP * len(docs):
        if not len(docs):
            return np.zeros(0, np.bool_)
        places = others.searchsorted(docs)
        places[places == len(others)] = 0
        found: npt.NDArray[np.bool_] = others[places] == docs
        return found
    table = np.zeros(max_doc, np.bool_)
    table[others] = True
    return table[docs]


def summed(parts: Sequence[tuple[Score, Places]]) -> Score:
    """Return the sum of several scores, each at its own places, all of the same length."""

    def score(chosen: Places | None) -> Scores:
        (first, places), *rest = parts
        total = first(places if chosen is None else places[chosen])
        for each, places in rest:
            total = total + each(places if chosen is None else places[chosen])
        return total

    return score
