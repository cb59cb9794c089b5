"""Snippets: the fragments of a question that best show why it matched.

From each text take the densest window of rare terms, extended to whole sentences if they fit, else truncated between
words. Add a second fragment if it shows another text or another term. A question matched by its descriptors, its
minister or filters alone shows the start of its text.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.question import Question
from searchq.results.fragments import MAX_LENGTH, fragment
from searchq.results.highlights import Highlighter
from searchq.results.marks import Place, ranges
from searchq.results.page import Snippet, Zone
from searchq.results.windows import Window, densest

__all__ = ["Shown", "highlights", "shown", "texts"]

MAX_SNIPPETS: Final = 2
WORTH: Final = 0.4  # minimum score of a second fragment, relative to the first


class _Found(NamedTuple):
    """A window of one text, with all marks of the text."""

    window: Window
    zone: Zone
    text: str
    marks: list[Place]


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


def _snippets(body: Sequence[tuple[Zone, str, list[Place]]], french_answer: str | None) -> tuple[Snippet, ...]:
    """One or two fragments of the texts of a question, given with their zones and marks."""
    found = _fragments(body)
    if french_answer is None:
        return tuple(snippet for snippet, _ in found)
    return tuple(replace(snippet, is_answer=True) if text is french_answer else snippet for snippet, text in found)


def _fragments(body: Sequence[tuple[Zone, str, list[Place]]]) -> list[tuple[Snippet, str]]:
    """The fragments, each with its text."""
    found = [_Found(densest(marks), zone, text, marks) for zone, text, marks in body if marks]
    if not found:
        return [(_beginning(zone, text), text) for zone, text, _ in body[:1]]
    best = max(found, key=_worth)
    others = [one for one in found if one is not best and _adds(one, best)]
    if not others and (rest := _outside(best)):
        others = [one for one in [best._replace(window=densest(rest), marks=rest)] if _has_other_terms(one, best)]
    others.sort(key=_worth, reverse=True)
    return [(_snippet(one), one.text) for one in [best, *others][:MAX_SNIPPETS]]


def texts(question: Question) -> Iterator[tuple[Zone, str]]:
    """The texts a fragment may come from, with their zones."""
    if question.question:
        yield "question", question.question
    if question.answer:
        yield "answer", question.answer
    if question.french:
        yield from (("french", text) for text in (question.french.question, question.french.answer) if text)


def _worth(found: _Found) -> float:
    return found.window.score


def _has_other_terms(found: _Found, best: _Found) -> bool:
    return not found.window.terms <= best.window.terms


def _adds(found: _Found, best: _Found) -> bool:
    is_other = found.text is not best.text and found.window.score >= WORTH * best.window.score
    return is_other or _has_other_terms(found, best)


def _outside(found: _Found) -> list[Place]:
    """The marks outside the fragment around a window; empty if they have no other terms."""
    window, marks = found.window, found.marks
    if window.terms.issuperset([mark[2] for mark in marks]):
        return []
    low, high = marks[window.first][0] - MAX_LENGTH, marks[window.last][1] + MAX_LENGTH
    return [mark for mark in marks if mark[1] < low or mark[0] > high]


def _beginning(zone: Zone, text: str) -> Snippet:
    start = len(text) - len(text.lstrip())
    return Snippet(zone, *fragment(text, start, start, []), zone == "answer")


def _snippet(found: _Found) -> Snippet:
    window, zone, text, marks = found
    first, last = marks[window.first][0], marks[window.last][1]
    return Snippet(zone, *fragment(text, first, last, marks), zone == "answer")
