"""Words that differ by a letter or two.

One edit leaves one half of a word as it was: a word one edit away begins with the first half or ends in the second.
So only those are compared, found in the bytes of the dictionary all at once.

    facebook~     begins with "face":  facebook, facebok, …        ends in "book":  facbook, fabebook, …
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searchq.index.format.strings import Strings

__all__ = ["candidates", "within"]

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


def within(word: str, words: Sequence[str], most: int) -> list[int]:
    """The places of words at most `most` edits from one (Levenshtein: two letters exchanged are two edits)."""
    from rapidfuzz.distance import Levenshtein  # takes 8 ms to import, which other searches need not wait for
    from rapidfuzz.process import cdist

    edits = cdist([word], words, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.int16)[0]
    places: list[int] = (edits <= most).nonzero()[0].tolist()
    return places


def _ends_in(table: Strings, tail: bytes, first: int, last: int) -> Numbers:
    """Which of the strings from `first` to `last` end in these bytes, counted from `first`."""
    starts, ends = table.starts[first:last].astype(np.intp), table.starts[first + 1 : last + 1].astype(np.intp) - 1
    places = (ends - starts >= len(tail)).nonzero()[0]
    for offset, byte in enumerate(reversed(tail), 1):
        places = places[table.blob[ends[places] - offset] == byte]
    return places
