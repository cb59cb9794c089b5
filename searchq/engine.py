"""The engine port: what any engine, embedded or distributed, does for the rooms above it.

The height is the whole request: an engine takes a `Request` and answers with `Hits`; how it matches, scores and
counts is its own affair. Contracts, the same for every engine (one suite in the tests holds them to it):

- Nothing but `add` and `delete` writes. A visitor's text never makes anything raise; a page or limit out of bounds
  is a RequestError. Only a text that takes too long is refused by `scan`, `matching` and `explain`, in a sentence
  (OutOfTime), where `search` gives a hint: an export or a count of nothing would be taken for the answer.
- One answer comes from one generation; a commit is seen by the next call.
- Document numbers (`Hit.doc`, `matching`) are those of the snapshot of that generation.
- Every method may be called from any number of threads.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from searchq.index.read.snapshot import Snapshot
from searchq.query.hits import Hits
from searchq.query.request import Request
from searchq.question import Question

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from searchq.query.explanation import Explanation

__all__ = ["Engine"]


class Engine(Protocol):
    """Stores questions and answers requests."""

    @property
    def generation(self) -> int:
        """Grows by at least one with every commit."""

    @property
    def snapshot(self) -> Snapshot:
        """The newest generation as it is read: words, columns, records. The same object until the next commit."""

    def add(self, questions: Iterable[Question]) -> None:
        """Add or replace questions by number, and commit: all or nothing."""

    def delete(self, numbers: Iterable[str]) -> int:
        """Remove questions by number, and commit; how many there were."""

    def search(self, request: Request) -> Hits:
        """Match, score, fold, sort, count."""

    def scan(self, request: Request) -> Iterator[Question]:
        """Every question of a request in its order, all of one generation, without the bounds of a page; streams."""

    def matching(self, request: Request) -> tuple[Snapshot, "npt.NDArray[np.intp]"]:
        """The documents of a request, ascending, and the snapshot they are numbered in; for counting them all."""

    def explain(self, text: str, number: str, *, recency: bool = True, proximity: bool = True) -> "Explanation | None":
        """How a question gets its score for a text; None where the text does not match it, or no question has it."""

    def fetch(self, numbers: Sequence[str]) -> list[Question | None]:
        """The stored questions of those numbers, in that order; None where there is none."""

    def questions(self) -> Iterator[Question]:
        """Every stored question, by number; streams."""

    def info(self) -> dict[str, Any]:
        """What it holds and how it was made: `questions`, `first_date`, `last_date`, `generation`, and its own."""

    def check(self) -> list[str]:
        """Read all that is stored; a sentence for each piece that is missing or altered."""
