"""The index behind the page: opened when first needed, opened again after a fault.

    create_app(index)   an opened index, or the folder of one

A folder without an index is no reason not to start: the page says so (503) until there is one, and then serves it.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import searchq
from searchq.errors import IndexFault
from searchq.web.port import Index

__all__ = ["IndexHolder", "Opener", "open_index"]

Opener = Callable[[], Index]

RETRY_SECONDS: Final = 1.0  # seconds between two tries of a folder that could not be opened


def open_index(path: str | Path) -> Index:
    """The index in a folder. Raises IndexFault where there is none, or a broken one."""
    return searchq.open(path)


class IndexHolder:
    """Hands out the one index all threads share; a folder that cannot be opened is tried again after a while."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._fault: IndexFault | None = None
        self._tried = 0.0

    def index(self) -> Index:
        """The opened index. Raises IndexFault while there is none."""
        return self._index or self._open()

    def _open(self) -> Index:
        with self._lock:
            if self._index is None:
                if self._fault and time.monotonic() - self._tried < RETRY_SECONDS:
                    raise self._fault
                try:
                    self._index, self._fault = self._opener(), None
                except IndexFault as fault:
                    self._fault, self._tried = fault, time.monotonic()
                    raise
            return self._index

    def doubt(self, index: Index) -> None:
        """Called after a fault of an index that had opened: the next request opens it afresh."""
        with self._lock:
            if self._index is index:
                self._index = None
