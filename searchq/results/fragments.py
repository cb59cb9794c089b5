"""The fragment of a text around a window of marks: whole sentences if they fit, else cut between words."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Final, NamedTuple

from searchq.results.marks import Place, ranges
from searchq.results.sentences import (
    ABBREVIATIONS,
    MAX_LABEL_LENGTH,
    MAX_SHORTENED_LENGTH,
    is_label,
    sentence_starts,
)

__all__ = ["LONG_SENTENCE", "MAX_LENGTH", "MIN_LENGTH", "RULES", "Fragment", "fragment"]

MIN_LENGTH: Final = 160  # characters; sentences are added up to this length
MAX_LENGTH: Final = 300  # characters
LONG_SENTENCE: Final = 600  # characters; one up to this length is shown whole all the same
LEAD: Final = 70  # characters before the first mark if its sentence starts too far away
_MARGIN: Final = 30  # characters before the reach of a fragment, which may hold the label of its first sentence
RULES: Final = (
    ABBREVIATIONS, is_label, MIN_LENGTH, MAX_LENGTH, LONG_SENTENCE, LEAD, _MARGIN,
    MAX_LABEL_LENGTH, MAX_SHORTENED_LENGTH,
)  # of the same in C  # fmt: skip


class Fragment(NamedTuple):
    """A part of a text, what to highlight in it, and whether it begins and ends the text."""

    text: str
    highlights: tuple[tuple[int, int], ...]
    starts: bool
    ends: bool


def fragment(text: str, first: int, last: int, marks: list[Place]) -> Fragment:
    """Return the fragment around the characters `first` to `last`, stripped, with those of the marks within it."""
    start, end = _widened(text, first, last)
    body = text[start:end]
    start, end = start + len(body) - len(body.lstrip()), start + len(body.rstrip())
    inside = [mark for mark in marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))] if mark[1] <= end]
    starts, ends = not text[:start].strip(), not text[end : end + 200].strip()
    return Fragment(text[start:end], ranges(inside, start), starts, ends)


def _widened(text: str, first: int, last: int) -> tuple[int, int]:
    """Extend `first` to `last` to whole sentences: to a long one where no shorter ones fit, else between words.

    … sentence. |Sentence with a mark and another. Sentence.| Sentence …
                start          first .. last             end
    """
    befores, ends = _boundaries(text, first, last)
    nearest = befores[-1] if befores else _start_of_long_sentence(text, first, last)
    length = ends[0] - nearest if ends and nearest is not None else 0
    if nearest is not None and (MAX_LENGTH if befores else 0) < length <= LONG_SENTENCE:
        return nearest, ends[0]
    start = befores[-1] if befores else _some_words_before(text, first)
    end = max((end for end in ends if end - start <= MAX_LENGTH), default=None)
    if end is None:
        return start, _blank_before(text, last, start + MAX_LENGTH)
    return (_lengthened(befores, end) if befores else start), end


def _boundaries(text: str, first: int, last: int) -> tuple[list[int], list[int]]:
    """The starts of sentences before `first`, within reach, and their ends after `last`, until there are enough."""
    low, high = max(0, last - MAX_LENGTH), min(len(text), first + LONG_SENTENCE)
    starts = sentence_starts(text, max(0, low - _MARGIN), high)
    befores: list[int] = []
    ends: list[int] = []
    for place in chain(starts, [len(text)] * (high == len(text))):
        if place <= first < len(text):
            befores += [place] if place >= low else []
        elif place > last or place == len(text):
            ends.append(place)
            if place - (befores[-1] if befores else _some_words_before(text, first)) >= MIN_LENGTH:
                break
    return befores, ends


def _some_words_before(text: str, first: int) -> int:
    return _blank_after(text, max(0, first - LEAD), first)


def _start_of_long_sentence(text: str, first: int, last: int) -> int | None:
    """The start of the sentence that contains `first`, unless it is too far away even for a long one."""
    starts = sentence_starts(text, max(0, last - LONG_SENTENCE), last)
    return max((start for start in starts if start <= first < len(text)), default=None)


def _lengthened(befores: Sequence[int], end: int) -> int:
    """The start that makes a fragment up to `end` long enough, if one does."""
    near = [place for place in befores if end - place <= MAX_LENGTH]
    return next((place for place in reversed(near) if end - place >= MIN_LENGTH), near[0])


def _blank_after(text: str, place: int, at_most: int) -> int:
    """The start of the first word at or after `place`."""
    while 0 < place < at_most and not text[place - 1].isspace():
        place += 1
    return place


def _blank_before(text: str, at_least: int, place: int) -> int:
    """The end of the last word at or before `place`."""
    place = min(place, len(text))
    while at_least < place < len(text) and not text[place].isspace():
        place -= 1
    return max(place, at_least)
