"""Pairs the sentences of a text with those of its translation, by their lengths (Gale and Church, 1993).

    one. two. three.  |  un. deux et trois.     ->     (one., un.) (two. three., deux et trois.)

A translation is about as long as its sentence. Of all ways to pair the sentences in their order, one to one, one to
two, or one left out, the cheapest is taken: what lengths differ costs, and so does what is not one to one.
"""

import re
from math import inf, sqrt
from typing import Final

__all__ = ["aligned", "sentences"]

_END: Final = re.compile(r"(?<=[.?!:;])\s*(?=[A-ZÉÀ\d\-«\"])|\n+")
_SHORTEST: Final = 3  # characters of a sentence
_STEPS: Final = ((1, 1, 0.0), (1, 0, 4.5), (0, 1, 4.5), (1, 2, 2.3), (2, 1, 2.3))  # sentences, and what they cost
_VARIANCE: Final = 6.8  # of the difference in length, a character
_MOST: Final = 40_000  # pairs of sentences to look at; a longer text is left out
_FURTHEST: Final = 8  # sentences that one text has more than the other


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: after a stop comes a capital, a figure or a dash, with or without a blank."""
    return [part.strip() for part in _END.split(text) if len(part.strip()) >= _SHORTEST]


def aligned(one: str, other: str) -> list[tuple[str, str]]:
    """Each sentence, or two, with its translation; those without are left out."""
    ours, theirs = sentences(one), sentences(other)
    if not ours or abs(len(ours) - len(theirs)) > _FURTHEST or len(ours) * len(theirs) > _MOST:
        return []
    back = _cheapest(ours, theirs, len(other) / len(one))
    place, pairs = (len(ours), len(theirs)), []
    while place != (0, 0):
        (i, j), (before_i, before_j) = place, back[place]
        if i > before_i and j > before_j:
            pairs.append((" ".join(ours[before_i:i]), " ".join(theirs[before_j:j])))
        place = back[place]
    return pairs[::-1]


def _cheapest(ours: list[str], theirs: list[str], ratio: float) -> dict[tuple[int, int], tuple[int, int]]:
    """For so many sentences of both texts, how many of them stand before the last pair on the cheapest way there."""
    cost, back = {(0, 0): 0.0}, {}
    for i in range(len(ours) + 1):
        for j in range(len(theirs) + 1):
            for more, others, dear in _STEPS:
                there = (i + more, j + others)
                if (i, j) not in cost or there[0] > len(ours) or there[1] > len(theirs):
                    continue
                length = sum(map(len, ours[i : there[0]])) * ratio, sum(map(len, theirs[j : there[1]]))
                new = cost[i, j] + dear + _difference(*length)
                if new < cost.get(there, inf):
                    cost[there], back[there] = new, (i, j)
    return back


def _difference(one: float, other: float) -> float:
    return abs(one - other) / sqrt(_VARIANCE * max((one + other) / 2, 1))
