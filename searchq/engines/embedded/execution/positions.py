"""Where terms stand in some documents only, and where all that was typed does: each looked up once, as plain arrays."""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import are_among, locate
from searchq.engines.embedded.execution.matches import Docs, Places
from searchq.engines.embedded.execution.typed_words import rows_of, typed_word
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import starts_of
from searchq.kernel import built
from searchq.query.parsed import TypedWords
from searchq.query.weights import WINDOW
from searchq.query.zones import exact

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = ["Numbers", "Placed", "TermAmong", "TypedPlaces", "placed", "term_among", "titled", "typed_places"]

Numbers = npt.NDArray[np.signedinteger[Any]]
Keys = npt.NDArray[np.int64]

_NO_BASES: Final[Keys] = np.zeros(1, np.int64)
in_c: ModuleType | None = built("typed")


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


class Placed(NamedTuple):
    """The questions of some documents laid end to end, more than WINDOW places between two, and words in them."""

    bases: Keys  # where each begins, and where the last ends, if several words are known
    words: Mapping[str, TermAmong]
    known: Sequence[str]  # the words that count and occur in the index, in the order they were typed


class TypedPlaces(NamedTuple):
    """Where the words of a query stand in some documents."""

    titled: Places  # whose title is these words and no others
    early: Sequence[Places]  # of each word: who holds a form of it in the title or the beginning of the question
    question: Placed


def typed_places(typed: TypedWords, docs: Docs, view: SnapshotCache) -> TypedPlaces:
    """Return where the words of a query stand in some documents, ascending."""
    return TypedPlaces(titled(typed, docs, view), _early(typed, docs, view), placed(typed, docs, view))


def placed(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Placed:
    """Return where the words that tell stand as they were written."""
    found = {word: term_among(exact(typed.question), word, docs, view) for word in typed.telling}
    known = [word for word in typed.telling if typed_word(word, typed, docs, view).is_known]
    bases = _bases(typed.question, docs, view) if len(known) > 1 else _NO_BASES  # a single word is near no other
    return Placed(bases, found, known)


def _bases(field: str, docs: Docs, view: SnapshotCache) -> Keys:
    lengths = np.asarray(view.snapshot.lengths(field))[docs].astype(np.int64)
    return starts_of(lengths + WINDOW + 1)


def _early(typed: TypedWords, docs: Docs, view: SnapshotCache) -> list[Places]:
    found = [typed_word(word, typed, docs, view).early for word in dict.fromkeys(typed.telling)]
    return [locate(docs, early, view.snapshot.max_doc)[0] for early in found if early is not None]


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
    bases = _bases(field, docs[places], view)
    starts = bases[:-1]
    for offset, word in enumerate(words):
        own = _located(found[word].postings, docs[places], view).positions(bases[:-1])
        starts = starts[are_among(starts + offset, own)]
    return places[bases.searchsorted(starts)]
