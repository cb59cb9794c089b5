"""The words of a query as an index holds them: each looked up once and kept, since words recur from query to query."""

from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import Bytes, Ints
from searchq.index.read.early_docs import docs_before
from searchq.query.parsed import TypedWords
from searchq.query.weights import BEGINNING
from searchq.query.zones import exact

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = ["Row", "TypedWord", "rows_of", "typed_word"]

Docs = npt.NDArray[np.int32]
Row = tuple[int, Ints, Bytes, Ints | None]  # of a segment: its first document's number, and a `StoredRow`

_FIRST: Final = 4  # words asked of a snapshot, as many as a request mostly has
_OBJECTS: Final = 512  # bytes of the objects of a row


class Rows(NamedTuple):
    """The rows of a word as it is written in one text."""

    of_segments: tuple[Row, ...]

    @property
    def nbytes(self) -> int:
        return sum(_OBJECTS + (0 if skips is None else skips.nbytes) for *_, skips in self.of_segments)


class TypedWord(NamedTuple):
    """A word that tells."""

    rows: Rows  # of the questions
    early: Docs | None  # who holds a form of it in the title or the beginning of the question; None: it has no forms
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


def _early_docs(stem: str, typed: TypedWords, docs: Ints | None, view: SnapshotCache) -> Docs:
    """Return those of some documents, or of all, that hold a form of a word early, ascending."""
    holds = np.zeros(view.snapshot.max_doc, np.bool_)
    for field, limit in ((typed.title, None), (typed.question, BEGINNING)):
        left = None if docs is None else docs[~holds[docs]]
        holds[docs_before(view.snapshot, field, stem, limit, left)] = True
    found: npt.NDArray[Any] = holds.nonzero()[0] if docs is None else docs[holds[docs]]
    return found.astype(np.int32)
