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
    "Matches",
    "Places",
    "RankedMatches",
    "Score",
    "Scores",
    "among",
    "constant",
    "full_then_partial",
    "nothing",
    "select",
    "without",
]

Docs = npt.NDArray[np.intp]  # document numbers, ascending, each once
Places = npt.NDArray[np.intp]  # places in some `Docs`
Scores = npt.NDArray[np.float32]
Score = Callable[[Places | None], Scores]

_STEEP: Final = 16  # if one list is this many times longer, binary search beats a lookup table


class Matches(NamedTuple):
    """Matching documents, and a function from places to their scores (float32, same length)."""

    docs: Docs
    score: Score


class RankedMatches(NamedTuple):
    """Matches, and which of them have most of the words only, bool[matches]; None: all have all."""

    matches: Matches
    partial: npt.NDArray[np.bool_] | None = None


_NO_DOCS: Final[Docs] = np.empty(0, np.intp)


def nothing() -> Matches:
    """Return no matches."""
    return constant(_NO_DOCS, 0.0)


def constant(docs: Docs, value: float) -> Matches:
    """Return matches that all have the same score."""
    return Matches(docs, lambda places: np.full(len(docs if places is None else places), value, np.float32))


def select(matches: Matches, places: Places, factor: float = 1.0) -> Matches:
    """Return the matches at some places (ascending), their scores multiplied by `factor`."""
    inner = matches.score

    def score(chosen: Places | None) -> Scores:
        scores = inner(places if chosen is None else places[chosen])
        return scores if factor == 1.0 else scores * np.float32(factor)

    return Matches(matches.docs[places], score)


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


def without(matches: Matches, others: Docs, max_doc: int) -> Matches:
    """Return the matches that are not among other documents."""
    return select(matches, (~among(matches.docs, others, max_doc)).nonzero()[0])


def full_then_partial(full: Matches, partial: Matches) -> RankedMatches:
    """Return two sorts of matches as one; they share no document."""
    if not len(partial.docs):
        return RankedMatches(full)
    at = full.docs.searchsorted(partial.docs) + np.arange(len(partial.docs))
    is_partial = np.zeros(len(full.docs) + len(partial.docs), np.bool_)
    is_partial[at] = True
    docs = np.empty(len(is_partial), np.intp)
    docs[at], docs[~is_partial] = partial.docs, full.docs

    def score(places: Places | None) -> Scores:
        scores = np.empty(len(docs), np.float32)
        scores[at], scores[~is_partial] = partial.score(None), full.score(None)
        return scores if places is None else scores[places]

    return RankedMatches(Matches(docs, score), is_partial)


def summed(parts: Sequence[tuple[Score, Places]]) -> Score:
    """Return the sum of several scores, each at its own places, all of the same length."""

    def score(chosen: Places | None) -> Scores:
        (first, places), *rest = parts
        total = first(places if chosen is None else places[chosen])
        for each, places in rest:
            total = total + each(places if chosen is None else places[chosen])
        return total

    return score
