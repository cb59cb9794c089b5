"""What the questions of a run teach about acronyms, kept with the index from run to run.

A question counts once for each long form in its texts; when another version of it takes its place, the version before
counts no more.
"""

from collections.abc import Callable
from typing import Final

from searchq.analysis.acronyms import LongForm
from searchq.analysis.long_forms import accepted, dump_counts, load_counts, spelled_out
from searchq.question import Question

__all__ = ["COUNTS", "AcronymCounts"]

COUNTS: Final = "acronym_counts"  # name of the blob


class AcronymCounts:
    """Counts the long forms that questions spell out."""

    def __init__(self, data: bytes) -> None:
        """`data` is what `dump` gave in the run before; empty in the first."""
        self._counts = load_counts(data)
        self._of_this_run: dict[str, set[LongForm]] = {}  # by number

    def learn(self, question: Question, before: Question | None) -> None:
        """Count a question, in the place of the version that the index held before the run, if it did."""
        self._replace(question.number, _forms(question), before)

    def forget(self, question: Question) -> None:
        """Count a question no more."""
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
        """The long forms a query may use (see `long_forms.believed`)."""
        return accepted(self._counts, is_ordinary)

    def dump(self) -> bytes:
        """The counts, for the run to come."""
        return dump_counts(self._counts)


def _forms(question: Question) -> set[LongForm]:
    return {form for text in (question.question, question.answer) if text for form in spelled_out(text)}
