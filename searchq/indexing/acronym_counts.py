"""Count the acronym expansions spelled out in questions; stored with the index from run to run.

A question counts once per long form in its texts; a new version of a question replaces the counts of the old one.
"""

from collections.abc import Callable
from typing import Final

from searchq.analysis.acronyms import LongForm
from searchq.analysis.long_forms import accepted, dump_counts, load_counts, spelled_out
from searchq.question import Question

__all__ = ["COUNTS", "AcronymCounts"]

COUNTS: Final = "acronym_counts"  # name of the blob


class AcronymCounts:
    """Counts of the long forms spelled out by questions."""

    def __init__(self, data: bytes) -> None:
        """`data` is the previous run's `dump`; empty in the first run."""
        self._counts = load_counts(data)
        self._of_this_run: dict[str, set[LongForm]] = {}  # by number

    def learn(self, question: Question, before: Question | None) -> None:
        """Count a question instead of the version in the index before the run, if any."""
        self._replace(question.number, _forms(question), before)

    def forget(self, question: Question) -> None:
        """Remove the counts of a question."""
        self._replace(question.number, set(), question)

    def _replace(self, number: str, found: set[LongForm], before: Question | None) -> None:
        earlier = self._of_this_run.get(number)
        if earlier is None:
            earlier = _forms(before) if before else set()
        if found or before or earlier:
            self._of_this_run[number] = found
        self._counts.subtract(earlier)
        self._counts.update(found)

    def accepted(self, is_ordinary: Callable[[str], bool]) -> list[LongForm]:
        """The long forms a query may use (see `long_forms.accepted`)."""
        return accepted(self._counts, is_ordinary)

    def dump(self) -> bytes:
        """Serialize the counts for the next run."""
        return dump_counts(self._counts)


def _forms(question: Question) -> set[LongForm]:
    return {form for text in (question.question, question.answer) if text for form in spelled_out(text)}
