"""A page of results, ready to render: questions, snippets as ranges, siblings, counts and hints.

Texts stay as stored; highlights are character ranges. Escaping is the template's work, once.
"""

from dataclasses import dataclass
from typing import Literal

from searchq.query.hints import Hint
from searchq.query.hits import FacetCounts, Histogram
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["Relaxation", "ResultHit", "ResultPage", "Snippet", "Zone"]

Zone = Literal["title", "question", "answer", "french"]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment of one text of a question, with the ranges to highlight in it."""

    zone: Zone
    text: str
    highlights: tuple[tuple[int, int], ...]  # (start, end) character offsets in `text`, ascending, disjoint
    starts_text: bool  # nothing was cut before it
    ends_text: bool  # nothing was cut after it


@dataclass(frozen=True, slots=True)
class ResultHit:
    """One hit with its stored question; `siblings` are the other questions of its group that match."""

    question: Question
    score: float
    snippets: tuple[Snippet, ...] = ()
    title_highlights: tuple[tuple[int, int], ...] = ()
    siblings: tuple[Question, ...] = ()  # without their texts: question, answer and french are None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A way out of an empty result: what to drop, the request without it, and what that would give."""

    dropped: str  # for people: the word, or facet and value
    kind: Literal["word", "filter", "dates"]
    request: Request
    total: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to one request as the faces show it."""

    request: Request
    total: int  # matching documents
    groups: int  # hits after folding
    hits: tuple[ResultHit, ...]
    facets: tuple[FacetCounts, ...] = ()
    histogram: Histogram | None = None
    hints: tuple[Hint, ...] = ()
    did_you_mean: str | None = None  # another query text that has hits under the same filters
    relaxations: tuple[Relaxation, ...] = ()
    jump: str | None = None
    generation: int = 0
    seconds: float = 0.0

    @property
    def pages(self) -> int:
        """How many pages the hits fill."""
        return -(-self.groups // self.request.limit)
