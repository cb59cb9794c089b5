"""The positions of postings, read back from their bytes (how these are written: `part.ZonePostings`).

Read for a query they are *spots*: each counted from an origin of its document, so that one ascending array tells both
document and position. A running sum over all bytes gives every position but for where its posting begins, and that is
set right in the same pass that adds the origin:

    bytes       2·17+1  2·3  2·380  2·3+1         two postings: 17 20 400 │ 3
    sums        17  20  400  403                  origins 1000 and 2000
    and          +983 … ..   +1600                spots 1000 + 17, 1000 + 20, 1000 + 400, 2000 + 3
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import Bytes, Ints, decode_varints, gather_ranges

__all__ = ["Origins", "posting_bytes", "read_frequencies", "read_spots"]

Origins = npt.NDArray[np.signedinteger[Any]]  # int32 or int64, as wide as the spots counted from them


def read_spots(data: Bytes, origins: Origins, chosen: Ints | None = None, begins: Ints | None = None) -> Origins:
    """The positions of postings from the bytes of whole rows, each counted from the origin of its posting.

    `chosen` postings only, where some are: ascending, with as many origins. `begins` is `posting_bytes(data)`, where
    that is known.
    """
    if chosen is not None:
        begins = posting_bytes(data) if begins is None else begins
        firsts = begins[chosen]
        data = gather_ranges(data, firsts, begins[chosen + 1] - firsts)
    steps = decode_varints(data)
    heads = np.flatnonzero((steps & 1).astype(np.bool_))  # of booleans, which is several times quicker
    steps >>= 1
    moves = steps.view(np.int32)
    spots = np.cumsum(moves, dtype=origins.dtype)
    shifts = origins + moves[heads] - spots[heads]
    spots += np.repeat(shifts, np.diff(np.append(heads, len(steps))))
    return spots


def read_frequencies(places: Bytes, begins: Ints | None = None) -> npt.NDArray[np.float32]:
    """How many positions each posting has, from the bytes of whole rows: float32; `begins` as for `read_spots`."""
    begins = posting_bytes(places) if begins is None else begins
    before = np.zeros(len(places) + 1, np.int32)  # how many varints stand before each byte
    np.cumsum(places < 128, out=before[1:])
    return np.diff(before[begins]).astype(np.float32)


def posting_bytes(places: Bytes) -> Ints:
    """Where each posting begins in the bytes of whole rows; the last is the end: int64[postings + 1]."""
    return np.append(_heads(places), len(places))


def _heads(places: Bytes) -> Ints:
    """Where postings begin: at an odd byte that is not within a varint."""
    odd = places & 1
    odd[1:] &= places[:-1] < 128
    return np.flatnonzero(odd.view(np.bool_))
