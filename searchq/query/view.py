"""A snapshot together with the arrays that queries derive from it, each made once and then shared by all threads.

A snapshot is immutable, so whatever follows from it alone (length norms, recency factors, groups of siblings, masks of
filters) is worth keeping as long as the snapshot. Small things are kept for good; masks, one bool a document each,
only the latest used.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from searchq.index.snapshot import Snapshot

__all__ = ["Mask", "View"]

Mask = npt.NDArray[np.bool_]
T = TypeVar("T")

_MASKS_KEPT: Final = 64  # of max_doc bytes each: 2.5 MB at 40,000 documents


class View:
    """A snapshot, and what has been derived from it; safe to share between threads."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self._kept: dict[Hashable, Any] = {}
        self._masks: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

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

    def recent(self, key: Hashable, make: Callable[[], T]) -> T:
        """Like `once`, but only the latest used are kept."""
        with self._lock:
            if key in self._masks:
                self._masks.move_to_end(key)
                return cast(T, self._masks[key])
        made = make()
        with self._lock:
            self._masks[key] = made
            while len(self._masks) > _MASKS_KEPT:
                self._masks.popitem(last=False)
        return made
