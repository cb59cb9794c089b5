"""The window of a text that best shows why it matched: marks near each other, of many and rare terms."""

from collections import Counter
from typing import Final, NamedTuple

from searchq.results.marks import Place

__all__ = ["REPEAT", "SPAN", "Window", "densest"]

SPAN: Final = 200  # characters from first to last mark
REPEAT: Final = 0.15  # weight of the second and third occurrence of a term
_NEXT: Final = (1.0, REPEAT, REPEAT, 0.0)  # weight of the next occurrence, after 0, 1, 2, 3 or more


class Window(NamedTuple):
    """The marks from `first` to `last`, their score and their terms."""

    score: float
    first: int
    last: int
    terms: frozenset[int]


def densest(marks: list[Place]) -> Window:
    """Return the window of at most SPAN characters with the highest score; the first of equals."""
    counts: Counter[int] = Counter()
    best, best_score, last, score = (0, 0), 0.0, -1, 0.0
    for first, (start, _, term, weight) in enumerate(marks):
        while last + 1 < len(marks) and (last < first or marks[last + 1][1] - start <= SPAN):
            last += 1
            _, _, new, gain = marks[last]
            score += gain * _NEXT[min(counts[new], 3)]
            counts[new] += 1
        if score > best_score + 1e-9:
            best, best_score = (first, last), score
        counts[term] -= 1
        score -= weight * _NEXT[min(counts[term], 3)]
    return Window(best_score, *best, frozenset([mark[2] for mark in marks[best[0] : best[1] + 1]]))
