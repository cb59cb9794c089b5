"""Phrases and proximity: the documents in which words stand within reach of each other.

    "permanente aandacht"       aandacht 1 place after permanente
    "sociale media"~3           media 1 to 3 places after sociale
    sociale NEAR/5 media        media 1 to 5 places before or after sociale

The postings of all words are read side by side, as they are stored, in the documents that hold all words; how often
these hold each word is counted on the way, since it is what scores them. No position is kept, but where some postings
of a frequent word begin, so that a rare word beside it is found in few steps; and what was found of frequent words.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import locate
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import Docs, FieldTerm, Places
from searchq.engines.embedded.threads import each_in_threads
from searchq.kernel import built

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings, StoredRow

__all__ = ["Near", "Reach", "documents_near", "is_dear", "known_near"]

_SHIFT: Final = 32  # a document and a position as one number
_BLOCK: Final = 1 << 14  # documents compared between two checks of the deadline, in Python
_AT_ONCE: Final = 1 << 15  # if more documents may be found, segments are searched side by side
_RARE: Final = 64  # a word in so many times fewer documents is found by where some postings of the other begin

Marks = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]  # of documents, ascending


class Reach(NamedTuple):
    """How far a word may be from the one before: `least` to `most` places, after it if `ordered`."""

    least: int
    most: int
    ordered: bool


class Near(NamedTuple):
    """The documents that hold words near each other, ascending; and how often these hold each word, if counted."""

    docs: Docs
    counts: npt.NDArray[np.float32] | None  # [words, documents]


class _Kept(NamedTuple):
    """The same in less room: documents of 32 bits, and counts of 8 if they fit."""

    docs: Numbers
    counts: npt.NDArray[Any]

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + self.counts.nbytes


in_c: ModuleType | None = built("near")


def known_near(terms: tuple[FieldTerm, ...], reach: Reach, words: Sequence["Postings"], context: SearchContext) -> Near:
    """Return the documents that hold some terms near each other; kept where that is dear, for the next page."""
    if in_c is None or not is_dear(words, context):
        return documents_near(words, reach, context)
    return _plain(context.view.recent.once(("near", terms, reach), lambda: _found_by_segments(words, reach, context)))


def is_dear(words: Sequence["Postings"], context: SearchContext) -> bool:
    """Return whether all of some words are frequent, or any has the rows of several: of all compounds with a part."""
    return any(word.is_merged for word in words) or all(map(context.view.is_frequent, words))


def _plain(kept: _Kept) -> Near:
    return Near(kept.docs.astype(np.intp), kept.counts.astype(np.float32))


def _kept(found: Near) -> _Kept:
    counts = found.counts
    assert counts is not None
    is_small = not counts.size or counts.max() <= np.iinfo(np.uint8).max
    return _Kept(found.docs.astype(np.int32), counts.astype(np.uint8 if is_small else np.float32))


def documents_near(words: Sequence["Postings"], reach: Reach, context: SearchContext) -> Near:
    """Return the documents that hold each word within reach of the one before."""
    if in_c is None:
        return Near(_found_in_python(words, reach, context), None)
    if _are_few(words):
        return _found_in_c(words, _bases(words), reach, context)
    return _plain(_found_by_segments(words, reach, context))


def _found_by_segments(words: Sequence["Postings"], reach: Reach, context: SearchContext) -> _Kept:
    """Find the documents; if they may be many, segments are searched side by side, and what each gives is made small.

    Memory that is written for the first time takes longer than to compare them.
    """
    bases = _bases(words)
    pieces = [bases] if _are_few(words) or not bases else [[base] for base in bases]
    found = each_in_threads(lambda some: _kept(_found_in_c(words, some, reach, context)), pieces)
    if len(found) == 1:
        return found[0]
    docs, counts = zip(*found, strict=True)
    return _Kept(np.concatenate(docs), np.concatenate(counts, axis=1))


def _are_few(words: Sequence["Postings"]) -> bool:
    """Return whether so few documents may be found that all segments are searched in one call."""
    return min(map(len, words)) <= _AT_ONCE


def _bases(words: Sequence["Postings"]) -> list[int]:
    """Return the segments that hold all words, by their first document."""
    return [base for base in words[0].bases if all(base in word.bases for word in words)]


def _found_in_c(words: Sequence["Postings"], bases: Sequence[int], reach: Reach, context: SearchContext) -> Near:
    """Find the documents in some segments."""
    assert in_c is not None
    context.check()
    rows, shape, lives = _segments(words, bases, context)
    room = min(*map(len, words), sum(map(len, rows[::3])) // len(words))  # no more than the fewest of a word
    docs, counts = np.empty(room, np.intp), np.empty((len(words), room), np.float32)
    filled = in_c.near_docs(rows, shape, lives, *reach, docs, counts, 0) if bases else 0
    return Near(docs[:filled], counts[:, :filled])


def _segments(words: Sequence["Postings"], bases: Sequence[int], context: SearchContext) -> tuple[Any, Any, Any]:
    """Return the rows of words in some segments, their shape, and the live documents, as `near_docs` takes them."""
    live, fewest = context.snapshot.live, min(map(len, words))
    rows: list[StoredRow] = []
    shape: list[int] = []
    for base in bases:
        shape.append(base)
        for word in words:
            own = word.rows(base, skips=len(word) > _RARE * fewest and context.view.is_frequent(word))
            rows += own
            shape.append(len(own))
    lives = tuple(None if live is None else live[base:] for base in bases)
    return tuple(array for row in rows for array in row), np.array(shape), lives


def _found_in_python(words: Sequence["Postings"], reach: Reach, context: SearchContext) -> Docs:
    docs, *others = sorted((word.docs for word in words), key=len)
    for other in others:
        docs = docs[locate(docs, other, context.max_doc)[0]]
    marks = np.zeros(len(docs), np.bool_)
    for first in range(0, len(docs), _BLOCK):
        context.check()
        some = docs[first : first + _BLOCK]
        reached, *following = (_keys(word, locate(some, word.docs, context.max_doc)[1]) for word in words)
        for own in following:
            reached = own[_within(own, reached, reach)]
        marks[first + (reached >> _SHIFT)] = True
    return docs[marks].astype(np.intp)


def _keys(word: "Postings", places: Places) -> npt.NDArray[np.int64]:
    """Return the positions of a word in some of its documents, each with the number of its document before it."""
    return np.asarray(word.absolute_positions(np.arange(len(places)) << _SHIFT, places))


def _within(positions: npt.NDArray[np.int64], others: npt.NDArray[np.int64], reach: Reach) -> Marks:
    """Return which positions are within reach of others; those of different documents are far apart."""
    hit = np.zeros(len(positions), np.bool_)
    ranges = [(-reach.most, -reach.least)] + ([] if reach.ordered else [(reach.least, reach.most)])
    for low, high in ranges:
        hit |= others.searchsorted(positions + low) < others.searchsorted(positions + high, "right")
    return hit
