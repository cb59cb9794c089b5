"""Columns over a whole snapshot: those of its segments concatenated, with facet values in one sorted table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Ints, starts_of
from searchq.index.format.segment_data import Facet
from searchq.index.format.strings import Numbering

__all__ = ["FacetColumn", "facet_column", "joined"]


class FacetColumn(NamedTuple):
    """A facet over a whole snapshot: sorted values, and each document's codes into them.

    Single-valued: `indptr` is None and codes int32[max_doc], -1 for no value. Else a document's codes are
    `codes[indptr[doc] : indptr[doc + 1]]`, ascending.
    """

    values: tuple[str, ...]
    indptr: npt.NDArray[np.int32] | None
    codes: npt.NDArray[np.int32]


def facet_column(facets: Sequence[Facet], multi: bool) -> FacetColumn:
    """Join the facet columns of all segments."""
    values, codes = _common_values([(facet.values.tolist(), facet.codes) for facet in facets])
    if not multi:
        return FacetColumn(values, None, codes)
    counts = [np.diff(facet.starts.astype(np.int32)) for facet in facets if facet.starts is not None]
    return FacetColumn(values, starts_of(joined(counts, np.int32)).astype(np.int32), codes)


def joined(columns: Sequence[Any], dtype: Any) -> Any:
    """Concatenate columns; a single column stays a view of its file if possible."""
    if len(columns) == 1:
        return columns[0].astype(dtype, copy=False)
    return np.concatenate([np.zeros(0, dtype), *columns], dtype=dtype, casting="same_kind")


def _common_values(columns: list[tuple[list[str], Ints]]) -> tuple[tuple[str, ...], npt.NDArray[np.int32]]:
    """Return the values of several columns in one sorted table, and the codes of all columns into it, concatenated."""
    if len(columns) == 1:
        return tuple(columns[0][0]), columns[0][1].astype(np.int32)
    values = sorted({value for own, _ in columns for value in own})
    numbering = Numbering((value, code) for code, value in enumerate(values))
    to = [np.append(numbering.numbers(own), np.int32(-1)) for own, _ in columns]  # the last entry is for code -1
    codes = [own[codes] for own, (_, codes) in zip(to, columns, strict=True)]
    return tuple(values), np.concatenate([np.zeros(0, np.int32), *codes])
