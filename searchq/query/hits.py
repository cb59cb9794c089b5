"""The results of an engine: questions, scores, counts and highlights; plain data."""

import datetime as dt

from msgspec import Struct

from searchq.query.facet_table import FacetName
from searchq.query.hints import Hint
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Interval, Request
from searchq.question import Question

__all__ = ["FacetCounts", "FacetValue", "HighlightTerm", "Histogram", "HistogramBar", "Hit", "Hits"]


class Hit(Struct, frozen=True, gc=False):
    """One matching question, with the texts that the request asks for.

    `siblings` are the other matching questions collapsed under it, best first, without their long texts.
    """

    question: Question
    score: float
    siblings: tuple[Question, ...] = ()
    partial: bool = False  # matches most of the words, where others match all

    @property
    def number(self) -> str:
        """Return the number of the question."""
        return self.question.number


class FacetValue(Struct, frozen=True):
    """A value of a facet and the number of documents (not of collapsed groups) with it."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


class FacetCounts(Struct, frozen=True):
    """The requested values of one facet, always including selected and excluded ones, even at zero."""

    name: FacetName
    values: tuple[FacetValue, ...]
    distinct: int  # number of distinct values among the hits
    missing: int  # hits without a value
    missing_selected: bool = False
    missing_excluded: bool = False
    undated: int = 0  # of `delay`: hits answered on a day that is not published, among those without a value


class HistogramBar(Struct, frozen=True):
    """The documents asked from `first` to `last`, both days included."""

    first: dt.date
    last: dt.date
    count: int


class Histogram(Struct, frozen=True):
    """Documents along time, without gaps; undated ones apart."""

    interval: Interval
    bars: tuple[HistogramBar, ...]
    undated: int


class HighlightTerm(Struct, frozen=True, gc=False):
    """A term of a query to highlight in texts.

    Any of `words` is highlighted; for a `phrase`, all of them where they follow each other.
    """

    field: str  # `text` for all Dutch zones, or a zone, or a zone with `_exact`
    term: str  # equal for the same term in several fields
    words: tuple[str, ...]
    weight: float  # inverse document frequency
    phrase: bool = False


class Hits(Struct, frozen=True):
    """The answer to one `Request`, all from one generation of the index."""

    request: Request  # what was asked
    total: int  # matching documents
    groups: int  # hits after collapsing siblings; equals `total` without
    hits: tuple[Hit, ...]  # this page: those with all words, then, sorted by relevance, those with most of them
    partial_total: int = 0  # further documents with most of the words; nothing else counts them
    partial_groups: int = 0  # hits that they add
    facets: tuple[FacetCounts, ...] = ()
    histogram: Histogram | None = None
    hints: tuple[Hint, ...] = ()
    highlight: tuple[HighlightTerm, ...] = ()  # expansions included; only where the request asks for whole texts
    translations: tuple[str, ...] = ()  # of those sought: what hits of this page hold, not told in the query's language
    query: ParsedQuery | None = None  # how the text was read; None for no text
    jump: str | None = None  # the question number typed, if the index contains it
    generation: int = 0
    seconds: float = 0.0
