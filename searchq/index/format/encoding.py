"""Compact number encodings over whole arrays: varints, one-byte weights, gathering of ranges.

    varint   seven bits per byte, low bits first; a byte below 128 ends the number
    weight   one byte: four bits of exponent, four of fraction, like Lucene's norms (SmallFloat)

             code = eeee ffff      value = (16 + ffff) × 2^(eeee - 8)      code 0 is the least weight, 1/16

Whole numbers up to 32 and every usual fraction (1/2, 3/4, 1 1/2) are exact; others are within 1 part in 32.
"""

from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from searchq.index.format.checked_array import within

__all__ = [
    "WEIGHTS",
    "WEIGHT_BOUNDS",
    "Bytes",
    "Floats",
    "Ints",
    "bounds",
    "changes",
    "decode_varints",
    "dense_ranks",
    "distinct",
    "encode_varints",
    "encode_weights",
    "gather_ranges",
    "narrowest",
    "stable_order",
    "starts_of",
    "with_end",
]

Ints = npt.NDArray[np.integer[Any]]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

WEIGHTS: Final[Floats] = ((16 + np.arange(256) % 16) * 2.0 ** (np.arange(256) // 16 - 8)).astype(np.float32)
_Type = TypeVar("_Type", bound=np.generic)

WEIGHT_BOUNDS: Final[Floats] = ((WEIGHTS[1:] + WEIGHTS[:-1]) / 2).astype(np.float32)  # between two codes
_CHUNK: Final = 1 << 18  # elements gathered at once: the index array (2 MB) stays in the cache


def encode_weights(weights: Floats) -> Bytes:
    """Return the code of the nearest weight: uint8 of the same shape; `WEIGHTS[codes]` decodes."""
    return np.searchsorted(WEIGHT_BOUNDS, weights).astype(np.uint8)


def encode_varints(values: Ints) -> tuple[Bytes, Bytes]:
    """Encode values from 0 to 2^32-1; return the bytes, and the byte count of each value (uint8, same length)."""
    rest = values.astype(np.uint32)
    sizes = np.ones(len(rest), np.uint8)
    for bits in (7, 14, 21, 28):
        wide = rest >= np.uint32(1 << bits)
        if not wide.any():
            break
        sizes += wide
    ends = np.cumsum(sizes, dtype=np.int64)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    starts = ends - sizes
    if len(out) == len(rest):
        return rest.astype(np.uint8), sizes
    out[starts] = rest & 127 | (sizes > 1).astype(np.uint32) << 7
    where = np.flatnonzero(sizes > 1)
    depth = 1
    while len(where):
        more = (sizes[where] > depth + 1).astype(np.uint32) << 7
        out[starts[where] + depth] = rest[where] >> np.uint32(7 * depth) & 127 | more
        depth += 1
        where = where[sizes[where] > depth]
    return out, sizes


def decode_varints(data: Bytes) -> npt.NDArray[np.uint32]:
    """Decode a run of whole varints: uint32."""
    ends = data < 128
    values = data[ends].astype(np.uint32)  # the last byte of each varint: nearly all have one byte
    before = (~ends).nonzero()[0]  # the few bytes that are not the last of their varint
    if not len(before):
        return values
    owners = before - np.arange(len(before))
    while len(before):
        nearest = changes(owners[::-1])[::-1]  # the next lower byte in each varint
        at = owners[nearest]
        values[at] = values[at] << 7 | (data[before[nearest]] & 127)
        before, owners = before[~nearest], owners[~nearest]
    return values


def gather_ranges(source: npt.NDArray[_Type], starts: Ints, counts: Ints) -> npt.NDArray[_Type]:
    """Concatenate `source[starts[i] : starts[i] + counts[i]]` for every i; same dtype as `source`."""
    source = within(source, starts, counts)
    stops = starts_of(counts)
    total = int(stops[-1])
    shift = starts.astype(np.int64) - stops[:-1]
    if total <= _CHUNK:
        return source.take(_moved(0, total, shift, counts))
    out = np.empty(total, source.dtype)
    first = 0
    while first < len(counts):
        last = max(int(stops.searchsorted(stops[first] + _CHUNK, "right")) - 1, first + 1)
        low, high = int(stops[first]), int(stops[last])
        if last == first + 1:
            out[low:high] = source[low + shift[first] : high + shift[first]]
        else:
            source.take(_moved(low, high, shift[first:last], counts[first:last]), out=out[low:high])
        first = last
    return out


def _moved(low: int, high: int, shift: Ints, counts: Ints) -> npt.NDArray[np.int64]:
    """Return the places from `low` to `high`, in runs of `counts[i]`, each run moved by `shift[i]`."""
    places = np.arange(low, high)
    places += shift.repeat(counts)
    return places


def bounds(starts: Ints, row: int) -> tuple[int, int]:
    """Return where a row begins and ends, of several consecutive ones."""
    first, end = starts[row : row + 2].tolist()
    return first, end


def with_end(starts: Ints, end: int) -> npt.NDArray[np.int64]:
    """Append the end of the last run to the starts of consecutive runs: int64[n + 1]."""
    bounds = np.empty(len(starts) + 1, np.int64)
    bounds[:-1] = starts
    bounds[-1] = end
    return bounds


def starts_of(counts: Ints) -> npt.NDArray[np.int64]:
    """Return where each of several consecutive runs starts: int64[n + 1]; the last is the total."""
    starts = np.zeros(len(counts) + 1, np.int64)
    counts.cumsum(out=starts[1:])
    return starts


def changes(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """Return True where a value differs from the one before it; always True for the first."""
    changed = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def distinct(values: npt.NDArray[_Type]) -> npt.NDArray[_Type]:
    """Return the distinct values, ascending. `numpy.unique` does the same, but first loads `numpy.ma`: 8 ms."""
    ordered = np.sort(values)
    return ordered[changes(ordered)]


def dense_ranks(numbers: Ints) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Return the distinct numbers (none negative), ascending, and each number's rank among them: int32, same length."""
    present = np.zeros(int(numbers.max()) + 1 if len(numbers) else 0, np.bool_)
    present[numbers] = True
    places = np.cumsum(present, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(present), places[numbers]


def stable_order(keys: Ints, limit: int) -> npt.NDArray[np.intp]:
    """Argsort keys from 0 to `limit` - 1, stable, by 16-bit radix passes: 15 times faster than a merge sort."""
    if limit <= 1 << 16:
        return np.argsort(keys.astype(np.uint16, copy=False), kind="stable")
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    return order[np.argsort((keys[order] >> 16).astype(np.uint16), kind="stable")]


def narrowest(values: Ints) -> Ints:
    """Convert values (none negative) to the narrowest of uint8, uint16, uint32 that fits them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(np.uint8 if top < 1 << 8 else np.uint16 if top < 1 << 16 else np.uint32)
