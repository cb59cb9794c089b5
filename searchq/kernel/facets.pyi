from collections.abc import Sequence
from typing import TypeAlias

from typing_extensions import Buffer

VERSION: int

# A facet: its rows (unsigned, of 1, 2 or 4 bytes), each as wide; codes that do not fit (`others`) of documents
# (`owners`, ascending); the codes in the facet's own order; the totals to subtract from, of each code, then of none;
# the values by code; the width; how many are wanted; whether the most frequent are first. Whole numbers are int64.
Facet: TypeAlias = tuple[Buffer, Buffer, Buffer, Buffer, Buffer | None, tuple[str, ...], int, int, bool]

def first_values(facets: tuple[Facet, ...], docs: Buffer, /) -> Sequence[tuple[list[str], list[int], int, int]]:
    """Count facets in the rows of some documents, ascending: of each the first values, their counts, how many values
    occur, and how many documents have none. Raises ValueError where the arrays do not belong together."""
