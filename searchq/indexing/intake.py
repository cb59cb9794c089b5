"""Which of the questions read go into the index: the rules for changed documents and for one question from several.

no question of that number yet                        added
the same content as the one kept                      unchanged
the document that gave the one kept, now different    updated
another document, at least as full                    updated: the fuller wins, of equals the later
another document, less full                           unchanged
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final, Literal, NamedTuple

from searchq.documents.document import name_of
from searchq.indexing.catalog import Catalog, digest
from searchq.question import FrenchText, Question, Source

__all__ = ["Intake", "Kept", "Outcome", "content_of", "fullness"]

Outcome = Literal["added", "updated", "unchanged"]


class Kept(NamedTuple):
    """What must be known of the version kept of a question."""

    content: int  # hash of the record, its source aside
    source: int  # digest of the name of the document it came from
    fullness: int


class Intake:
    """Judges questions one after the other."""

    def __init__(self, catalog: Catalog, stored: Callable[[str], Question | None]) -> None:
        """`stored` gives the version of a number that the index holds, None where it holds none."""
        self._catalog = catalog
        self._stored = stored
        self._kept: dict[str, Kept] = {}  # of this run
        self._duplicates: dict[str, None] = {}

    @property
    def duplicates(self) -> tuple[str, ...]:
        """The numbers that several documents of this run gave, in the order they were noticed."""
        return tuple(self._duplicates)

    def judge(self, question: Question) -> Outcome:
        """What is to become of a question; what is kept of its number is remembered."""
        new, old = _kept(question), self._kept.get(question.number)
        if old is not None:
            self._duplicates[question.number] = None
        elif (stored := self._stored(question.number)) is not None:
            old = _kept(stored)
        outcome = self._compare(new, old, name_of(question.source))
        self._kept[question.number] = old if old is not None and outcome == "unchanged" else new
        return outcome

    def _compare(self, new: Kept, old: Kept | None, name: str) -> Outcome:
        if old is None:
            return "added"
        if new.content == old.content:
            return "unchanged"
        changed = new.source == old.source and not self._catalog.repeated(name)
        return "updated" if changed or new.fullness >= old.fullness else "unchanged"


def fullness(question: Question) -> int:
    """How much a record tells: an answer before all else, then how many things it fills in, then how few problems."""
    has_answer = bool(question.answer or (question.french and question.french.answer))
    answered = 2 if has_answer else int(question.answer_date is not None)
    filled = sum(_filled(getattr(question, field.name)) for field in fields(question) if field.name not in _UNCOUNTED)
    return answered * 10**9 + filled * 10**3 - min(len(question.problems), 999)


_UNCOUNTED: Final = frozenset({"source", "problems", "delay_days", "waiting_since", "status", "legislature"})  # derived


def _filled(value: Any) -> int:
    """1 for a value, as many as there are for a list, 0 for what is absent."""
    if isinstance(value, tuple):
        return len(value)
    if isinstance(value, FrenchText):
        return sum(_filled(getattr(value, field.name)) for field in fields(value))
    return int(bool(value))


def content_of(question: Question) -> int:
    """64 bits that stand for a record, wherever it was read; within this process only."""
    return hash(replace(question, source=Source()))


def _kept(question: Question) -> Kept:
    return Kept(content_of(question), digest(name_of(question.source)), fullness(question))
