"""Counts of what questions teach, kept exact as questions come, change and go; stored with the index from run to run.

A question counts once for each thing it teaches; a new version of a question replaces the counts of the old one.
"""

from collections import Counter
from collections.abc import Callable, Set
from typing import Generic, TypeVar

from searchq.question import Question

__all__ = ["QuestionCounts"]

T = TypeVar("T")


class QuestionCounts(Generic[T]):
    """How many questions teach each thing."""

    def __init__(self, counts: Counter[T], taught: Callable[[Question], Set[T]]) -> None:
        """`counts` are those of the previous run; `taught` returns what a question teaches."""
        self.counts = counts
        self.is_changed = False
        self._taught = taught
        self._of_this_run: dict[str, Set[T]] = {}  # by number

    def learn(self, question: Question, before: Question | None) -> None:
        """Count a question instead of the version in the index before the run, if any."""
        self._replace(question.number, self._taught(question), before)

    def forget(self, question: Question) -> None:
        """Remove the counts of a question."""
        self._replace(question.number, frozenset(), question)

    def _replace(self, number: str, found: Set[T], before: Question | None) -> None:
        earlier = self._of_this_run.get(number)
        if earlier is None:
            earlier = self._taught(before) if before else frozenset()
        if found or before or earlier:
            self._of_this_run[number] = found
        self.is_changed |= found != earlier
        self.counts.subtract(earlier)
        self.counts.update(found)
