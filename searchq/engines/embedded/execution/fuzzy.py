"""Words that differ by a letter or two.

One edit leaves one half of a word as it was: a word one edit away begins with the first half or ends in the second.
So only those are compared, found in the bytes of the dictionary all at once.

    facebook~     begins with "face":  facebook, facebok, …        ends in "book":  facbook, fabebook, …
"""

import numpy as np
import numpy.typing as npt

from searchq.index.format.strings import Strings

__all__ = ["alike", "candidates"]

Numbers = npt.NDArray[np.intp]


def candidates(table: Strings, text: str, alike_letters: int, most: int) -> Numbers:
    """The numbers, in a sorted table, of words that may be at most `most` edits away, the first letters alike."""
    first, last = table.prefix_range(text[:alike_letters])
    half = len(text) // 2
    if most != 1 or half < 1:
        return np.arange(first, last)
    low, high = (min(max(end, first), last) for end in table.prefix_range(text[:half]))
    ending = first + _ends_in(table, text[half:].encode(), first, last)
    return np.union1d(np.arange(low, high), ending)


def alike(word: str, other: str, most: int) -> bool:
    """Whether at most `most` edits lie between two words (Levenshtein; two letters exchanged are two edits)."""
    if abs(len(word) - len(other)) > most:
        return False
    start, shorter = 0, min(len(word), len(other))
    while start < shorter and word[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and word[-1 - end] == other[-1 - end]:
        end += 1
    word, other = word[start : len(word) - end], other[start : len(other) - end]
    if max(len(word), len(other)) <= most:
        return True
    if most < 2:  # what is left differs at both ends
        return False
    rest = ((word[1:], other[1:]), (word[1:], other), (word, other[1:]))
    return any(alike(*pair, most - 1) for pair in rest)


def _ends_in(table: Strings, tail: bytes, first: int, last: int) -> Numbers:
    """Which of the strings from `first` to `last` end in these bytes, counted from `first`."""
    starts, ends = table.starts[first:last].astype(np.intp), table.starts[first + 1 : last + 1].astype(np.intp) - 1
    places = (ends - starts >= len(tail)).nonzero()[0]
    for offset, byte in enumerate(reversed(tail), 1):
        places = places[table.blob[ends[places] - offset] == byte]
    return places
