"""What was used last, within so many bytes: for what is dear to make and asked for again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Recent"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
D = TypeVar("D")


class Recent(Generic[K, V]):
    """Values by key; the ones used longest ago go when there is no room. Any number of threads."""

    def __init__(self, most_bytes: int, size_of: Callable[[V], int]) -> None:
        """`size_of` tells how many bytes a value takes, the same whenever it is asked."""
        self._most = most_bytes
        self._size_of = size_of
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, absent: D) -> V | D:
        """The value kept under a key, or `absent`."""
        with self._lock:
            if key not in self._kept:
                return absent
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: K, value: V) -> None:
        """Keep a value; where there is one of that key, that one stays."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value
            self._bytes += self._size_of(value)
            while self._bytes > self._most:
                self._bytes -= self._size_of(self._kept.popitem(last=False)[1])
