"""The engine port: what any engine, embedded or distributed, does for the rooms above it.

The height is the whole request: an engine takes a `Request` and answers with `Hits`; how it matches, scores and
counts is its own affair. Contracts, the same for every engine (one suite in the tests holds them to it):

- `search` never writes and never raises for a visitor's text; it raises RequestError for a page or limit out of bounds.
- One answer comes from one generation; a commit is seen by the next call.
- Every method may be called from any number of threads.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from searchq.query.hits import Hits
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["Engine"]


class Engine(Protocol):
    """Stores questions and answers requests."""

    @property
    def generation(self) -> int:
        """Grows by at least one with every commit."""

    def add(self, questions: Iterable[Question]) -> None:
        """Add or replace questions by number, and commit: all or nothing."""

    def delete(self, numbers: Iterable[str]) -> int:
        """Remove questions by number, and commit; how many there were."""

    def search(self, request: Request) -> Hits:
        """Match, score, fold, sort, count."""

    def fetch(self, numbers: Sequence[str]) -> list[Question | None]:
        """The stored questions of those numbers, in that order; None where there is none."""

    def questions(self) -> Iterator[Question]:
        """Every stored question, by number; streams."""
