"""A least-recently-used cache bounded in bytes, for what is costly to make and asked for again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

__all__ = ["SizedLRU"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
D = TypeVar("D")
W = TypeVar("W")


class SizedLRU(Generic[K, V]):
    """Values by key; the least recently used are dropped when there is no room. Safe for any number of threads."""

    def __init__(self, max_bytes: int, size_of: Callable[[V], int]) -> None:
        """`size_of` returns the bytes a value takes, always the same for one value."""
        self._max_bytes = max_bytes
        self._size_of = size_of
        self._bytes = 0
        self._lock = threading.Lock()
        self._values: OrderedDict[K, V] = OrderedDict()

    @property
    def bytes(self) -> int:
        """How many bytes the values take."""
        return self._bytes

    def get(self, key: K, absent: D) -> V | D:
        """The value of a key, or `absent`."""
        with self._lock:
            if key not in self._values:
                return absent
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: K, value: V) -> None:
        """Add a value; an existing one of that key stays."""
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._make_room(self._size_of(value))

    def once(self, key: K, make: Callable[[], W], is_kept: Callable[[W], bool] = lambda value: True) -> W:
        """Return the value of a key, or what `make` returns, and keep that if told so; two threads may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast(W, self._values[key])
        made = make()
        with self._lock:
            if is_kept(made) and key not in self._values:
                self._values[key] = cast(V, made)
                self._make_room(self._size_of(cast(V, made)))
        return made

    def _make_room(self, size: int) -> None:
        """Count the bytes of a value that was added, and drop those used least recently while they are too many."""
        self._bytes += size
        while self._bytes > self._max_bytes:
            self._bytes -= self._size_of(self._values.popitem(last=False)[1])
