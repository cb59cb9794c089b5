"""The words of a query as they stand in documents, as plain arrays.

In all documents each is looked up once and kept, since words recur from query to query. In some documents only, a term
is located when asked for, which is how titles are compared, and how nearness is told where there is no C.
"""

from collections.abc import Sequence
from itertools import count
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import are_among, locate
from searchq.engines.embedded.execution.matches import Docs, Places
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import Bytes, Ints, starts_of
from searchq.index.read.early_docs import docs_before
from searchq.kernel import built
from searchq.query.parsed import TypedWords
from searchq.query.weights import BEGINNING, WINDOW
from searchq.query.zones import exact

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = [
    "EarlyDocs",
    "Keys",
    "Row",
    "TermAmong",
    "TypedWord",
    "bases_of",
    "term_among",
    "titled",
    "typed_word",
]

Numbers = npt.NDArray[np.signedinteger[Any]]
Keys = npt.NDArray[np.int64]
EarlyDocs = npt.NDArray[np.int32]
Row = tuple[int, Ints, Bytes, Ints | None]  # of a segment: its first document's number, and a `StoredRow`

_FIRST: Final = 4  # words asked of a snapshot, as many as a request mostly has
_OBJECTS: Final = 512  # bytes of the objects of a row
in_c: ModuleType | None = built("typed")


class Rows(NamedTuple):
    """The rows of a word as it is written in one text."""

    of_segments: tuple[Row, ...]

    @property
    def nbytes(self) -> int:
        return sum(_OBJECTS + (0 if skips is None else skips.nbytes) for *_, skips in self.of_segments)


class TypedWord(NamedTuple):
    """A word that tells."""

    rows: Rows  # of the questions
    early: EarlyDocs | None  # who holds a form of it in the title or early in the question; None: it has no forms
    is_known: bool  # it counts and occurs in the index
    is_whole: bool  # `early` tells of all documents

    @property
    def nbytes(self) -> int:
        return self.rows.nbytes + (0 if self.early is None else self.early.nbytes)


def typed_word(word: str, typed: TypedWords, docs: Ints, view: SnapshotCache) -> TypedWord:
    """Return a word in the texts that the words typed are looked for in.

    The first ones are read so that `early` tells of some documents only, ascending, and are not kept: of all takes
    longer, and pays off only if a word comes again, whereas a process may answer one request.
    """

    def made() -> TypedWord:
        among = docs if next(_lookups(view)) < _FIRST else None
        vocabulary = QueryVocabulary(view)
        held = vocabulary.held(word, typed.language)
        meant = held or vocabulary.analyzed(word, typed.language)
        early = _early_docs(meant.stem, typed, among, view) if meant.terms else None
        rows, is_known = _rows(exact(typed.question), word, view), held is not None and bool(held.terms)
        return TypedWord(rows, early, is_known, early is None or among is None)

    return view.recent.once(("typed", typed.language, word), made, _is_whole)


def _is_whole(found: TypedWord) -> bool:
    return found.is_whole


def _lookups(view: SnapshotCache) -> "count[int]":
    """Return the counter of the words that were not kept yet when they were asked for."""
    return view.once("typed words", count)


def rows_of(field: str, word: str, view: SnapshotCache) -> tuple[Row, ...]:
    """Return the rows of a word as it is written in a text; none if the text of no question holds it."""
    return view.recent.once(("rows", field, word), lambda: _rows(field, word, view)).of_segments


def _rows(field: str, word: str, view: SnapshotCache) -> Rows:
    postings = view.postings(field, word)
    return Rows(() if postings is None else tuple(_each_row(postings)))


def _each_row(postings: "Postings") -> list[Row]:
    return [(base, *row) for base in postings.bases for row in postings.rows(base, skips=True)]


def _early_docs(stem: str, typed: TypedWords, docs: Ints | None, view: SnapshotCache) -> EarlyDocs:
    """Return those of some documents, or of all, that hold a form of a word early, ascending."""
    holds = np.zeros(view.snapshot.max_doc, np.bool_)
    for field, limit in ((typed.title, None), (typed.question, BEGINNING)):
        left = None if docs is None else docs[~holds[docs]]
        holds[docs_before(view.snapshot, field, stem, limit, left)] = True
    found: npt.NDArray[Any] = holds.nonzero()[0] if docs is None else docs[holds[docs]]
    return found.astype(np.int32)


class TermAmong(NamedTuple):
    """A term in some documents: the places of those that hold it, ascending; its positions are read when asked for."""

    places: Places
    postings: "Postings | None" = None
    there: Places | None = None  # the places of the same documents in the postings

    def positions(self, origins: Numbers) -> Numbers:
        """Return the positions, each counted from its document's origin, of which all documents have one; ascending."""
        if self.postings is None:
            return np.empty(0, origins.dtype)
        return self.postings.absolute_positions(origins[self.places], self.there)


def term_among(field: str, term: str, docs: Docs, view: SnapshotCache) -> TermAmong:
    """Return a term in some documents, ascending."""
    return _located(view.postings(field, term), docs, view)


def _located(postings: "Postings | None", docs: Docs, view: SnapshotCache) -> TermAmong:
    """Return a term in some documents, ascending, by its postings, None if there are none."""
    if postings is None:
        return TermAmong(np.empty(0, np.intp))
    here, there = locate(docs, postings.docs, view.snapshot.max_doc)
    return TermAmong(here, postings, there)


def bases_of(field: str, docs: Docs, view: SnapshotCache) -> Keys:
    """Return where each text begins, and the last ends, if laid end to end, more than WINDOW places between two."""
    lengths = np.asarray(view.snapshot.lengths(field))[docs].astype(np.int64)
    return starts_of(lengths + WINDOW + 1)


def titled(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Places:
    """Return the places of the documents, ascending, whose title is these words and no others."""
    field = exact(typed.title)
    lengths = np.asarray(view.snapshot.lengths(field))
    places: Places = (lengths[docs] == len(typed.every)).nonzero()[0]
    if not len(places):
        return places
    find = _in_order if in_c is None else _in_order_in_c
    return places[find(typed.every, docs[places], field, view)]


def _in_order_in_c(words: Sequence[str], docs: Docs, field: str, view: SnapshotCache) -> Places:
    rows = tuple([rows_of(field, word, view) for word in words])
    found = np.empty(len(docs) if all(rows) else 0, np.intp)
    assert in_c is not None
    return found[: in_c.in_order(docs, rows, found)] if len(found) else found


def _in_order(words: Sequence[str], docs: Docs, field: str, view: SnapshotCache) -> Places:
    """Return the places of the documents that hold these words side by side, from the first place on."""
    places: Places = np.arange(len(docs))
    found: dict[str, TermAmong] = {}
    for word in dict.fromkeys(words):
        found[word] = term_among(field, word, docs[places], view)
        places = places[found[word].places]
        if not len(places):
            return places
    bases = bases_of(field, docs[places], view)
    starts = bases[:-1]
    for offset, word in enumerate(words):
        own = _located(found[word].postings, docs[places], view).positions(bases[:-1])
        starts = starts[are_among(starts + offset, own)]
    return places[bases.searchsorted(starts)]
