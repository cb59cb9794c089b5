"""Words within an edit or two.

One edit leaves one half of a word unchanged: a word one edit away begins with the first half or ends with the second.
Only those are compared; they are found in the bytes of the whole dictionary at once.

    facebook~     begins with "face":  facebook, facebok, …        ends in "book":  facbook, fabebook, …
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import distinct
from searchq.index.format.strings import Strings

__all__ = ["candidates", "within"]

Numbers = npt.NDArray[np.intp]


def candidates(table: Strings, text: str, alike_letters: int, most: int) -> Numbers:
    """Return the numbers, in a sorted table, of words that may be within `most` edits and share the first letters."""
    first, last = table.prefix_range(text[:alike_letters])
    half = len(text) // 2
    if most != 1 or half < 1:
        return np.arange(first, last)
    low, high = (min(max(end, first), last) for end in table.prefix_range(text[:half]))
    ending = first + _ends_in(table, text[half:].encode(), first, last)
    return distinct(np.concatenate((np.arange(low, high), ending)))


def within(word: str, words: Sequence[str], most: int) -> list[int]:
    """Return the places of words within `most` edits of `word` (Levenshtein: a swap of two letters is two edits)."""
    from rapidfuzz.distance import Levenshtein  # takes 8 ms to import, which other searches do not need
    from rapidfuzz.process import cdist

    edits = cdist([word], words, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.int16)[0]
    places: list[int] = (edits <= most).nonzero()[0].tolist()
    return places


def _ends_in(table: Strings, tail: bytes, first: int, last: int) -> Numbers:
    """Return which strings from `first` to `last` end with `tail`, counted from `first`."""
    starts, ends = table.starts[first:last].astype(np.intp), table.starts[first + 1 : last + 1].astype(np.intp) - 1
    places = (ends - starts >= len(tail)).nonzero()[0]
    for offset, byte in enumerate(reversed(tail), 1):
        places = places[table.blob[ends[places] - offset] == byte]
    return places
