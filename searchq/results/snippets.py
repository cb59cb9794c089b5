"""Snippets: the fragments of a question that best show why it matched.

From each text take the densest window of rare terms, extended to whole sentences if they fit, else truncated between
words. Add a second fragment if it shows another text or another term. A question matched by its descriptors, its
minister or filters alone shows the start of its text.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from searchq.question import Question
from searchq.results.fragments import MAX_LENGTH, fragment
from searchq.results.highlights import Highlighter
from searchq.results.marks import Place, ranges
from searchq.results.page import Snippet, Zone
from searchq.results.windows import Window, densest

__all__ = ["Shown", "highlights", "shown", "texts"]

MAX_SNIPPETS: Final = 2
WORTH: Final = 0.4  # minimum score of a second fragment, relative to the first


class _Excerpt(NamedTuple):
    """What to show of one text: a fragment with the characters `first` to `last`, and the marks in it."""

    zone: Zone
    text: str
    first: int
    last: int
    marks: list[Place]


class _Found(NamedTuple):
    """A window of one text, with all marks of the text."""

    window: Window
    zone: Zone
    text: str
    marks: list[Place]

    @property
    def excerpt(self) -> _Excerpt:
        first, last = self.marks[self.window.first][0], self.marks[self.window.last][1]
        return _Excerpt(self.zone, self.text, first, last, self.marks)


class Shown(NamedTuple):
    """The snippets and title highlights of a hit."""

    snippets: tuple[Snippet, ...]  # one or two, best first; none without any text
    title_highlights: tuple[tuple[int, int], ...]  # in the title, or the French title if there is no Dutch one


def shown(questions: Sequence[Question], highlighter: Highlighter) -> list[Shown]:
    """Snippets and title highlights of the questions of a page, in order: what to show of all, then the fragments."""
    bodies, titles = [list(texts(question)) for question in questions], list(map(_title, questions))
    marks = iter(highlighter.marks([*chain.from_iterable(bodies), *titles]))
    chosen = [_chosen([(zone, text, next(marks)) for zone, text in body]) for body in bodies]
    return [
        Shown(tuple([_snippet(one, _french_answer(question)) for one in own]), ranges(next(marks)))
        for question, own in zip(questions, chosen, strict=True)
    ]


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


def _chosen(body: Sequence[tuple[Zone, str, list[Place]]]) -> list[_Excerpt]:
    """What to show of the texts of a question, given with their zones and marks: one or two places."""
    found = [_Found(densest(marks), zone, text, marks) for zone, text, marks in body if marks]
    if not found:
        return [_beginning(zone, text) for zone, text, _ in body[:1]]
    best = max(found, key=_worth)
    others = [one for one in found if one is not best and _adds(one, best)]
    if not others and (rest := _outside(best)):
        others = [one for one in [best._replace(window=densest(rest), marks=rest)] if _has_other_terms(one, best)]
    others.sort(key=_worth, reverse=True)
    return [one.excerpt for one in [best, *others][:MAX_SNIPPETS]]


def _beginning(zone: Zone, text: str) -> _Excerpt:
    start = len(text) - len(text.lstrip())
    return _Excerpt(zone, text, start, start, [])


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


def _snippet(chosen: _Excerpt, french_answer: str | None) -> Snippet:
    zone, text, first, last, marks = chosen
    return Snippet(zone, *fragment(text, first, last, marks), zone == "answer" or text is french_answer)
