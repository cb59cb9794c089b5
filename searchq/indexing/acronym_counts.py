"""Count the acronym expansions spelled out in questions."""

from collections.abc import Callable
from typing import Final

from searchq.analysis.acronyms import LongForm
from searchq.analysis.long_forms import accepted, dump_counts, load_counts, spelled_out
from searchq.indexing.question_counts import QuestionCounts
from searchq.question import Question

__all__ = ["COUNTS", "AcronymCounts"]

COUNTS: Final = "acronym_counts"  # name of the blob


class AcronymCounts(QuestionCounts[LongForm]):
    """Counts of the long forms spelled out by questions."""

    def __init__(self, data: bytes) -> None:
        """`data` is the previous run's `dump`; empty in the first run."""
        super().__init__(load_counts(data), _forms)

    def accepted(self, is_ordinary: Callable[[str], bool]) -> list[LongForm]:
        """The long forms a query may use (see `long_forms.accepted`)."""
        return accepted(self.counts, is_ordinary)

    def dump(self) -> bytes:
        """Serialize the counts for the next run."""
        return dump_counts(self.counts)


def _forms(question: Question) -> set[LongForm]:
    return {form for text in (question.question, question.answer) if text for form in spelled_out(text)}
