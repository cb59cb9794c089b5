"""A snapshot together with the arrays that queries derive from it, each made once and then shared by all threads.

A snapshot is immutable, so whatever follows from it alone (length norms, recency factors, groups of siblings, masks of
filters) is worth keeping as long as the snapshot. Small things are kept for good; masks, one bool a document each, and
what is read of frequent words, only as many bytes of the latest used.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, Protocol, TypeVar, cast

import numpy as np
import numpy.typing as npt

from searchq.lru import SizedLRU

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings
    from searchq.index.read.snapshot import Snapshot

__all__ = ["Mask", "SnapshotCache", "per_snapshot"]

Mask = npt.NDArray[np.bool_]
T = TypeVar("T")
P = ParamSpec("P")

_RECENT_BYTES: Final = 52 << 20  # nearly all frequent words of 40,000 questions, whose server stays under 150 MB
_RECENT_BYTES_A_DOC: Final = 1000  # of a larger index as many as these, a quarter of what it takes on disk
_FREQUENT: Final = 16  # a word in one of so many documents is frequent
_ABSENT: Final = object()


class Sized(Protocol):
    """Anything that says how much memory it takes."""

    @property
    def nbytes(self) -> int: ...


S = TypeVar("S", bound=Sized | None)


class SnapshotCache:
    """A snapshot, and what has been derived from it; safe to share between threads."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self._kept: dict[Hashable, Any] = {}
        most = max(_RECENT_BYTES, snapshot.max_doc * _RECENT_BYTES_A_DOC)
        self._recent: SizedLRU[Hashable, Sized | None] = SizedLRU(most, _bytes)

    @property
    def live_docs(self) -> npt.NDArray[np.intp]:
        """Every document that is not deleted: intp[doc_count], ascending."""

        def made() -> npt.NDArray[np.intp]:
            live = self.snapshot.live
            return np.arange(self.snapshot.max_doc) if live is None else live.nonzero()[0]

        return self.once("live docs", made)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, made at the first call with this key; two threads may make it, one result stays."""
        try:
            return cast(T, self._kept[key])
        except KeyError:
            return cast(T, self._kept.setdefault(key, make()))

    def recent(self, key: Hashable, make: Callable[[], S]) -> S:
        """Like `once`, but only the latest used are kept, as many as there is room for."""
        found = self._recent.get(key, _ABSENT)
        if found is not _ABSENT:
            return cast(S, found)
        made = make()
        self._recent.keep(key, made)
        return made

    def postings(self, field: str, term: str) -> "Postings | None":
        """The postings of a term; those of a frequent one are kept, with all that is decoded of them."""
        key = ("postings", field, term)
        if (known := self._recent.get(key, None)) is not None:
            return cast("Postings", known)
        found = self.snapshot.postings(field, term)
        if found is not None and self.is_frequent(found):
            self._recent.keep(key, found)
        return found

    def is_frequent(self, postings: "Postings") -> bool:
        """Whether what is read of a term is worth keeping."""
        return self.snapshot.max_doc <= len(postings.docs) * _FREQUENT


def per_snapshot(make: Callable[Concatenate[SnapshotCache, P], T]) -> Callable[Concatenate[SnapshotCache, P], T]:
    """A function of a view and hashable values, worked out once per snapshot."""

    @wraps(make)
    def once(view: SnapshotCache, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return view.once((make, *args), lambda: make(view, *args, **kwargs))

    return once


def _bytes(value: Sized | None) -> int:
    return 0 if value is None else value.nbytes
