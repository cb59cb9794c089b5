"""The positions of words: the texts of a zone are laid end to end, so every place in all documents is one number.

    document    0                          1
    text        de  trein  van  de  dag    de           dag
    position    0   1      2    3   4      5 + DOC_GAP  6 + DOC_GAP
    de          0               3          5 + DOC_GAP

DOC_GAP positions stay empty between two documents. So the positions of any two words of a zone compare directly,
and nothing within DOC_GAP of a position is in another document. As DOC_GAP is more than 64, no 64 consecutive positions
belong to two documents.

The positions of a frequent word are slow to decode (a millisecond per 200,000) and often needed ("van de"): they are
cached with the snapshot, for the most frequent words as bitmaps (see `position_bitmaps`). Positions of other words are
read only for the documents that contain all words of the phrase.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.engines.embedded.array_steps import locate, owners_of
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import Docs, Places
from searchq.engines.embedded.execution.position_bitmaps import PAD, SHIFT, WORD, Bits, bitmap_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import starts_of
from searchq.index.read.postings import owned_positions
from searchq.index.schema import FIELDS, POSITION_GAP, ZONES
from searchq.limits import MAX_WORD_DISTANCE
from searchq.query.tree import Term

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = [
    "DOC_GAP",
    "Numbers",
    "PositionBitmap",
    "PositionList",
    "PositionSpace",
    "TermAmong",
    "Word",
    "located",
    "position_space",
    "positions_of",
    "term_among",
]

DOC_GAP: Final = MAX_WORD_DISTANCE + 1  # empty positions between two documents
_VALUES: Final = 32  # values per zone, POSITION_GAP apart; a document with more uses `spans`
_SEVERAL: Final = frozenset(zone.name for zone in ZONES if zone.several)
_DENSE: Final = 64  # a word at one in this many positions is a bitmap, at most twice as large as its positions

Numbers = npt.NDArray[np.signedinteger[Any]]


class PositionSpace(Struct, frozen=True, eq=False):
    """The positions of a zone.

    bases int32[max_doc + 1], int64 in a very large index: the position at which each document begins; owners
    int32[words]: the document that each number of 64 bits belongs to; `several`: documents may hold several values, and
    so more positions than are provided for.
    """

    several: bool
    bases: Numbers
    owners: npt.NDArray[np.int32]

    def docs_of(self, positions: Numbers) -> Docs:
        """Return the documents of some positions, ascending, each once."""
        return owners_of(positions, SHIFT, self.owners, len(self.bases) - 1)

    def docs_of_bits(self, bits: Bits) -> Docs:
        """Return the documents that have a bit, ascending."""
        return owners_of((bits != 0).nonzero()[0], 0, self.owners, len(self.bases) - 1)


class PositionList(Struct, frozen=True, eq=False):
    """A word as its positions, ascending: int32, or int64 as the bases are."""

    positions: Numbers

    @property
    def nbytes(self) -> int:
        return self.positions.nbytes


class PositionBitmap(Struct, frozen=True, eq=False):
    """A word as a bit at each of its positions."""

    bits: Bits

    @property
    def nbytes(self) -> int:
        return self.bits.nbytes


Word: TypeAlias = PositionList | PositionBitmap


def positions_of(words: Sequence[Term], context: SearchContext) -> list[Word] | None:
    """Return the positions of words of one zone, at least in the documents that contain all; each word must occur.

    None if a document has more values than supported.
    """
    space = position_space(words[0].field, context.view)
    found = [context.postings(word.field, word.text) for word in words]
    together: list[Places] | None = None
    positions: list[Word] = []
    for number, (word, postings) in enumerate(zip(words, found, strict=True)):
        assert postings is not None  # the word occurs
        context.check()
        if context.view.is_frequent(postings):
            own = _kept(postings, word.field, word.text, space, context.view)
        else:
            together = _places_in_common(found, context) if together is None else together
            own = _placed(postings, together[number], space)
        if own is None:
            return None
        positions.append(own)
    return positions


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
    return located(view.postings(field, term), docs, view)


def located(postings: "Postings | None", docs: Docs, view: SnapshotCache) -> TermAmong:
    """Return a term in some documents, ascending, by its postings, None if there are none."""
    if postings is None:
        return TermAmong(np.empty(0, np.intp))
    here, there = locate(docs, postings.docs, view.snapshot.max_doc)
    return TermAmong(here, postings, there)


def position_space(field: str, view: SnapshotCache) -> PositionSpace:
    """Return the position space of a field's zone."""
    zone = FIELDS[field].zone

    def made() -> PositionSpace:
        sizes = np.asarray(view.snapshot.lengths(zone)).astype(np.int64) + DOC_GAP
        several = zone in _SEVERAL
        bases = starts_of(sizes + _VALUES * POSITION_GAP if several else sizes) + PAD * WORD
        firsts = bases >> SHIFT  # of a document's numbers; as each has DOC_GAP to itself, it begins in one of its own
        owners = np.repeat(np.arange(len(sizes), dtype=np.int32), np.diff(firsts))
        owners = np.pad(owners, (int(firsts[0]), 2 * PAD), mode="edge" if len(owners) else "constant")
        wide = bases[-1] >= 1 << 30  # too many to count on from any position in 32 bits
        return PositionSpace(several, bases if wide else bases.astype(np.int32), owners)

    return view.once(("space", zone), made)


def _kept(postings: "Postings", field: str, term: str, space: PositionSpace, view: SnapshotCache) -> Word | None:
    def made() -> Word | None:
        own = _placed(postings, None, space)
        if own is None or len(own.positions) * _DENSE < len(space.owners) * WORD:
            return own
        return PositionBitmap(bitmap_of(own.positions, len(space.owners)))

    return view.recent(("positions", field, term), made)


def _places_in_common(found: Sequence["Postings | None"], context: SearchContext) -> list[Places]:
    """Return, for each of some postings, the places of the documents that all hold."""
    docs = [np.empty(0, np.int32) if postings is None else postings.docs for postings in found]
    rarest, *others = sorted(range(len(docs)), key=lambda number: len(docs[number]))
    common = docs[rarest]
    places = {rarest: np.arange(len(common))}
    for number in others:
        here, there = locate(common, docs[number], context.max_doc)
        common = common[here]
        places = {other: at[here] for other, at in places.items()} | {number: there}
    return [places[number] for number in range(len(docs))]


def _placed(postings: "Postings", places: Places | None, space: PositionSpace) -> PositionList | None:
    docs = postings.docs if places is None else postings.docs[places]
    begins = space.bases[docs]
    if not space.several:
        return PositionList(postings.absolute_positions(begins, places))
    owners, offsets = owned_positions(postings, places)
    if (offsets + DOC_GAP > (space.bases[docs + 1] - begins)[owners]).any():
        return None
    return PositionList(begins[owners] + offsets.astype(begins.dtype))
