"""Statistics of the questions of a request: plain data, the same from every engine.

median    of the days from question to answer, over answered questions of which both days are known
p90       the least number of days within which nine in ten of those answers had come (nearest rank)
at most   the same to the day on which the answer was published, over questions of which only that day is known
"""

from msgspec import Struct

from searchq.query.facet_table import FacetName

__all__ = ["Statistics", "StatisticsRow"]


class StatisticsRow(Struct, frozen=True):
    """One value of a facet with its questions; `value` is None for questions that carry none, or for all together."""

    value: str | None
    questions: int
    answered: int  # with or without the text of the answer
    without_text: int  # of the answered: the text was never published
    open: int  # of a legislature that sits, or of which no end is known
    closed: int  # by the senate, without an answer
    end_of_legislature: int  # lapsed with the legislature, told by the chronology or by the legislature's end
    requalified: int  # turned into a request for explanation
    median_days: float | None  # None where no delay is known
    p90_days: int | None
    unknown: int = 0  # of which the documents do not tell whether they were answered
    median_days_at_most: float | None = None  # never mixed with exact days
    p90_days_at_most: int | None = None

    @property
    def unanswered(self) -> int:
        """Questions without an answer, for whatever reason; those requalified live on elsewhere and do not count."""
        return self.open + self.closed + self.end_of_legislature

    @property
    def answered_share(self) -> float | None:
        """The part of the questions that was answered, of those that were or could have been."""
        decided = self.answered + self.unanswered
        return self.answered / decided if decided else None


class Statistics(Struct, frozen=True):
    """A table of statistics: a row per value, most questions first (years etc. in their own order), and the total."""

    by: FacetName
    rows: tuple[StatisticsRow, ...]
    total: StatisticsRow
