"""Work on several segments at once: for long steps in C, which let other threads run meanwhile."""

import os
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Final, TypeVar

__all__ = ["each_in_threads"]

S = TypeVar("S")
T = TypeVar("T")

_MOST: Final = 4  # threads of one search: others may be waiting


def each_in_threads(work: Callable[[S], T], items: Sequence[S]) -> list[T]:
    """Return what `work` gives for each item, in their order. Raises what it raises for the first that it does."""
    count = max(1, min(_MOST, _cores(), len(items)))
    found: dict[int, T] = {}
    errors: dict[int, BaseException] = {}

    def take_every(first: int) -> None:
        for place in range(first, len(items), count):
            try:
                found[place] = work(items[place])
            except BaseException as error:  # an interruption, too
                errors[place] = error
                return

    threads = [Thread(target=take_every, args=(first,)) for first in range(1, count)]
    for thread in threads:
        thread.start()
    take_every(0)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return [found[place] for place in range(len(items))]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
