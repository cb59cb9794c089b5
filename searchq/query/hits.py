"""What an engine answers: numbers, scores and counts, without any text to show."""

import datetime as dt
from dataclasses import dataclass

from searchq.query.hints import Hint
from searchq.query.request import FacetName, Interval

__all__ = ["FacetCounts", "FacetValue", "Histogram", "HistogramBar", "Hit", "Hits"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One matching question; `siblings` are the other matching questions folded under it, best first."""

    doc: int  # document number in the snapshot that answered
    number: str
    score: float
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many documents (never folded groups) carry it."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The values of one facet asked for, selected and excluded ones always among them, even at zero."""

    name: FacetName
    values: tuple[FacetValue, ...]
    distinct: int  # how many different values the hits carry in all
    missing: int  # hits that carry none


@dataclass(frozen=True, slots=True)
class HistogramBar:
    """The documents asked from `first` to `last`, both days included."""

    first: dt.date
    last: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Documents along time, without gaps; undated ones apart."""

    interval: Interval
    bars: tuple[HistogramBar, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to one `Request`, all of it drawn from one generation of the index."""

    total: int  # matching documents
    groups: int  # hits after folding siblings; equals `total` without folding
    hits: tuple[Hit, ...]  # this page
    facets: tuple[FacetCounts, ...] = ()
    histogram: Histogram | None = None
    hints: tuple[Hint, ...] = ()
    terms: frozenset[tuple[str, str]] = frozenset()  # (field, term) to highlight, expansions included
    jump: str | None = None  # the question number typed, where the index holds it
    generation: int = 0
    seconds: float = 0.0
