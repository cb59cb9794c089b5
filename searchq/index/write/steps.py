"""The steps of a merge that do not need each other, in two threads: NumPy, hashing and writing leave Python to others.

main thread     words, terms of one language ──> of the other ──> …
two threads     records │ a zone │ a zone │ combined │ …
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self, TypeVar

__all__ = ["Steps"]

T = TypeVar("T")

_THREADS: Final = 2
_WORTH: Final = 2000  # documents; of fewer, all is done in order


class Steps:
    """Performs steps as they are begun, or side by side if they are many documents' work."""

    def __init__(self, docs: int) -> None:
        self._threads = ThreadPoolExecutor(_THREADS) if docs >= _WORTH else None

    def begin(self, step: Callable[[], T]) -> Callable[[], T]:
        """Begin a step; return what gives its result, or raises its exception."""
        if self._threads is not None:
            return self._threads.submit(step).result
        done = step()
        return lambda: done

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the steps that run; after an exception, begin no others."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=error is not None)
