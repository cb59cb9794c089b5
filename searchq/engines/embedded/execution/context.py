"""The state of one search: its snapshot, its deadline, the postings it has read, and hints for the visitor.

The deadline is checked between array operations, each of which is short, so no query exceeds it by much.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from msgspec import Struct, field

from searchq.engines.embedded.execution.matches import Matches
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.errors import OutOfTime
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
    read: dict[tuple[str, str], "Postings | None"] = field(default_factory=dict)  # by field and term
    _made: dict[Hashable, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._deadline = monotonic() + self.seconds

    @property
    def snapshot(self) -> "Snapshot":
        return self.view.snapshot

    @property
    def max_doc(self) -> int:
        return self.view.snapshot.max_doc

    def evaluate(self, node: Node) -> Matches:
        """Return the matches of a node."""
        self.check()
        return self.evaluator(node, self)

    def check(self) -> None:
        """Let others go first if it is their turn; raise OutOfTime once the deadline, less their time, has passed."""
        self._deadline += pause()
        if monotonic() > self._deadline:
            raise OutOfTime()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of `make`, called once per search and key."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def hint(self, hint: Hint) -> None:
        """Record a hint, once per kind and word, even if several zones give it."""
        if all((hint.code, hint.values.get("word")) != (other.code, other.values.get("word")) for other in self.hints):
            self.hints.append(hint)
