"""Finds the strings of a sorted table that begin nearly as typed: one letter lost, added, changed or swapped.

    typed      fiest…                            the first letter must agree, which a sorted table has in one range
    strings    f i e t s e n                     swapped: two letters in a row differ, crosswise
               f i e s t a                       begins as typed: not among these

Each string is compared as a row of bytes, as many as were typed and one more.
"""

import numpy as np
import numpy.typing as npt

from searchq.index.format.strings import Strings

__all__ = ["near_prefixes"]

Rows = npt.NDArray[np.bool_]


def near_prefixes(table: Strings, typed: str, may_be: Rows | None = None) -> npt.NDArray[np.intp]:
    """Return the numbers of the strings with one slip in a prefix, ascending; `typed` has at least three letters.

    The last letter is neither added nor changed: whoever typed it may be about to type more of a longer word.
    `may_be` says which strings come into question at all.
    """
    first, last = table.prefix_range(typed[0])
    places = np.arange(first, last) if may_be is None else first + np.flatnonzero(may_be[first:last])
    return places[_has_slip(table, places, typed)] if len(places) else places


def _has_slip(table: Strings, places: npt.NDArray[np.intp], typed: str) -> Rows:
    key = np.frombuffer(typed.encode(errors="surrogatepass"), np.uint8)
    rows = _rows(table, places, len(key) + 1)
    same, later, earlier = rows[:, :-1] == key, rows[:, 1:] == key, rows[:, :-2] == key[1:]
    wrong = len(key) - same.sum(axis=1)
    leading = _run(same)
    trailing, before_last = _run(earlier[:, ::-1]), leading < len(key) - 1
    lost = leading + _run(later[:, ::-1]) >= len(key)
    added = (leading + trailing >= len(key) - 1) & (trailing > 0)
    swapped = (wrong == 2) & _is_swapped(rows, key, leading)
    one_slip = lost | added | ((wrong == 1) & before_last) | swapped
    found: Rows = one_slip & (wrong > 0)
    return found


def _rows(table: Strings, places: npt.NDArray[np.intp], length: int) -> npt.NDArray[np.uint8]:
    """Return the first bytes of some strings, zero beyond their ends: uint8[len(places), length]."""
    starts, ends = (table.starts[places + by].astype(np.int64) for by in (0, 1))
    spots = starts[:, None] + np.arange(length)
    found = table.blob[np.minimum(spots, len(table.blob) - 1)]
    return np.where(spots < ends[:, None] - 1, found, np.uint8(0))


def _run(same: Rows) -> npt.NDArray[np.intp]:
    """Return how many columns from the first on are true: intp[rows]."""
    run: npt.NDArray[np.intp] = np.where(same.all(axis=1), same.shape[1], same.argmin(axis=1))
    return run


def _is_swapped(rows: npt.NDArray[np.uint8], key: npt.NDArray[np.uint8], at: npt.NDArray[np.intp]) -> Rows:
    """Return whether the letters at a place and the next are those typed, swapped."""
    left = np.minimum(at, len(key) - 2)
    every = np.arange(len(rows))
    swapped: Rows = (rows[every, left] == key[left + 1]) & (rows[every, left + 1] == key[left])
    return swapped
