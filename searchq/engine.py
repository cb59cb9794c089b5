"""The engine port: what any engine, embedded or distributed, does for the rooms above it.

Plain data goes in, plain data comes out; how an engine matches, scores and counts is its own affair. Contracts, the
same for every engine (one suite in the tests holds them to it):

- Nothing but an `Update` writes. A visitor's text never makes anything raise; a page or limit out of bounds is a
  RequestError. A text that takes too long gives `search` a hint; where half an answer would be taken for a whole one
  (`scan`, `statistics`, `explain`), it raises OutOfTime.
- One answer comes from one generation; a commit is seen by the next call.
- Every method may be called from any number of threads.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from msgspec import Struct, field

from searchq.query.explanation import Explanation
from searchq.query.facet_table import FacetName
from searchq.query.hits import Hits
from searchq.query.request import Request, Texts
from searchq.query.statistics import Statistics
from searchq.query.suggestion import KnownWord, Suggestion
from searchq.question import Entry, Question

if TYPE_CHECKING:  # a search needs no news
    from searchq.query.news import News

__all__ = ["About", "Engine", "Update", "WriteOptions"]


class About(Struct, frozen=True):
    """What an index holds and how it was made; `details` are the engine's own, JSON-ready."""

    place: str  # a folder, or an address
    generation: int  # grows by at least one with every commit
    built: dt.datetime  # of the commit
    questions: int
    first_day: dt.date | None  # on which a question was asked
    last_day: dt.date | None
    known_day: dt.date | None = None  # the last on which anything was asked, answered or seen
    origin: str = ""  # identifies the index, the same through rebuilds and upgrades; empty: made before there was any
    details: Mapping[str, str | int] = field(default_factory=dict)
    content: str = ""  # a digest: differs between two indexes that are of one generation and moment; empty: unknown


class WriteOptions(Struct, frozen=True):
    """What an update may use; an engine heeds what concerns it."""

    jobs: int = 1  # processes that analyse questions
    memory_mb: int = 768  # of questions held before they are written
    written: Callable[[int, int], None] | None = None  # told by a commit that writes questions: how many, of how many


class Engine(Protocol):
    """Stores questions and answers requests. Raises IndexMissing where nothing was built yet, or another IndexFault."""

    def about(self) -> About:
        """The newest generation; cheap, so that a page can ask at every request."""

    def search(self, request: Request) -> Hits:
        """Match, score, collapse siblings, sort, count."""

    def scan(self, request: Request) -> Iterator[Question]:
        """Stream every matching question in request order, ignoring page and limit."""

    def questions(self, numbers: Sequence[str]) -> list[Question | None]:
        """The stored questions of those numbers, in that order; None where there is none."""

    def siblings(self, number: str) -> list[Question]:
        """The question with those of its group, and those it names as the same question to others; sorted by number.

        Empty where there is no question of that number. Not derivable from one record: a page that was cut names none,
        and is then found from those that name it.
        """

    def cited_by(self, number: str, limit: int) -> list[Question]:
        """The questions whose texts cite one, by number, without their long texts; it need not be stored itself."""

    def held(self, numbers: Iterable[str]) -> frozenset[str]:
        """Those of the numbers whose questions are stored."""

    def numbers(self) -> list[str]:
        """The number of every stored question, in order; much cheaper than to `scan` them."""

    def similar(self, number: str, limit: int, *, texts: Texts = "whole") -> Hits:
        """The questions most like one, its siblings left out; `Hits.request` has the words that make them alike."""

    def statistics(self, by: FacetName, request: Request) -> Statistics:
        """Count what a request finds by the values of a facet, with answers and delays."""

    def complete(self, prefix: str, request: Request, limit: int) -> tuple[Suggestion, ...]:
        """Ways to go on while typing, counted under the filters of a request."""

    def known_words(self, words: Sequence[str]) -> list[KnownWord | None]:
        """What the index knows of each word; None for one it never met."""

    def spellings(self, word: str) -> tuple[KnownWord, ...]:
        """Words of the index that may have been meant, best first, with their distance; never the word itself.

        For a word of the dictionary only those that differ from it in marks.
        """

    def explain(
        self,
        text: str,
        number: str,
        *,
        recency: bool = True,
        proximity: bool = True,
        today: dt.date | None = None,
        translate: bool = True,
    ) -> Explanation | None:
        """How a question gets its score for a text; None where the text does not match it, or no question has it."""

    def verify(self, *, deep: bool = False) -> list[str]:
        """Read all that is stored; a sentence per piece that is missing or altered. Raises nothing.

        With `deep`, also test whether the pieces agree with each other, where an engine keeps them itself.
        """

    def news(self, request: Request, *, after: int = 0) -> "News":
        """What came into the index, of the questions that a request matches: new questions and answers, newest first.

        Only of generations later than `after`. Within a generation by moment, day and number; siblings apart. The
        request's page and limit bound it; its sort is ignored. Raises OutOfTime.
        """

    def update(
        self, *, rebuild: bool = False, options: WriteOptions = ..., moment: dt.datetime | None = None
    ) -> "Update":
        """Begin the one write path; with `rebuild` empty, the old generation answering until the commit.

        `moment` is when that is: what the update holds first was first seen then; unknown unless given. When a question
        and its answer were first seen is kept whatever becomes of them: a rebuild, a deletion, a return.
        Raises IndexLocked while another update is open, IndexOutdated, IndexBroken, IndexWriteError.
        """

    def state(self, name: str) -> bytes:
        """What a run kept under a name with the newest generation; empty where nothing."""

    def close(self) -> None:
        """Release what is held open."""


class Update(Protocol):
    """Changes that become one generation together, or none; a context manager, aborted unless committed."""

    @property
    def generation(self) -> int:
        """The generation of the index when the update began; 0 where there was none."""

    @property
    def count(self) -> int:
        """How many questions the index will hold, as far as they have reached it."""

    def entry(self, number: str) -> Entry | None:
        """What the index will hold of a number, what was put in this update included."""

    def put(self, question: Question, pages: Sequence[Question] = ()) -> None:
        """Add a question, in place of one of the same number; `pages` are those it was made of, where several.

        Raises ValueError where a count is negative: the record could not be read back.
        """

    def delete(self, number: str) -> bool:
        """Remove a question; whether there was one."""

    def state(self, name: str) -> bytes:
        """What an earlier run kept under a name; empty where nothing, or with `rebuild`."""

    def keep(self, name: str, data: bytes) -> None:
        """Keep some bytes with the coming generation."""

    def commit(self) -> int:
        """Make everything durable and visible at once; the generation it became."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
