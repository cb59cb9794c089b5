"""The processes of a run: how they begin, how they are stopped, and what is said when one was killed.

None outlives the process that started it, however that ends: one left behind would wait for ever, and with it hold the
lock of the index, which a forked process inherits.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import ParamSpec, TypeVar

from searchq.errors import SearchqError

__all__ = ["Processes", "named_when_killed"]

P = ParamSpec("P")
T = TypeVar("T")


class Processes:
    """Some processes that work off what is submitted, in order; they start with the first task."""

    def __init__(self, count: int, begin: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Each calls `begin`, a function of a module, before all else."""
        self._pool = ProcessPoolExecutor(count, initializer=_begin, initargs=(begin, args, kwargs))
        self._started: set[BaseProcess] = set()

    def submit(self, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Have a function of a module called with these arguments. Raises SearchqError when a process was killed."""
        others = set(active_children())
        with named_when_killed():
            future = self._pool.submit(task, *args, **kwargs)
        self._started |= set(active_children()) - others  # the pool makes its processes at the first task
        return future

    def stop(self, *, at_once: bool) -> None:
        """End the processes: after what they are at, or at once where nobody wants that any more."""
        if at_once:
            for process in self._started:
                process.terminate()
        self._pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def named_when_killed() -> Iterator[None]:
    """Raise SearchqError in place of what the pool says when one of its processes was killed."""
    try:
        yield
    except BrokenProcessPool as error:
        raise SearchqError("A process of the run was killed, perhaps for want of memory; try --jobs 1.") from error


def _begin(begin: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked; it stops these itself
    Thread(target=_end_with_parent, daemon=True).start()
    begin(*args, **kwargs)


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end with it.

    What tells that end is a pipe that later siblings hold open too: so the last one ends first, then the one before.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
