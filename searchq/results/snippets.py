"""Snippets: the fragments of a question that best show why it matched.

From each text take the densest window of rare terms, extended to whole sentences if they fit, else truncated between
words. Add a second fragment if it shows another text or another term. A question matched by its descriptors, its
minister or filters alone shows the start of its text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import chain
from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.question import Question
from searchq.results.highlights import Highlighter, Mark, ranges
from searchq.results.page import Snippet, Zone
from searchq.results.sentences import sentence_starts

__all__ = ["Shown", "highlights", "shown", "texts"]

MAX_SNIPPETS: Final = 2
SPAN: Final = 200  # characters from first to last mark
MIN_LENGTH: Final = 160  # characters; sentences are added up to this length
MAX_LENGTH: Final = 300  # characters
LONG_SENTENCE: Final = 600  # characters; one up to this length is shown whole all the same
LEAD: Final = 70  # characters before the first mark if its sentence starts too far away
REPEAT: Final = 0.15  # weight of the second and third occurrence of a term
_NEXT: Final = (1.0, REPEAT, REPEAT, 0.0)  # weight of the next occurrence, after 0, 1, 2, 3 or more
WORTH: Final = 0.4  # minimum score of a second fragment, relative to the first


class _Window(NamedTuple):
    """A window of one text: the marks from `first` to `last`, their score and their terms."""

    score: float
    zone: Zone
    text: str
    marks: list[Mark]
    first: int
    last: int
    terms: frozenset[int]


class Shown(NamedTuple):
    """The snippets and title highlights of a hit."""

    snippets: tuple[Snippet, ...]  # one or two, best first; none without any text
    title_highlights: tuple[tuple[int, int], ...]  # in the title, or the French title if there is no Dutch one


def shown(questions: Sequence[Question], highlighter: Highlighter) -> list[Shown]:
    """Snippets and title highlights of the questions of a page, in order."""
    bodies, titles = [list(texts(question)) for question in questions], list(map(_title, questions))
    marks = iter(highlighter.marks([*chain.from_iterable(bodies), *titles]))
    fragments = [
        _snippets([(zone, text, next(marks)) for zone, text in body], _french_answer(question))
        for question, body in zip(questions, bodies, strict=True)
    ]
    return [Shown(snippets, ranges(next(marks))) for snippets in fragments]


def _french_answer(question: Question) -> str | None:
    return question.french.answer if question.french else None


def highlights(question: Question, highlighter: Highlighter) -> dict[Zone, tuple[tuple[int, int], ...]]:
    """The ranges to highlight in the whole texts of a question; `french` has those of the French question."""
    body = list(texts(question))
    of_title, *of_body = highlighter.marks([_title(question), *body])
    found: dict[Zone, tuple[tuple[int, int], ...]] = {"title": ranges(of_title)}
    for (zone, _), marks in zip(body, of_body, strict=True):
        found.setdefault(zone, ranges(marks))
    return {zone: spans for zone, spans in found.items() if spans}


def _title(question: Question) -> tuple[Zone, str]:
    """The title with its zone, or the French title if there is no Dutch one."""
    if question.title is not None or question.french is None:
        return "title", question.title or ""
    return "french", question.french.title or ""


def _snippets(body: Sequence[tuple[Zone, str, list[Mark]]], french_answer: str | None) -> tuple[Snippet, ...]:
    """One or two fragments of the texts of a question, given with their zones and marks."""
    found = _fragments(body)
    if french_answer is None:
        return tuple(snippet for snippet, _ in found)
    return tuple(replace(snippet, is_answer=True) if text is french_answer else snippet for snippet, text in found)


def _fragments(body: Sequence[tuple[Zone, str, list[Mark]]]) -> list[tuple[Snippet, str]]:
    """The fragments, each with its text."""
    windows = [window for zone, text, marks in body if marks and (window := _densest(zone, text, marks))]
    if not windows:
        return [(_beginning(zone, text), text) for zone, text, _ in body[:1]]
    best = max(windows, key=_worth)
    others = [window for window in windows if window is not best and _adds(window, best)]
    if not others and (rest := _densest(best.zone, best.text, _outside(best), had=best.terms)):
        others.append(rest)
    others.sort(key=_worth, reverse=True)
    return [(_fragment(window), window.text) for window in [best, *others][:MAX_SNIPPETS]]


def texts(question: Question) -> Iterator[tuple[Zone, str]]:
    """The texts a fragment may come from, with their zones."""
    if question.question:
        yield "question", question.question
    if question.answer:
        yield "answer", question.answer
    if question.french:
        yield from (("french", text) for text in (question.french.question, question.french.answer) if text)


def _densest(zone: Zone, text: str, marks: list[Mark], had: Set[int] = frozenset()) -> _Window | None:
    """The window of at most SPAN characters with the highest score; the first of equals.

    Skips windows whose terms are all in `had`.
    """
    if not marks:
        return None
    terms = Counter([(term, weight) for _, _, term, weight in marks])
    counts = {term: 0 for term, _ in terms}
    if counts.keys() <= had:
        return None
    most = sum(weight * sum(_NEXT[: min(count, 3)]) for (_, weight), count in terms.items())
    best, best_score, last, score = (0, 0), 0.0, -1, 0.0
    for first, (start, _, term, weight) in enumerate(marks):
        while last + 1 < len(marks) and (last < first or marks[last + 1].end - start <= SPAN):
            last += 1
            _, _, new, gain = marks[last]
            score += gain * _NEXT[min(counts[new], 3)]
            counts[new] += 1
        if score > best_score + 1e-9:
            best, best_score = (first, last), score
            if score > most - 1e-9:  # the maximum score
                break
        counts[term] -= 1
        score -= weight * _NEXT[min(counts[term], 3)]
    shown = frozenset([mark.term for mark in marks[best[0] : best[1] + 1]])
    return None if shown <= had else _Window(best_score, zone, text, marks, *best, shown)


def _worth(window: _Window) -> float:
    return window.score


def _adds(window: _Window, best: _Window) -> bool:
    return not window.terms <= best.terms or (window.text is not best.text and window.score >= WORTH * best.score)


def _outside(window: _Window) -> list[Mark]:
    """The marks outside the fragment around a window; empty if they have no other terms."""
    if window.terms.issuperset([mark.term for mark in window.marks]):
        return []
    low, high = window.marks[window.first].start - MAX_LENGTH, window.marks[window.last].end + MAX_LENGTH
    return [mark for mark in window.marks if mark.end < low or mark.start > high]


def _beginning(zone: Zone, text: str) -> Snippet:
    start = len(text) - len(text.lstrip())
    return _cut(zone, text, *_widened(text, start, start), [])


def _fragment(window: _Window) -> Snippet:
    first, last = window.marks[window.first], window.marks[window.last]
    return _cut(window.zone, window.text, *_widened(window.text, first.start, last.end), window.marks)


def _cut(zone: Zone, text: str, start: int, end: int, marks: Sequence[Mark]) -> Snippet:
    """The fragment of the text, stripped."""
    body = text[start:end]
    start, end = start + len(body) - len(body.lstrip()), start + len(body.rstrip())
    inside = [mark for mark in marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))] if mark.end <= end]
    starts, ends = not text[:start].strip(), not text[end : end + 200].strip()
    return Snippet(zone, text[start:end], ranges(inside, start), starts, ends, zone == "answer")


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


_MARGIN: Final = 30  # characters before the reach of a fragment, which may hold the label of its first sentence


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
