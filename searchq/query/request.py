"""A search request: text, filters, facets, sort and page, as plain frozen data.

    text        what a person typed, in the query language of `searchq.query.language`
    selections  values ticked in a facet: several included ones are OR, each excluded one is NOT
    asked       days on which the question was asked; answered: days on which the answer came
    facets      which facets to count, how many values of each

A facet is always counted without its own selection (multi-select), and with all the others.
"""

import datetime as dt
from typing import Final, Literal

from msgspec import Struct, field

from searchq.limits import DEFAULT_PAGE_SIZE
from searchq.query.facet_table import FacetName

__all__ = [
    "SORTS",
    "DateRange",
    "DaysRange",
    "FacetName",
    "FacetQuery",
    "Interval",
    "Request",
    "Selection",
    "Sort",
    "Texts",
]

Sort = Literal["relevance", "newest", "oldest", "answered", "longest-delay", "shortest-delay", "number", "first-seen"]
SORTS: Final[tuple[Sort, ...]] = Sort.__args__  # type: ignore[attr-defined]

Interval = Literal["year", "quarter", "month", "day"]

Texts = Literal["none", "header", "whole"]  # a bare number; all but question and answer; everything


class Selection(Struct, frozen=True):
    """Values chosen in one facet; `include` values are alternatives, `exclude` values are all barred.

    `searchq.query.resolver` says what a value means; `facet_table.MISSING_VALUE` means the questions without one.
    """

    facet: FacetName
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class DateRange(Struct, frozen=True, eq=False):
    """Days from `first` to `last`, both included; `None` leaves that end open.

    `swapped`: they were given in reverse order, which an engine reports in a hint; equal ranges may differ in it.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    swapped: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateRange) and (self.first, self.last) == (other.first, other.last)

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


class DaysRange(Struct, frozen=True):
    """Numbers of days from `first` to `last`, both included; `None` leaves that end open."""

    first: int | None = None
    last: int | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def __str__(self) -> str:
        ends = ("" if end is None else str(end) for end in (self.first, self.last))
        return str(self.first) if self and self.first == self.last else "..".join(ends)


class FacetQuery(Struct, frozen=True):
    """A facet to count: its most frequent `limit` values, filtered by `contains` if given.

    `order` is "count" (then value) or "value"; years and months read best by value.
    """

    name: FacetName
    limit: int = 10
    contains: str | None = None
    order: Literal["count", "value"] = "count"


class Request(Struct, frozen=True):
    """One whole search request; the default asks for everything, newest first."""

    text: str = ""
    selections: tuple[Selection, ...] = ()
    asked: DateRange = field(default_factory=DateRange)
    answered: DateRange = field(default_factory=DateRange)
    waited: DaysRange = field(default_factory=DaysRange)  # to the answer, or so far (`searchq.waiting`)
    facets: tuple[FacetQuery, ...] = ()
    histogram: bool = False  # count the hits along the asked dates
    interval: Interval | None = None  # None: chosen by the span of the hits
    sort: Sort = "relevance"  # without text: newest first
    page: int = 1
    limit: int = DEFAULT_PAGE_SIZE
    fold: bool = True  # siblings (one question to several ministers) as one hit
    recency: bool = True  # a mild preference for later questions among equals
    proximity: bool = True  # a preference for words that stand beside each other as they were typed
    all_words: bool = False  # only questions with all words; else, where few have, those with most of them follow
    translate: bool = True  # plain words also as words of the other language, in questions that lack their own
    texts: Texts = "whole"  # how much of each question a hit carries
    today: dt.date | None = None  # what `gisteren` in the text is told from; None: it cannot be read

    @property
    def asks_for_delays(self) -> bool:
        """Whether it sorts or filters by days of waiting, which the Chamber does not publish."""
        by_delay = any(one.facet == "delay" for one in self.selections)
        return by_delay or bool(self.waited) or self.sort in ("longest-delay", "shortest-delay")
