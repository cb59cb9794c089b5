"""One execution of a query: the view it reads, the time it may take, and what it learns on the way.

What is learnt: which terms matched (to highlight), and hints for the visitor. A deadline is looked at between array
operations, each of which is short, so that no query holds a thread much longer than it may.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from searchq.engines.embedded.execution.matches import Matches
from searchq.engines.embedded.snapshot_cache import View
from searchq.errors import OutOfTime
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.hints import Hint

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings
    from searchq.index.read.snapshot import Snapshot

__all__ = ["Handler", "Run"]

T = TypeVar("T")
Handler = Callable[[Any, "Run"], Matches]


@dataclass(slots=True)
class Run:
    """The state of one execution, used by one thread."""

    view: View
    table: Mapping[type, Handler]  # how each kind of node is evaluated
    otherwise: Handler  # how any other kind is
    seconds: float = QUERY_DEADLINE_SECONDS
    terms: set[tuple[str, str]] = field(default_factory=set)  # (field, term) that make documents match
    hints: list[Hint] = field(default_factory=list)
    _deadline: float = field(init=False)
    _barred: int = 0  # how many negations deep
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

    def evaluate(self, node: Any) -> Matches:
        """What a node of the tree matches."""
        self.check()
        return self.table.get(type(node), self.otherwise)(node, self)

    def check(self) -> None:
        """Raises OutOfTime once the deadline has passed."""
        if monotonic() > self._deadline:
            raise OutOfTime()

    def postings(self, fieldname: str, term: str) -> "Postings | None":
        """The postings of a term, read once an execution; None where there are none."""
        key = (fieldname, term)
        if key not in self._postings:
            self.check()
            self._postings[key] = self.view.postings(fieldname, term)
        return self._postings[key]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, made once an execution."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    def note(self, fieldname: str, term: str) -> None:
        """Remember a term that makes documents match, unless below a negation."""
        if not self._barred:
            self.terms.add((fieldname, term))

    def hint(self, hint: Hint) -> None:
        """Remember a hint; one of a kind about a word, though several zones give it."""
        if all((hint.code, hint.values.get("word")) != (said.code, said.values.get("word")) for said in self.hints):
            self.hints.append(hint)

    @contextmanager
    def barring(self) -> Iterator[None]:
        """While documents are ruled out: the terms that do so are nothing to highlight."""
        self._barred += 1
        try:
            yield
        finally:
            self._barred -= 1
