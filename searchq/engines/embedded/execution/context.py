"""The state of one search: its snapshot, its deadline, and the results it collects.

It collects the terms that matched (to highlight) and hints for the visitor. The deadline is checked between array
operations, each of which is short, so no query exceeds it by much.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from msgspec import Struct, field

from searchq.engines.embedded.execution.matches import Matches
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.errors import OutOfTime
from searchq.index.schema import FIELDS
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.hints import Hint
from searchq.query.tree import Node
from searchq.time_slices import pause

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings
    from searchq.index.read.snapshot import Snapshot

__all__ = ["Evaluator", "SearchContext"]

T = TypeVar("T")
Evaluator: TypeAlias = Callable[[Node, "SearchContext"], Matches]


class SearchContext(Struct):
    """The state of one search, used by one thread."""

    view: SnapshotCache
    evaluator: Evaluator  # evaluates a node of any kind
    seconds: float = QUERY_DEADLINE_SECONDS
    hints: list[Hint] = field(default_factory=list)
    _deadline: float = 0.0
    _unnoted: int = 0  # depth of parts whose terms are not recorded
    _noted: list[tuple[str, str]] = field(default_factory=list)
    _postings: dict[tuple[str, str], "Postings | None"] = field(default_factory=dict)
    _made: dict[Hashable, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._deadline = monotonic() + self.seconds

    @property
    def snapshot(self) -> "Snapshot":
        return self.view.snapshot

    @property
    def max_doc(self) -> int:
        return self.view.snapshot.max_doc

    @property
    def terms(self) -> frozenset[tuple[str, str]]:
        """Return the (field, term) pairs that make documents match."""
        return frozenset(self._noted)

    def evaluate(self, node: Node) -> Matches:
        """Return the matches of a node; without any, drop the terms recorded for it."""
        self.check()
        before = len(self._noted)
        matches = self.evaluator(node, self)
        if not len(matches.docs):
            del self._noted[before:]
        return matches

    def check(self) -> None:
        """Let others go first if it is their turn; raise OutOfTime once the deadline, less their time, has passed."""
        self._deadline += pause()
        if monotonic() > self._deadline:
            raise OutOfTime()

    def postings(self, field: str, term: str) -> "Postings | None":
        """Return the postings of a term, read once per search; None if there are none."""
        key = (field, term)
        if key not in self._postings:
            self.check()
            self._postings[key] = self.view.postings(field, term)
        return self._postings[key]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of `make`, called once per search and key."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def note(self, field: str, term: str) -> None:
        """Record a term of a text that makes documents match, unless suspended."""
        self.note_all(field, (term,))

    def note_all(self, field: str, terms: Iterable[str]) -> None:
        """Record several terms of a field."""
        if not self._unnoted and FIELDS[field].scored:
            self._noted += [(field, term) for term in terms]

    def hint(self, hint: Hint) -> None:
        """Record a hint, once per kind and word, even if several zones give it."""
        if all((hint.code, hint.values.get("word")) != (other.code, other.values.get("word")) for other in self.hints):
            self.hints.append(hint)

    @contextmanager
    def unnoted(self) -> Iterator[None]:
        """Suspend recording of terms: those that only exclude documents, or score them, are not highlighted."""
        self._unnoted += 1
        try:
            yield
        finally:
            self._unnoted -= 1
