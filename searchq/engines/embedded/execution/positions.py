"""Where words stand: the texts of a zone laid end to end, so that each place in all documents is one number, a spot.

    document    0                          1
    text        de  trein  van  de  dag    de      dag
    spot        0   1      2    3   4      5 + ROOM  6 + ROOM
    de          0               3          5 + ROOM                ROOM spots stay empty between two documents

So the spots of any two words of a zone compare as they are, whichever documents they were read for, and nothing within
`ROOM` of a spot lies in another document. As ROOM is more than 64, no 64 spots in a row are of two documents.

The spots of a frequent word are dear to decode (a millisecond each 200,000) and asked for over and over ("van de"):
they are kept with the view, those of the most frequent ones as bits (see `marks`). Those of other words are read only
in the documents that hold all words of the phrase.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.matches import Docs, Places, locate
from searchq.engines.embedded.execution.position_bitmaps import PAD, SHIFT, WORD, Bits, marked
from searchq.engines.embedded.snapshot_cache import View
from searchq.index.format.encoding import starts_of
from searchq.index.read.postings import owned_positions
from searchq.index.schema import FIELDS, POSITION_GAP, ZONES
from searchq.limits import MAX_WORD_DISTANCE

if TYPE_CHECKING:
    from whoosh.query import Term

    from searchq.index.read.postings import Postings

__all__ = ["ROOM", "Layout", "Marks", "Numbers", "Spots", "Word", "layout_of", "spots_among", "spots_of"]

ROOM: Final = MAX_WORD_DISTANCE + 1  # empty spots between two documents
_VALUES: Final = 32  # values of one zone that stand POSITION_GAP apart; a document with more is looked at otherwise
_SEVERAL: Final = frozenset(zone.name for zone in ZONES if zone.several)
_DENSE: Final = 64  # a word at one of so many spots is kept as bits, at most twice as large as its spots

Numbers = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The spots of a zone: bases int32[max_doc + 1], int64 in a very large index, the spot at which each document
    begins; owners int32[words]: the document that the spots of each number of bits are of; whether documents may hold
    several values, and so more spots than are provided for."""

    several: bool
    bases: Numbers
    owners: npt.NDArray[np.int32]

    def docs_of(self, spots: Numbers) -> Docs:
        """The documents of some spots, ascending, each once."""
        return self._docs(spots >> SHIFT)

    def docs_of_bits(self, bits: Bits) -> Docs:
        """The documents that have a bit, ascending."""
        return self._docs((bits != 0).nonzero()[0])

    def _docs(self, numbers: Numbers) -> Docs:
        held = np.zeros(len(self.bases) - 1, np.bool_)
        held[self.owners[numbers]] = True
        return held.nonzero()[0]


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """A word as its spots, ascending: int32, or int64 as the bases are."""

    spots: Numbers

    @property
    def nbytes(self) -> int:
        return self.spots.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """A word as a bit at each of its spots."""

    bits: Bits

    @property
    def nbytes(self) -> int:
        return self.bits.nbytes


Word: TypeAlias = Spots | Marks


def spots_of(words: Sequence["Term"], run: Run) -> list[Word] | None:
    """The spots of words of one zone, each at least where all stand; each must stand somewhere.

    None where a document has more values than are provided for.
    """
    layout = layout_of(words[0].fieldname, run.view)
    found = [run.postings(word.fieldname, word.text) for word in words]
    together: Numbers | None = None
    spots: list[Word] = []
    for word, postings in zip(words, found, strict=True):
        assert postings is not None  # it stands somewhere
        run.check()
        if run.view.is_frequent(postings):
            own = _kept(postings, word.fieldname, word.text, layout, run.view)
        else:
            together = _holding_all(found, run) if together is None else together
            own = _placed(postings, locate(together, postings.docs, run.max_doc)[1], layout)
        if own is None:
            return None
        spots.append(own)
    return spots


def spots_among(field: str, term: str, docs: Docs, origins: Numbers, view: View) -> Numbers:
    """The positions of a term of a zone in some documents, each counted from the origin of its document, ascending."""
    postings = view.postings(field, term)
    if postings is None:
        return np.empty(0, origins.dtype)
    here, there = locate(docs, postings.docs, view.snapshot.max_doc)
    return postings.spots(origins[here], there)


def layout_of(field: str, view: View) -> Layout:
    """The layout of the zone that a field is of."""
    zone = FIELDS[field].zone

    def made() -> Layout:
        sizes = np.asarray(view.snapshot.lengths(zone)).astype(np.int64) + ROOM
        several = zone in _SEVERAL
        bases = starts_of(sizes + _VALUES * POSITION_GAP if several else sizes) + PAD * WORD
        firsts = bases >> SHIFT  # of a document's numbers; as each has ROOM to itself, it begins in one of its own
        owners = np.repeat(np.arange(len(sizes), dtype=np.int32), np.diff(firsts))
        owners = np.pad(owners, (int(firsts[0]), 2 * PAD), mode="edge" if len(owners) else "constant")
        wide = bases[-1] >= 1 << 30  # too many to count on from any spot in 32 bits
        return Layout(several, bases if wide else bases.astype(np.int32), owners)

    return view.once(("layout", zone), made)


def _kept(postings: "Postings", field: str, term: str, layout: Layout, view: View) -> Word | None:
    def made() -> Word | None:
        own = _placed(postings, None, layout)
        if own is None or len(own.spots) * _DENSE < len(layout.owners) * WORD:
            return own
        return Marks(marked(own.spots, len(layout.owners)))

    return view.recent(("spots", field, term), made)


def _holding_all(found: Sequence["Postings | None"], run: Run) -> Numbers:
    def common(docs: Numbers, others: Numbers) -> Numbers:
        return docs[locate(docs, others, run.max_doc)[0]]

    return reduce(common, sorted((postings.docs for postings in found if postings is not None), key=len))


def _placed(postings: "Postings", places: Places | None, layout: Layout) -> Spots | None:
    docs = postings.docs if places is None else postings.docs[places]
    begins = layout.bases[docs]
    if not layout.several:
        return Spots(postings.spots(begins, places))
    owners, positions = owned_positions(postings, places)
    if (positions + ROOM > (layout.bases[docs + 1] - begins)[owners]).any():
        return None
    return Spots(begins[owners] + positions.astype(begins.dtype))
