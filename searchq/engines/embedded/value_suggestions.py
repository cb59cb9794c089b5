"""Values of a facet by the beginnings of their words, for autocompletion.

values   Bert Anciaux          Martine Taelman
keys     anciaux      bert anciaux  martine taelman  taelman       folded, sorted, from each word on
owners   0            0             1                1             the value of each
"""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.analysis.folding import fold
from searchq.engines.embedded.near_prefix import near_prefixes
from searchq.engines.embedded.snapshot_cache import Mask
from searchq.engines.embedded.vocabulary import top
from searchq.index.format.strings import Strings, strings
from searchq.index.read.columns import FacetColumn

__all__ = ["Counts", "ValueTable", "value_counts", "value_table"]

Ints = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int64]


class ValueTable(Struct, frozen=True, eq=False):
    """The values of a facet by each of their words: `keys` sorted, folded, from that word on; `owners` the value."""

    values: tuple[str, ...]
    keys: Strings
    owners: Ints
    are_whole: Mask  # keys that are the value from its beginning

    def beginning(self, typed: str, most: int, counts: Counts) -> list[tuple[str, int]]:
        """Return values in which one or more consecutive words begin as typed, by `counts`.

        Those that begin so themselves come first.
        """
        first, last = self.keys.prefix_range(typed)
        return self._best(np.arange(first, last), most, counts)

    def beginning_nearly(self, typed: str, most: int, counts: Counts) -> list[tuple[str, int]]:
        """Like `beginning`, for what begins with one slip."""
        return self._best(near_prefixes(self.keys, typed), most, counts)

    def _best(self, keys: Ints, most: int, counts: Counts) -> list[tuple[str, int]]:
        if not len(keys):
            return []
        held = np.zeros((2, len(self.values)), np.bool_)  # within, and from the beginning
        held[0, self.owners[keys]] = True
        held[1, self.owners[keys[self.are_whole[keys]]]] = True
        inner, whole = (held[0] & ~held[1]).nonzero()[0], held[1].nonzero()[0]
        found = [int(owners[place]) for owners in (whole, inner) for place in top(counts[owners], most)]
        return [(self.values[owner], int(counts[owner])) for owner in found if counts[owner]][:most]


_WORD_STARTS: Final = re.compile(r"(?<![^\W_])[^\W_]")


def value_table(column: FacetColumn) -> ValueTable:
    """Return the table of a facet's values."""
    rows = []
    for number, value in enumerate(column.values):
        key = fold(value.lower())
        starts = [match.start() for match in _WORD_STARTS.finditer(key)]
        rows += [(key[start:], number, start == starts[0]) for start in starts]
    rows.sort()
    return ValueTable(
        column.values,
        strings([key.replace("\n", " ") for key, _, _ in rows]),
        np.array([number for _, number, _ in rows], np.int64),
        np.array([is_whole for _, _, is_whole in rows], np.bool_),
    )


def value_counts(column: FacetColumn, mask: Mask | None) -> Counts:
    """Count the documents in the mask (None: all) with each value."""
    codes = column.codes
    if mask is not None:
        codes = codes[mask if column.indptr is None else np.repeat(mask, np.diff(column.indptr))]
    return np.bincount(codes[codes >= 0], minlength=len(column.values))
