"""The weighted postings of a term, joined over all segments: in two calls of C where it was built.

One segment after another (`term_postings.py`) takes some steps for each, which a rare word in many segments feels most.
"""

from collections.abc import Sequence
from types import ModuleType

import numpy as np
import numpy.typing as npt

from searchq.index.format.blocks import BLOCK_BITS
from searchq.index.format.checked_array import place_in_file, unchecked
from searchq.index.format.encoding import WEIGHTS, Floats, Ints
from searchq.index.format.segment_data import Combined
from searchq.index.read.postings import Postings
from searchq.index.read.segment import Segment
from searchq.kernel import built

__all__ = ["CombinedReader", "combined_reader"]

in_c: ModuleType | None = built("combined")

Bounds = npt.NDArray[np.int64]


class CombinedReader:
    """The postings of the terms of a language in the segments of a snapshot; thread-safe."""

    def __init__(self, placed: Sequence[tuple[Segment, int]], language: str, combined: Sequence[Combined]) -> None:
        self._tables = [segment.part.languages[language].terms for segment, _ in placed]
        self._lives = tuple([segment.live for segment, _ in placed])
        self._combined = combined
        self._starts = tuple([unchecked(own.starts) for own in combined])
        self._docs = tuple([unchecked(own.docs) for own in combined])
        self._codes = tuple([unchecked(own.weights) for own in combined])
        self._seen = tuple([place_in_file(own.docs)[0] for own in combined])
        arrays = [(own.starts, own.docs, own.weights) for own in combined]
        firsts = [[place_in_file(array)[1] for array in own] for own in arrays]
        self._layout = np.array([[base, *own] for (_, base), own in zip(placed, firsts, strict=True)], np.int64)

    def find(self, term: str) -> Postings | None:
        """Return the live postings of a term; None if there are none. Raises IndexBroken."""
        numbers = np.array([table.find(term) for table in self._tables], np.int64)
        bounds = np.empty((len(numbers), 2), np.int64)
        if (total := self._find_rows(numbers, bounds)) < 0:
            self._compare_starts(numbers)
            total = self._find_rows(numbers, bounds)
        docs, weights = np.empty(total, np.int32), np.empty(total, np.float32)
        if (count := self._join_rows(bounds, docs, weights)) < 0:
            self._compare_rows(bounds)
            count = self._join_rows(bounds, docs, weights)
        return Postings.weighted(docs[:count], weights[:count]) if count else None

    def _find_rows(self, numbers: Bounds, bounds: Bounds) -> int:
        assert in_c is not None
        total: int = in_c.find_rows(self._starts, self._seen, self._layout, numbers, BLOCK_BITS, bounds)
        return total

    def _join_rows(self, bounds: Bounds, docs: npt.NDArray[np.int32], weights: Floats) -> int:
        assert in_c is not None
        arrays = (self._docs, self._codes, self._seen, self._lives)
        count: int = in_c.join_rows(*arrays, self._layout, bounds, BLOCK_BITS, WEIGHTS, docs, weights)
        return count

    def _compare_starts(self, numbers: Bounds) -> None:
        """Compare the blocks that tell where the rows of a term begin with their checksums."""
        for own, number in zip(self._combined, numbers.tolist(), strict=True):
            if number >= 0:
                _touch(own.starts, number, number + 2)

    def _compare_rows(self, bounds: Bounds) -> None:
        """Compare the blocks of some rows with their checksums."""
        for own, (first, end) in zip(self._combined, bounds.tolist(), strict=True):
            _touch(own.docs, first, end)
            _touch(own.weights, first, end)


def _touch(array: Ints, first: int, end: int) -> None:
    """Read some items of an array, whose blocks are thereby compared with their checksums."""
    len(array[first:end])


def combined_reader(placed: Sequence[tuple[Segment, int]], language: str) -> CombinedReader | None:
    """Return the reader of a language; None without C, or if a segment has no such postings."""
    found = [segment.part.languages[language].combined for segment, _ in placed]
    combined = [one for one in found if one is not None]
    return None if in_c is None or len(combined) < len(found) else CombinedReader(placed, language, combined)
