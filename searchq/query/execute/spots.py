"""Where words stand: the texts of a zone laid end to end, so that each place in all documents is one number, a spot.

    document    0                          1
    text        de  trein  van  de  dag    de      dag
    spot        0   1      2    3   4      5 + ROOM  6 + ROOM
    de          0               3          5 + ROOM                ROOM spots stay empty between two documents

So the spots of any two words of a zone compare as they are, whichever documents they were read for, and nothing within
`ROOM` of a spot lies in another document.

The spots of a frequent word are dear to decode (a millisecond each 100,000) and asked for over and over ("van de"):
they are kept with the view. Those of other words are read only in the documents that hold all words of the phrase.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import gather_ranges, starts_of
from searchq.index.schema import FIELDS, POSITION_GAP, ZONES
from searchq.limits import MAX_WORD_DISTANCE
from searchq.query.execute.matches import Docs, Places, locate
from searchq.query.execute.run import Run
from searchq.query.view import View

if TYPE_CHECKING:
    from whoosh.query import Term

    from searchq.index.postings import Postings

__all__ = ["ROOM", "Spots", "positions_in", "spots_of"]

ROOM: Final = MAX_WORD_DISTANCE + 1  # empty spots between two documents
_VALUES: Final = 32  # values of one zone that stand POSITION_GAP apart; a document with more is looked at otherwise
_SEVERAL: Final = frozenset(zone.name for zone in ZONES if zone.several)

Numbers = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """A word in some documents: docs int[n] ascending; spots int32 or int64, ascending, of docs[i] those from
    starts[i] to starts[i + 1]: int[n + 1]."""

    docs: Numbers
    starts: Numbers
    spots: Numbers

    @property
    def nbytes(self) -> int:
        """How much memory they take besides the postings they were read from."""
        return self.starts.nbytes + self.spots.nbytes

    def docs_of(self, hit: npt.NDArray[np.bool_]) -> Docs:
        """The documents of the spots that are hit (bool, as many as there are spots)."""
        counts = np.zeros(len(hit) + 1, np.int32)
        np.cumsum(hit, out=counts[1:])
        at = counts[self.starts]
        return self.docs[at[1:] > at[:-1]].astype(np.intp)


def spots_of(words: Sequence["Term"], run: Run) -> list[Spots] | None:
    """The spots of words of one zone, each at least where all stand; each must stand somewhere.

    None where a document has more values than are provided for.
    """
    zone = FIELDS[words[0].fieldname].zone
    found = [run.postings(word.fieldname, word.text) for word in words]
    together: Numbers | None = None
    spots: list[Spots] = []
    for word, postings in zip(words, found, strict=True):
        assert postings is not None  # it stands somewhere
        run.check()
        if run.view.is_frequent(postings):
            own = _kept(postings, word.fieldname, word.text, run.view)
        else:
            together = _holding_all(found, run) if together is None else together
            places = locate(together, postings.docs, run.max_doc)[1]
            own = _placed(postings, places, zone, run.view)
        if own is None:
            return None
        spots.append(own)
    return spots


def positions_in(field: str, term: str, docs: Docs, view: View) -> tuple[Places, Numbers, Numbers]:
    """Where a term of a zone stands in some documents: which of them hold it (places in `docs`), in how many positions
    each, and these positions one document after the other."""
    postings = view.postings(field, term)
    if postings is None:
        return _NOWHERE
    here, there = locate(docs, postings.docs, view.snapshot.max_doc)
    kept = _kept(postings, field, term, view) if view.is_frequent(postings) else None
    if kept is None:
        indptr, positions = postings.positions(there)
        return here, np.diff(indptr), positions
    firsts = kept.starts[there]
    counts = kept.starts[there + 1] - firsts
    begins = _bases(FIELDS[field].zone, view)[kept.docs[there]]
    return here, counts, gather_ranges(kept.spots, firsts, counts) - np.repeat(begins, counts)


_NOWHERE: Final = (np.empty(0, np.intp), np.empty(0, np.int32), np.empty(0, np.int32))


def _kept(postings: "Postings", field: str, term: str, view: View) -> Spots | None:
    return view.recent(("spots", field, term), lambda: _placed(postings, None, FIELDS[field].zone, view))


def _holding_all(found: Sequence["Postings | None"], run: Run) -> Numbers:
    def common(docs: Numbers, others: Numbers) -> Numbers:
        return docs[locate(docs, others, run.max_doc)[0]]

    return reduce(common, sorted((postings.docs for postings in found if postings is not None), key=len))


def _placed(postings: "Postings", places: Places | None, zone: str, view: View) -> Spots | None:
    bases = _bases(zone, view)
    docs = postings.docs if places is None else postings.docs[places]
    indptr, positions = postings.positions(places)
    begins = bases[docs]
    if (positions[indptr[1:] - 1] + ROOM > bases[docs + 1] - begins).any():
        return None
    return Spots(docs, indptr.astype(bases.dtype), np.repeat(begins, np.diff(indptr)) + positions)


def _bases(zone: str, view: View) -> Numbers:
    """The spot at which each document begins: int32[max_doc + 1], int64 in a very large index."""

    def made() -> Numbers:
        sizes = np.asarray(view.snapshot.lengths(zone)).astype(np.int64) + ROOM
        bases = starts_of(sizes + _VALUES * POSITION_GAP if zone in _SEVERAL else sizes)
        return bases if bases[-1] >= 1 << 30 else bases.astype(np.int32)  # with room to count on from any spot

    return view.once(("bases", zone), made)
