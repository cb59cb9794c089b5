"""The index behind the page: opened on first use, reopened after a fault.

    create_app(index)   an opened index, or the folder of one

Without an index the page starts anyway, and answers 503 until there is one.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import searchq
from searchq.api import Index
from searchq.errors import IndexFault

__all__ = ["IndexHolder", "Opener", "open_index"]

Opener = Callable[[], Index]

RETRY_SECONDS: Final = 1.0  # between two attempts to open the index


def open_index(path: str | Path) -> Index:
    """Open the index in a directory. Raises IndexFault if it is missing or broken."""
    return searchq.open(path)


class IndexHolder:
    """The index shared by all threads; retries to open it after RETRY_SECONDS."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._fault: IndexFault | None = None
        self._tried = 0.0

    def index(self) -> Index:
        """The opened index. Raises IndexFault if there is none."""
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
        """Reopen the index on the next request, after a fault."""
        with self._lock:
            if self._index is index:
                self._index = None
