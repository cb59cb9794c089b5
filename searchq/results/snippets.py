"""Snippets: the fragments of a question that best show why it matched.

From each text take the densest window of rare terms, extended to whole sentences if they fit, else truncated between
words. Add a second fragment if it shows another text or another term. A question matched by its descriptors, its
minister or filters alone shows the start of its text.

Where the kernel was built, all of a page is done so in one call of C (`searchq.kernel.fragments`).
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from searchq.question import Question
from searchq.results import compiled
from searchq.results.fragments import MAX_LENGTH, RULES, fragment
from searchq.results.highlights import Highlighter
from searchq.results.marks import Place, ranges
from searchq.results.page import Snippet, Zone
from searchq.results.windows import REPEAT, SPAN, Window, densest

__all__ = ["Shown", "highlights", "shown", "texts"]

MAX_SNIPPETS: Final = 2
WORTH: Final = 0.4  # minimum score of a second fragment, relative to the first


Marked: TypeAlias = tuple[Zone, str, bool, list[Place]]  # a text, whether it answers, and its marks


class _Excerpt(NamedTuple):
    """What to show of one text: a fragment with the characters `first` to `last`, and the marks in it."""

    zone: Zone
    text: str
    is_answer: bool
    marks: list[Place]
    first: int
    last: int


class _Found(NamedTuple):
    """A window of one text, with all marks of the text."""

    zone: Zone
    text: str
    is_answer: bool
    marks: list[Place]
    window: Window

    @property
    def excerpt(self) -> _Excerpt:
        first, last = self.marks[self.window.first][0], self.marks[self.window.last][1]
        return _Excerpt(*self[:4], first, last)


class Shown(NamedTuple):
    """The snippets and title highlights of a hit."""

    snippets: tuple[Snippet, ...]  # one or two, best first; none without any text
    title_highlights: tuple[tuple[int, int], ...]  # in the title, or the French title if there is no Dutch one


def shown(questions: Sequence[Question], highlighter: Highlighter) -> list[Shown]:
    """Snippets and title highlights of the questions of a page, in order."""
    bodies, titles = [list(texts(question)) for question in questions], list(map(_title, questions))
    sought = [(zone, text) for body in bodies for zone, text, _ in body]
    marks = iter(highlighter.marks([*sought, *titles]))
    snippets = _snippets([[(*one, next(marks)) for one in body] for body in bodies])
    return [Shown(own, ranges(next(marks))) for own in snippets]


def _snippets(bodies: list[list[Marked]]) -> list[tuple[Snippet, ...]]:
    """The snippets of each question, of which the texts are given."""
    if compiled.fragments:
        return compiled.fragments.shown(bodies, (SPAN, REPEAT, WORTH), RULES, Snippet)
    return [tuple(map(_snippet, excerpts)) for excerpts in list(map(_chosen, bodies))]


def highlights(question: Question, highlighter: Highlighter) -> dict[Zone, tuple[tuple[int, int], ...]]:
    """The ranges to highlight in the whole texts of a question; `french` has those of the French question."""
    body = list(texts(question))
    of_title, *of_body = highlighter.marks([_title(question), *[(zone, text) for zone, text, _ in body]])
    found: dict[Zone, tuple[tuple[int, int], ...]] = {"title": ranges(of_title)}
    for (zone, *_), marks in zip(body, of_body, strict=True):
        found.setdefault(zone, ranges(marks))
    return {zone: spans for zone, spans in found.items() if spans}


def _title(question: Question) -> tuple[Zone, str]:
    """The title with its zone, or the French title if there is no Dutch one."""
    if question.title is not None or question.french is None:
        return "title", question.title or ""
    return "french", question.french.title or ""


def _chosen(body: Sequence[Marked]) -> list[_Excerpt]:
    """What to show of the texts of a question: one or two places."""
    found = [_Found(*one, densest(one[3])) for one in body if one[3]]
    if not found:
        return [_beginning(*one) for one in body[:1]]
    best = max(found, key=_worth)
    others = [one for one in found if one is not best and _adds(one, best)]
    if not others and (rest := _outside(best)):
        others = [one for one in [best._replace(window=densest(rest), marks=rest)] if _has_other_terms(one, best)]
    others.sort(key=_worth, reverse=True)
    return [one.excerpt for one in [best, *others][:MAX_SNIPPETS]]


def _beginning(zone: Zone, text: str, is_answer: bool, marks: list[Place]) -> _Excerpt:
    start = len(text) - len(text.lstrip())
    return _Excerpt(zone, text, is_answer, marks, start, start)


def texts(question: Question) -> Iterator[tuple[Zone, str, bool]]:
    """The texts a fragment may come from, with their zones, and whether they answer."""
    if question.question:
        yield "question", question.question, False
    if question.answer:
        yield "answer", question.answer, True
    if question.french:
        if question.french.question:
            yield "french", question.french.question, False
        if question.french.answer:
            yield "french", question.french.answer, True


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


def _snippet(chosen: _Excerpt) -> Snippet:
    zone, text, is_answer, marks, first, last = chosen
    return Snippet(zone, *fragment(text, first, last, marks), is_answer)
