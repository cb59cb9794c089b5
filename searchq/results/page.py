"""A page of results, ready to render: questions, snippets as ranges, siblings, counts and hints.

Texts are as stored; highlights are character ranges. The template escapes them, once.
"""

from typing import Literal

from msgspec import Struct

from searchq.query.hints import Hint
from searchq.query.hits import FacetCounts, Histogram
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["Relaxation", "ResultHit", "ResultPage", "Snippet", "Zone"]

Zone = Literal["title", "question", "answer", "french"]


class Snippet(Struct, frozen=True, gc=False):
    """A fragment of one text of a question, with the ranges to highlight in it."""

    zone: Zone
    text: str
    highlights: tuple[tuple[int, int], ...]  # (start, end) character offsets in `text`, ascending, disjoint
    starts_text: bool  # not truncated before it
    ends_text: bool  # not truncated after it
    is_answer: bool = False  # of an answer, in either language


class ResultHit(Struct, frozen=True, gc=False):
    """One hit with its stored question; `siblings` are the other questions of its group that match."""

    question: Question
    score: float
    snippets: tuple[Snippet, ...] = ()
    title_highlights: tuple[tuple[int, int], ...] = ()
    siblings: tuple[Question, ...] = ()  # without their texts: question, answer and french are None
    partial: bool = False  # has most of the words, where others have all


class Relaxation(Struct, frozen=True):
    """A relaxation of an empty result: what to drop, the request without it, and its number of hits."""

    dropped: str  # as shown: the word, or facet and value
    kind: Literal["word", "filter", "dates", "days"]
    request: Request
    total: int


class ResultPage(Struct, frozen=True):
    """The answer to one request, for the command line and the page."""

    request: Request
    total: int  # matching documents
    groups: int  # hits after collapsing siblings
    hits: tuple[ResultHit, ...]  # those with all words, then, sorted by relevance, those with most of them
    partial_total: int = 0  # further questions with most of the words; nothing else counts them
    partial_groups: int = 0  # hits that they add
    facets: tuple[FacetCounts, ...] = ()
    histogram: Histogram | None = None
    hints: tuple[Hint, ...] = ()
    translations: tuple[str, ...] = ()  # words of the other language by which hits of this page were found, too
    did_you_mean: str | None = None  # another query text that has hits under the same filters
    relaxations: tuple[Relaxation, ...] = ()
    jump: str | None = None
    generation: int = 0
    seconds: float = 0.0

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-(self.groups + self.partial_groups) // self.request.limit)
