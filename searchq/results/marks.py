"""Marks: the places of matched words in texts that were joined to be searched, as ranges of each text."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from searchq.results import compiled

__all__ = ["JOINT", "Place", "by_text", "ranges"]

Place: TypeAlias = tuple[int, int, int, float]  # start, end, index of the term, rarity of the term
JOINT: Final = "\n"


def by_text(places: list[Place], texts: Sequence[str]) -> list[list[Place]]:
    """The marks of each joined text, ascending and disjoint; drops marks that cross a boundary."""
    if compiled.marks:
        return compiled.marks.by_text(places, tuple(map(len, texts)))
    return list(map(_disjoint, _split(places, texts)))


def _split(places: list[Place], texts: Sequence[str]) -> list[list[Place]]:
    found: list[list[Place]] = [[] for _ in texts]
    number, begin, end = 0, 0, len(texts[0])
    for first, last, term, weight in sorted(places):
        while first >= end + len(JOINT):
            number, begin = number + 1, end + len(JOINT)
            end = begin + len(texts[number])
        if last <= end:
            found[number].append((first - begin, last - begin, term, weight))
    return found


def _disjoint(marks: list[Place]) -> list[Place]:
    """Keep the longer one of overlapping marks."""
    if len(marks) < 2:
        return marks
    kept = [marks[0]]
    begin, end, _, _ = marks[0]
    for mark in marks[1:]:
        start, after, _, _ = mark
        if start >= end:
            kept.append(mark)
        elif after - start > end - begin:  # a phrase replaces its words
            kept[-1] = mark
        else:
            continue
        begin, end = start, after
    return kept


def ranges(marks: Iterable[Place], offset: int = 0) -> tuple[tuple[int, int], ...]:
    """The marks as plain (start, end) pairs, counted from `offset`."""
    return tuple([(start - offset, end - offset) for start, end, _, _ in marks])
