"""The threads that answer requests: visitors in turn, and never all threads for one of them.

    connection ─ add_task ─> FairQueue ─> a thread ─> task.service()

Takes the place of waitress's own dispatcher, whose queue is first come, first served.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Final, Protocol

from searchq.web import metrics
from searchq.web.fair_queue import FairQueue

__all__ = ["Dispatcher"]

_LOG: Final = logging.getLogger("searchq.web")
_SHARE: Final = 4  # one visitor may occupy this part of the threads


class Task(Protocol):
    """What waitress hands over: a connection with a complete request."""

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class Dispatcher:
    """A pool of threads. Threads start when first needed."""

    def __init__(self, threads: int, visitor_of: Callable[[Task], str]) -> None:
        self._limit = threads
        self._per_visitor = max(1, threads // _SHARE)
        self._visitor_of = visitor_of
        self._queue: FairQueue[tuple[Task, float]] = FairQueue()  # and when it came
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._threads = 0
        self._idle = 0
        self._stopping = False

    def add_task(self, task: Task) -> None:
        """Answer a request when it is its visitor's turn."""
        visitor = self._visitor_of(task)
        with self._changed:
            self._queue.put(visitor, (task, time.monotonic()))
            metrics.QUEUE.set(len(self._queue))
            if self._idle:
                self._changed.notify()
            elif self._threads < self._limit:
                self._threads += 1
                threading.Thread(target=self._work, name="searchq-web", daemon=True).start()

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End the threads after their requests; return whether all ended in time."""
        until = time.monotonic() + timeout
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
            while self._threads and time.monotonic() < until:
                self._changed.wait(until - time.monotonic())
            while cancel_pending and (found := self._queue.take()):
                found[1][0].cancel()
            return not self._threads

    def _work(self) -> None:
        while found := self._next():
            visitor, (task, came) = found
            metrics.QUEUE_SECONDS.observe(time.monotonic() - came)
            try:
                task.service()
            except BaseException:
                _LOG.exception("a request failed")
            with self._changed:
                self._running[visitor] -= 1
                self._running += Counter()
                metrics.THREADS.set(self._running.total())
                self._changed.notify()

    def _next(self) -> tuple[str, tuple[Task, float]] | None:
        """Wait for a request of a visitor with fewer than their share; None to end."""
        with self._changed:
            while not self._stopping:
                found = self._queue.take(lambda visitor: self._running[visitor] < self._per_visitor)
                if found:
                    self._running[found[0]] += 1
                    metrics.QUEUE.set(len(self._queue))
                    metrics.THREADS.set(self._running.total())
                    return found
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            self._threads -= 1
            self._changed.notify_all()
            return None
