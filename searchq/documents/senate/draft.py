"""What a layout reads from a document: strings in their places, before repair, dates and derivation.

A layout knows where things stand and nothing else; `assembly` makes the typed record of it. So each layout stays small,
and what holds for all of them (mojibake, dates, status, portfolios) is said once.
"""

import re
from typing import Final

from msgspec import Struct, field

from searchq.question import Layout

__all__ = ["Draft", "DraftAnswer", "Texts", "block", "lines_of", "one_line"]


_HARD: Final = "\xa0"
_HOLLOW: Final = re.compile(r"^[ \t]*\xa0[ \t\xa0]*$", re.MULTILINE)


class Texts(Struct):
    """The texts of a question in one language, as they stand in the document; None is "not there"."""

    minister: str | None = None
    title: str | None = None
    keywords: list[str] = field(default_factory=list)
    question: str | None = None


class DraftAnswer(Struct):
    """One answer as it stands in the document: the words and the date over it, its text in either language."""

    kind: str
    date: str | None = None
    dutch: str | None = None
    french: str | None = None


class Draft(Struct):
    """One question as a layout found it.

    `dates` are the places that give the date of the question, the best first. `events` and `references` hold one
    published line each; `section` is the heading of a Bulletin that tells how its questions fared. `cut` says that the
    page visibly ends before its end.
    """

    layout: Layout
    number: str
    session: str | None = None
    dates: list[str] = field(default_factory=list)
    author: str | None = None
    party: str | None = None
    events: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    spoken: str | None = None  # the language label: "Vraag gesteld in het Nederlands"
    answers: list[DraftAnswer] = field(default_factory=list)
    bulletin: str | None = None
    section: str | None = None
    cut: bool = False
    unparted: bool = False  # an answer, if any, stands within the question
    dutch: Texts = field(default_factory=Texts)
    french: Texts = field(default_factory=Texts)
    problems: list[str] = field(default_factory=list)

    def report(self, problem: str) -> None:
        """Note a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def report_cut(self, problem: str) -> None:
        """Note a problem that shows the page to be cut off."""
        self.cut = True
        self.report(problem)


def block(text: str) -> str:
    """A body without the blank lines around it and paragraphs of blanks; white space within its first line stays."""
    text = _without_hollow_paragraphs(text)
    return text.strip("\n").rstrip() if text[:1] != "\n" and text[:1] != " " else _strip_blank_lines(text)


def _without_hollow_paragraphs(text: str) -> str:
    """Text without paragraphs that hold only a no-break blank, as word processors write them between others."""
    if _HARD not in text or not _HOLLOW.search(text):
        return text
    lines = text.split("\n")
    hollow = {at for at, line in enumerate(lines) if _HARD in line and not line.strip()}
    return "\n".join(line for at, line in enumerate(lines) if at not in hollow and (line or at - 1 not in hollow))


def one_line(text: str) -> str | None:
    """A field that may have been broken over lines, on one; None when nothing is left."""
    return " ".join(filter(None, (line.strip(" \t") for line in text.split("\n")))) or None


def lines_of(text: str) -> list[str]:
    """The lines that hold something, without the blanks around them."""
    return [line.strip(" \t") for line in text.split("\n") if line.strip()]


def _strip_blank_lines(text: str) -> str:
    lines = text.rstrip().split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    return "\n".join(lines[first:])
