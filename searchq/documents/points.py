"""Numbered points of a question, each with its point of the answer.

    1. Hoeveel klachten kwamen er?     1. Er kwamen er twaalf.            1
    2. Welke?                          2 en 3. Vooral over geluid.        2, and 3 with the same answer
    3. a) Waar? b) Wanneer?

A point is told only where both texts count from 1 (or a, or i) to the same end without a gap or a second start. An
answer in other steps, a list of facts before the questions, points counted twice: nothing is said of those.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from searchq.question import Point

__all__ = ["pair_points"]

_MAX_POINTS: Final = 40
_MAX_LINK: Final = 8  # characters between the marks of two points answered together
_ABBREVIATED: Final = re.compile(
    r"\b(?:nrs?|no|n°|art|artt|p|pp|blz|bldz|st|par|hfst|cf|ca|lid|tel)\.?\s?\Z", re.IGNORECASE
)
_BETWEEN: Final = r"(?:\s?[,;&/–-]\s?|\s(?:en|et|tot(?:\sen\smet)?|à|t\.?e\.?m\.?|t/m)\s)+"
_FOLLOWS: Final = r"(?=\s|\Z|[A-ZÀ-Þ“\"‘'(-]|[a-z]{1,2}[.)])"
_PLACE: Final = re.compile(  # after a line or a sentence, whose blank may be lost
    r"[\n.?!:;)”\"»…](?=[ \t\xa0\n]{0,2}"
    r"(\(?(?:[0-9]{1,2}|[ivx]{1,4}|[IVX]{1,4}|[a-zA-Z])(?:[.)°,;&/:–-]|\s[.)°&/:–-]|\s(?:en|et|tot|à|t))"
    r"|[ARVQPavqp](?:d|ntwoord|éponse|raag|ragen|uestions?|unt(?:en)?|oints?)\s))"
)
_SPELLED: Final = (  # Vraag 1, Antwoord op vraag 1, Ad 1: before a number alone
    r"(?P<spelled>(?i:(?:(?:antwoord|réponse)\s(?:op|à|aux)\s(?:de\s|la\s)?)?"
    r"(?:vra(?:ag|gen)|questions?|punt(?:en)?|points?|ad)\s(?:nr\.?\s|n°\s?)?))?"
)


class _Kind(NamedTuple):
    """A way of counting: what its marks look like, what its labels are worth, and what a text must hold to count so.

    `second` is the mark of a second point: a quick look, before the marks are sought.
    """

    mark: re.Pattern[str]
    label: re.Pattern[str]
    labels: Sequence[str]
    second: re.Pattern[str]
    firsts: frozenset[str]  # what a mark may begin with


class _Mark(NamedTuple):
    """A mark in a text: where it stands, where its point begins, what it counts, and how it is closed."""

    start: int
    end: int
    values: tuple[int, ...]
    style: str


class _Text(NamedTuple):
    """A text and the places in it where marks may stand."""

    text: str
    places: list[int]


def _kind(label: str, labels: Sequence[str], spelled: str = "") -> _Kind:
    closed = r"|(?(spelled)(?=[ ]*[\n.:]))" if spelled else ""
    style = rf"(?P<style>[.)°]|[/:](?=\s)|(?<=\s)[-–](?=\s){closed})"
    alone = r"|(?<=[adgnst]\s2)[ ]*$" if spelled else ""
    second = rf"{labels[1]}(?<![\w]{labels[1]})(?:[.)°](?![0-9])|\s?[/:]\s|\s[-–]\s{alone})"
    return _Kind(
        re.compile(rf"{spelled}\(?(?P<list>{label}(?:[.)°]?{_BETWEEN}{label})*)\s?{style}{_FOLLOWS}"),
        re.compile(label),
        labels,
        re.compile(second, re.MULTILINE),
        frozenset(["(", *(one[0] for one in labels), *("ARVQPavqp" if spelled else "")]),
    )


_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LETTERS: Final = tuple("abcdefghijklmnopqrstuvwxyz")
_KINDS: Final = (
    _kind("[0-9]{1,2}", tuple(map(str, range(1, _MAX_POINTS + 1))), _SPELLED),
    _kind("[a-z](?![a-z])", _LETTERS),
    _kind("[ivx]{1,4}(?![a-z])", _ROMAN),
    _kind("[A-Z](?![A-Z])", tuple(label.upper() for label in _LETTERS)),
    _kind("[IVX]{1,4}(?![A-Z])", tuple(label.upper() for label in _ROMAN)),
)
_SUBKINDS: Final = _KINDS[1:3]
_RANGE: Final = re.compile(r"tot|[–-]|à|t\.?e\.?m|t/m")

_Ranges = list[tuple[int, int]]  # of the points of a text, by what they count


def pair_points(question: str | None, answer: str | None) -> tuple[Point, ...]:
    """The points of a question with those of its answer; none where they cannot be paired for certain."""
    if not question or not answer:
        return ()
    asking: _Text | None = None
    for kind in _KINDS:
        if not kind.second.search(question):
            continue
        asking = asking or _Text(question, _places(question))
        if asked := _points(asking, 0, len(question), kind):
            answering = _Text(answer, _places(answer))
            answered = _points(answering, 0, len(answer), kind)
            if answered is None or len(asked) != len(answered) or "?" not in question[asked[0][0] :]:
                return ()
            return tuple(_with_parts(asking, answering, kind.labels, asked, answered))
        if kind is _KINDS[0] and len(_marks(asking, 0, len(question), kind)) > 1:
            return ()  # numbers that do not count on: letters beside them are parts of no known point
    return ()


def _places(text: str) -> list[int]:
    return sorted({0, *(found.start(1) for found in _PLACE.finditer(text))})


def _with_parts(
    question: _Text, answer: _Text, labels: Sequence[str], asked: _Ranges, answered: _Ranges
) -> Iterator[Point]:
    """The points; of one whose parts can be paired too (`1. a)`), its parts, the first with what stands before it."""
    for label, own, reply in zip(labels, asked, answered, strict=False):
        parts = list(_parts(question, answer, own, reply)) if answered.count(reply) == 1 else []
        yield from (Point(f"{label}.{part}", *ranges) for part, ranges in parts)
        if not parts:
            yield Point(label, own, reply)


def _parts(
    question: _Text, answer: _Text, own: tuple[int, int], reply: tuple[int, int]
) -> Iterator[tuple[str, tuple[tuple[int, int], tuple[int, int]]]]:
    for kind in _SUBKINDS:
        asked = _points(question, *own, kind) if kind.second.search(question.text, *own) else None
        answered = _points(answer, *reply, kind) if asked else None
        if asked and answered and len(asked) == len(answered):
            asked[0], answered[0] = (own[0], asked[0][1]), (reply[0], answered[0][1])
            yield from zip(kind.labels, zip(asked, answered, strict=True), strict=False)
            return


def _points(text: _Text, start: int, end: int, kind: _Kind) -> _Ranges | None:
    """The points of a text in one way of counting, from the first on; None where they do not count on without a gap."""
    marks = list(_joined(text.text, _marks(text, start, end, kind)))
    runs = [run for style in dict.fromkeys(mark.style for mark in marks) if (run := _run(marks, style))]
    if len(runs) != 1 or sum(len(mark.values) for mark in runs[0]) < 2:
        return None
    ends = [*(mark.start for mark in runs[0][1:]), end]
    ranges: _Ranges = []
    for mark, stop in zip(runs[0], ends, strict=True):
        span = mark.start, mark.start + len(text.text[mark.start : stop].rstrip())
        ranges += [span] * len(mark.values)
    return ranges


def _run(marks: Sequence[_Mark], style: str) -> list[_Mark] | None:
    """The marks of one style, where they count 1, 2, 3 … each once."""
    run = [mark for mark in marks if mark.style == style]
    values = [value for mark in run for value in mark.values]
    return run if values == list(range(1, len(values) + 1)) else None


def _marks(text: _Text, start: int, end: int, kind: _Kind) -> list[_Mark]:
    """The marks between two places of a text."""
    found: list[_Mark] = []
    for at in text.places[bisect_left(text.places, start) : bisect_left(text.places, end)]:
        mark = kind.mark.match(text.text, at, end) if text.text[at] in kind.firsts else None
        if mark and (values := _values(mark["list"], kind)) and not _within(text.text, at):
            found.append(_Mark(at, mark.end(), values, mark["style"]))
    return found


def _within(text: str, at: int) -> bool:
    """Whether a mark is part of a longer number (`2.3.`) or of an abbreviation (`art. 5.`)."""
    number = at > 1 and text[at - 1] in ".," and text[at - 2].isdigit() and text[at].isdigit()
    return number or _ABBREVIATED.search(text, max(0, at - 7), at) is not None


def _joined(text: str, marks: Sequence[_Mark]) -> Iterator[_Mark]:
    """The marks; one that nothing follows but the next ("1. 2. …") counts with that."""
    waiting: _Mark | None = None
    for mark, following in pairwise([*marks, None]):
        assert mark is not None  # only the last of pairs is none
        if waiting is not None:
            mark = _Mark(waiting.start, mark.end, waiting.values + mark.values, mark.style)
        waiting = mark if following is not None and _goes_on(text, mark, following) else None
        if waiting is None:
            yield mark


def _goes_on(text: str, mark: _Mark, following: _Mark) -> bool:
    """Whether nothing stands between a mark and the next one in its count."""
    counts_on = mark.style == following.style and mark.values[-1] + 1 == following.values[0]
    near = following.start - mark.end <= _MAX_LINK
    return counts_on and near and not text[mark.end : following.start].strip(" \t\xa0\n,&-")


def _values(listed: str, kind: _Kind) -> tuple[int, ...] | None:
    """What a mark counts: `2`, `1, 2 en 3`, `1-3`; None where a label is beyond those of its kind."""
    try:
        values = [kind.labels.index(label) + 1 for label in kind.label.findall(listed)]
    except ValueError:
        return None
    if len(values) == 2 and _RANGE.search(listed) and values[0] < values[1]:
        return tuple(range(values[0], values[1] + 1))
    return tuple(values)
