"""Whoosh's table of contents for a generation: bytes stored beside the manifest, read by Whoosh only.

Whoosh requires a pickle. A search by searchq never reads it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from searchq.index.codec.codec import ArraySegment
from searchq.index.codec.fields import whoosh_schema
from searchq.index.format.manifest import SegmentEntry, toc_name

__all__ = ["toc_bytes"]

_INDEX = "MAIN"  # Whoosh's name for the only index of a directory


def toc_bytes(generation: int, segments: Sequence[tuple[SegmentEntry, npt.NDArray[np.bool_]]]) -> bytes:
    """Return the table of contents of some segments, each with its mask of live documents."""
    storage = RamStorage()
    own = [
        ArraySegment(
            _INDEX, entry.name.removeprefix(f"{_INDEX}_"), entry.docs, np.flatnonzero(~live).tolist(), native=True
        )
        for entry, live in segments
    ]
    TOC(whoosh_schema(), own, generation).write(storage, _INDEX)
    data: bytes = storage.files[toc_name(generation)]
    return data
