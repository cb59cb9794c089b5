"""A snapshot with the arrays that queries derive from it, each computed once and shared by all threads.

A snapshot is immutable, so values that depend on it alone (length norms, recency factors, groups of siblings, masks of
filters) can be cached for its lifetime. Small values are cached permanently; masks, one bool per document, are in an
LRU cache bounded in bytes (`recent`), and postings of frequent words in another: these are large and soon read again,
whereas the masks are small and slow to make.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar, cast

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
_RECENT_BYTES_A_DOC: Final = 130  # for an index of more than 400,000 documents
_POSTINGS_BYTES_A_DOC: Final = 200  # for a larger index: some 16 words of every document
_FREQUENT: Final = 16  # a word in at least one in this many documents is frequent
_FEW: Final = 4096  # documents, as of most words: to find them takes longer than to read them
_OVERHEAD: Final = 256  # bytes of objects per cached value


class SnapshotCache:
    """A snapshot and the values derived from it; thread-safe."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self._kept: dict[Hashable, Any] = {}
        recent, postings = (snapshot.max_doc * each for each in (_RECENT_BYTES_A_DOC, _POSTINGS_BYTES_A_DOC))
        self.recent: SizedLRU[Hashable, Any] = _cache_of(max(_RECENT_BYTES, recent))
        self._postings: SizedLRU[tuple[str, str], Postings | None] = _cache_of(max(_RECENT_BYTES, postings))

    @property
    def live_docs(self) -> npt.NDArray[np.intp]:
        """Return every document that is not deleted: intp[doc_count], ascending."""

        def made() -> npt.NDArray[np.intp]:
            live = self.snapshot.live
            return np.arange(self.snapshot.max_doc) if live is None else live.nonzero()[0]

        return self.once("live docs", made)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of `make`, cached by key; two threads may both call it, but one result is kept."""
        try:
            return cast(T, self._kept[key])
        except KeyError:
            return cast(T, self._kept.setdefault(key, make()))

    def postings(self, field: str, term: str) -> "Postings | None":
        """Return the postings of a term, cached with all decoded of them where `_is_kept` says so."""
        return self._postings.once((field, term), lambda: self.snapshot.postings(field, term), self._is_kept)

    def _is_kept(self, postings: "Postings | None") -> bool:
        """Return whether postings are small, were dear to make, or will soon be read again."""
        return postings is not None and (len(postings) <= _FEW or postings.is_merged or self.is_frequent(postings))

    def is_frequent(self, postings: "Postings | None") -> bool:
        return postings is not None and self.snapshot.max_doc <= len(postings) * _FREQUENT


def per_snapshot(make: Callable[Concatenate[SnapshotCache, P], T]) -> Callable[Concatenate[SnapshotCache, P], T]:
    """Memoize a function of a view and hashable values, once per snapshot."""

    @wraps(make)
    def once(view: SnapshotCache, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return view.once((make, *args), lambda: make(view, *args, **kwargs))

    return once


def _cache_of(max_bytes: int) -> SizedLRU[Any, Any]:
    """Return a cache of values that tell their `nbytes`, or are None."""
    return SizedLRU(max_bytes, lambda value: _OVERHEAD + (0 if value is None else value.nbytes))
