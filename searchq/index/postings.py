"""Postings of a term over a whole snapshot: the rows of its segments one after the other, live documents only."""

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import Floats, starts_of
from searchq.index.rows import Places, Row

__all__ = ["Postings"]


class Postings:
    """Documents of a term: docs int32[n] ascending; weights float32[n] and positions are worked out when asked for."""

    __slots__ = ("_pieces", "_weights", "docs")

    def __init__(self, docs: npt.NDArray[np.int32], pieces: list[tuple[Row, npt.NDArray[np.bool_] | None]]) -> None:
        self.docs = docs
        self._pieces = pieces  # one a segment, with the live ones of its documents (None: all)
        self._weights: Floats | None = None

    def __len__(self) -> int:
        return len(self.docs)

    @property
    def nbytes(self) -> int:
        """How much memory they take once read, about: documents, weights, and where each begins."""
        return 4 * self.docs.nbytes

    @property
    def weights(self) -> Floats:
        """How much each document holds of the term: its frequency, or the summed weight."""
        if self._weights is None:
            found = [row.weights if live is None else row.weights[live] for row, live in self._pieces]
            self._weights = found[0] if len(found) == 1 else np.concatenate(found)
        return self._weights

    def positions(self, places: npt.NDArray[np.intp] | None = None) -> Places:
        """(indptr int64[n + 1], positions int32[…]), ascending within a document; ValueError for fields without.

        `places` are places in `docs`, ascending: only their positions are decoded, and `indptr` counts by them.
        """
        found, base = [], 0
        for row, live in self._pieces:
            size = len(row.docs) if live is None else int(np.count_nonzero(live))
            own = None
            if places is not None:
                first, last = places.searchsorted([base, base + size])
                own = places[first:last] - base
            base += size
            if own is None or len(own) or len(self._pieces) == 1:
                found.append(_live_places(row, live, own))
        if len(found) == 1:
            return found[0]
        if not found:
            return np.zeros(1, np.int64), np.zeros(0, np.int32)
        counts = np.concatenate([np.diff(indptr) for indptr, _ in found])
        return starts_of(counts), np.concatenate([positions for _, positions in found])


def _live_places(row: Row, live: npt.NDArray[np.bool_] | None, chosen: npt.NDArray[np.intp] | None) -> Places:
    """The positions of the chosen live postings of a row."""
    if row.places is None:
        raise ValueError("This field keeps no positions.")
    if live is None:
        return row.places(chosen)
    alive = np.flatnonzero(live)
    return row.places(alive if chosen is None else alive[chosen])
