"""Work on several segments at once: for long steps in C, which let other threads run meanwhile."""

import os
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

__all__ = ["each_in_threads"]

S = TypeVar("S")
T = TypeVar("T")

_MOST: Final = 4  # threads of one search: others may be waiting


def each_in_threads(work: Callable[[S], T], items: Sequence[S]) -> list[T]:
    """Return what `work` gives for each item, in their order. Raises what it raises for the first that it does."""
    count = min(_MOST, _cores(), len(items))
    if count < 2:
        return list(map(work, items))
    from concurrent.futures import ThreadPoolExecutor  # of which most searches have no need

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, items))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
