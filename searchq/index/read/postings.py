"""Postings of a term over a whole snapshot: the rows of its segments concatenated, live documents only."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Bytes, Floats, Ints, starts_of
from searchq.index.format.positions import Origins, in_c, posting_bytes, read_positions, skip_places
from searchq.index.read.term_postings import Stored, TermPostings

__all__ = ["STRIDE", "Piece", "Positions", "Postings", "StoredRow", "owned_positions"]

STRIDE: Final = 64  # of so many postings in a row the place of one is kept, where any is; as in kernel/near.c

_POSITION_BITS: Final = 32
_OBJECTS: Final = 1024  # bytes of the objects of a piece
Positions = tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]  # (indptr, positions)
Places = npt.NDArray[np.intp]
Alive = npt.NDArray[np.bool_] | None  # which documents of a row are live; None: all


class Piece(NamedTuple):
    """The postings of a term in one segment."""

    row: TermPostings
    live: Alive = None
    base: int = 0  # the number of the segment's first document


class StoredRow(NamedTuple):
    """A word in a segment: its documents, their encoded positions, and, if kept, where each STRIDEth begins."""

    docs: Ints
    places: Bytes
    skips: Ints | None = None


class Postings:
    """Documents of a term: docs int32[n] ascending, weights float32[n] and positions, each read on demand."""

    __slots__ = ("_begins", "_docs", "_rows", "_size", "_was_read", "_weights", "pieces")

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces  # one per segment that holds the term
        self._size = sum(len(row.docs) if live is None else int(np.count_nonzero(live)) for row, live, _ in pieces)
        self._docs: npt.NDArray[np.int32] | None = None
        self._weights: Floats | None = None
        self._begins: Ints | None = None  # where postings begin in the bytes of all rows
        self._rows: dict[int, tuple[StoredRow, ...]] = {}  # with their skips, by segment
        self._was_read = False  # positions of some documents

    @classmethod
    def weighted(cls, docs: npt.NDArray[np.int32], weights: Floats) -> "Postings":
        """Return postings whose documents and weights are at hand; they have no positions."""
        found = cls(())
        found._docs, found._weights, found._size = docs, weights, len(docs)
        return found

    def __len__(self) -> int:
        return self._size

    @property
    def is_merged(self) -> bool:
        """Return whether these are the rows of several words, merged."""
        return any(piece.row.is_merged for piece in self.pieces)

    @property
    def nbytes(self) -> int:
        """Estimate the memory used once read: documents, weights, where postings begin; the order of merged ones."""
        return len(self.pieces) * _OBJECTS + (10 if self.is_merged else 3) * 4 * self._size

    @property
    def docs(self) -> npt.NDArray[np.int32]:
        """Return the documents, ascending."""
        if self._docs is None:
            found = list(map(_docs_of, self.pieces))
            self._docs = found[0] if len(found) == 1 else np.concatenate(found)
        return self._docs

    @property
    def bases(self) -> list[int]:
        """Return the number of the first document of each segment that holds the term."""
        return [piece.base for piece in self.pieces]

    def rows(self, base: int, *, skips: bool = False) -> tuple[StoredRow, ...]:
        """Return the stored rows in the segment numbered from `base`; their `skips`, once asked for, are kept."""
        if base in self._rows:
            return self._rows[base]
        stored = next((piece.row.rows for piece in self.pieces if piece.base == base), None)
        if stored is None:
            raise ValueError("This field has no positions.")
        if not skips:
            return tuple(StoredRow(docs, places) for docs, places in stored())
        found = tuple(StoredRow(docs, places, skip_places(places, STRIDE)) for docs, places in stored())
        return self._rows.setdefault(base, found)

    @property
    def weights(self) -> Floats:
        """Return the frequency, or summed weight, of the term in each document."""
        if self._weights is None:
            found = [row.weights if live is None else row.weights[live] for row, live, _ in self.pieces]
            self._weights = found[0] if len(found) == 1 else np.concatenate(found)
        return self._weights

    def positions(self) -> Positions:
        """Return (indptr int64[n + 1], positions int32[…]), ascending per document; ValueError without any."""
        owners, positions = owned_positions(self)
        return starts_of(np.bincount(owners, minlength=len(self))), positions

    def absolute_positions(self, origins: Origins, places: Places | None = None) -> Origins:
        """Return the positions, each counted from the origin of its document, ascending.

        `places` are places in `docs`, ascending: only their positions are decoded. There are as many origins, so far
        apart that no document reaches the next origin. Raises ValueError for fields without positions.
        """
        if not self.pieces:
            raise ValueError("This field has no positions.")
        alive = _alive(self.pieces)
        chosen = places if alive is None else alive if places is None else alive[places]
        bounds = starts_of(np.array([len(row.docs) for row, *_ in self.pieces])).tolist()
        found = [_places(row, chosen, base) for (row, *_), base in zip(self.pieces, bounds[:-1], strict=True)]
        data = found[0][0] if len(found) == 1 else np.concatenate([data for data, _ in found])
        if any(owners is not None for _, owners in found):
            owners = [_numbered(own, *ends) for (_, own), ends in zip(found, pairwise(bounds), strict=True)]
            return _merged(data, np.concatenate(owners), origins, chosen, bounds[-1])
        if chosen is not None and self._begins is None and (self._was_read or in_c is None):
            self._begins = posting_bytes(data).astype(np.int32)
        self._was_read |= chosen is not None  # once, C walks from posting to posting in less than this takes
        return read_positions(data, origins, chosen, self._begins)


def owned_positions(postings: Postings, places: Places | None = None) -> tuple[Places, npt.NDArray[np.int32]]:
    """Return all positions, document after document, each with its owner: (owners intp[…], positions int32[…]).

    An owner is a place in `places` (see `Postings.absolute_positions`) if given, else in `docs`.
    """
    count = len(postings.docs) if places is None else len(places)
    found = postings.absolute_positions(np.arange(count, dtype=np.int64) << _POSITION_BITS, places)
    return found >> _POSITION_BITS, (found & ((1 << _POSITION_BITS) - 1)).astype(np.int32)


def _docs_of(piece: Piece) -> npt.NDArray[np.int32]:
    docs = piece.row.docs.astype(np.int32)
    docs = docs if piece.live is None else docs[piece.live]
    docs += np.int32(piece.base)
    return docs


def _alive(pieces: Sequence[Piece]) -> Places | None:
    """Return the places of live documents in the rows of all pieces; None if all are live."""
    if all(piece.live is None for piece in pieces):
        return None
    return np.flatnonzero(
        np.concatenate([np.ones(len(row.docs), np.bool_) if live is None else live for row, live, _ in pieces])
    )


def _places(row: TermPostings, chosen: Places | None, base: int) -> Stored:
    """Return the stored positions of the chosen postings in this row, which is numbered from `base`."""
    if row.places is None:
        raise ValueError("This field has no positions.")
    if chosen is None:
        return row.places(None)
    first, last = chosen.searchsorted([base, base + len(row.docs)])
    return row.places(chosen[first:last] - base)


def _numbered(owners: Ints | None, first: int, last: int) -> Ints:
    """Return the owner of each posting of a row, numbered across all rows."""
    return np.arange(first, last) if owners is None else owners + first


def _merged(data: Bytes, owners: Ints, origins: Origins, chosen: Places | None, size: int) -> Origins:
    """Return the absolute positions of documents with several postings, one per word; `owners` are their documents."""
    if chosen is None:
        return np.sort(read_positions(data, origins[owners]))
    place = np.full(size, -1, np.intp)
    place[chosen] = np.arange(len(chosen))
    found = place[owners]
    wanted = np.flatnonzero(found >= 0)
    return np.sort(read_positions(data, origins[found[wanted]], wanted))
