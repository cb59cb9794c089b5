"""Decodes the positions of postings (see `segment_data.ZonePostings` for the encoding).

For a query they are decoded as *absolute positions*: each counts from the origin of its document, so that one
ascending array gives both document and position. A running sum over all bytes gives every position except the offset
of its posting, which is corrected in the same pass that adds the origin:

    bytes       2·17+1  2·3  2·380  2·3+1         two postings: 17 20 400 │ 3
    sums        17  20  400  403                  origins 1000 and 2000
    and         +1000 … …    +1600                absolute 1017 1020 1400 │ 2003
"""

from types import ModuleType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Bytes, Ints, decode_varints, gather_ranges, with_end
from searchq.kernel import built

__all__ = ["Origins", "first_positions", "in_c", "posting_bytes", "read_frequencies", "read_positions", "skip_places"]

_BLOCK: Final = 1 << 17  # bytes decoded at once: intermediate arrays stay in the cache
Origins = npt.NDArray[np.signedinteger[Any]]  # int32 or int64, as wide as the positions counted from them


in_c: ModuleType | None = built("positions")  # some ten times as fast


def read_positions(data: Bytes, origins: Origins, chosen: Ints | None = None, begins: Ints | None = None) -> Origins:
    """Decode positions from the bytes of whole rows, each counted from the origin of its posting.

    If `chosen` (ascending) is given, only those postings, with as many origins. `begins` is `posting_bytes(data)`, if
    known.
    """
    if in_c is not None:
        found = np.empty(len(data), origins.dtype)  # an upper bound, as below
        chosen = None if chosen is None else np.ascontiguousarray(chosen)
        return found[: in_c.read_positions(data, np.ascontiguousarray(origins), chosen, begins, found)]
    if chosen is not None:
        begins = posting_bytes(data) if begins is None else begins
        firsts = begins[chosen]
        data = gather_ranges(data, firsts, begins[chosen + 1] - firsts)
    found = np.empty(len(data), origins.dtype)  # an upper bound; the system allocates only memory that is written
    first = filled = posting = 0
    while first < len(data):
        last = _varint_end(data, first + _BLOCK)
        steps = decode_varints(data[first:last])
        heads = (steps & 1).astype(np.bool_).nonzero()[0]  # on booleans, which is several times faster
        steps >>= 1
        moves = steps.view(np.int32)
        own = moves.cumsum(dtype=origins.dtype, out=found[filled : filled + len(moves)])
        shifts = np.empty(len(heads) + 1, origins.dtype)
        shifts[0] = found[filled - 1] if filled else 0  # the posting that began in the block before
        shifts[1:] = origins[posting : posting + len(heads)] + moves[heads] - own[heads]
        sizes = with_end(heads, len(moves))
        sizes[1:] -= heads
        own += shifts.repeat(sizes)
        first, filled, posting = last, filled + len(moves), posting + len(heads)
    return found[:filled]


def _varint_end(data: Bytes, place: int) -> int:
    """Return the first place from `place` on that is between two varints."""
    while place < len(data) and data[place - 1] >= 128:
        place += 1
    return min(place, len(data))


def read_frequencies(places: Bytes) -> npt.NDArray[np.float32]:
    """Count the positions of each posting, from the bytes of whole rows: float32."""
    if in_c is not None:
        found = np.empty(len(places), np.float32)
        return found[: in_c.read_frequencies(places, found)]
    before = np.zeros(len(places) + 1, np.int32)  # the number of varints before each byte
    np.cumsum(places < 128, out=before[1:])
    return np.diff(before[posting_bytes(places)]).astype(np.float32)


def first_positions(places: Bytes) -> Ints:
    """Return the first position of each posting, from the bytes of whole rows: uint32."""
    if in_c is not None:
        found = np.empty(len(places), np.uint32)
        return found[: in_c.first_positions(places, found)]
    steps = decode_varints(places)
    return steps[(steps & 1).astype(np.bool_)] >> 1


def skip_places(places: Bytes, every: int) -> Ints:
    """Return where the first posting and each `every`th after it begin in the bytes of a row: uint32."""
    if in_c is not None:
        found = np.empty(len(places) // every + 1, np.uint32)
        return found[: in_c.skip_places(places, every, found)]
    return posting_bytes(places)[:-1:every].astype(np.uint32)


def posting_bytes(places: Bytes) -> Ints:
    """Return where each posting begins in the bytes of whole rows, and the end: int64[postings + 1]."""
    odd = places & 1
    odd[1:] &= places[:-1] < 128  # not within a varint
    return with_end(odd.view(np.bool_).nonzero()[0], len(places))
