"""Rows of words as an index stores them, made from plain numbers."""

from typing import Any

import numpy as np

from searchq.index.format.encoding import encode_varints
from searchq.index.format.positions import skip_places
from searchq.index.read.postings import STRIDE

__all__ = ["Places", "stored"]

Places = dict[int, list[int]]  # of a row: document, positions


def stored(row: Places, skips: bool) -> tuple[Any, Any, Any]:
    """Return a row as it is stored: documents, encoded positions, and, if asked for, where each STRIDEth begins."""
    numbers = [
        2 * gap + (place == 0)
        for _, places in sorted(row.items())
        for place, gap in enumerate([places[0], *np.diff(places)])
    ]
    data = encode_varints(np.array(numbers, np.uint32))[0]
    return np.array(sorted(row), np.uint16), data, skip_places(data, STRIDE) if skips else None
