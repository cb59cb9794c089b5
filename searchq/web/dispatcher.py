"""The threads that answer requests: one begins after the other, visitors in turn, no visitor having all threads.

    connection ─ add_task ─> FairQueue ─> a thread ─> task.service()
                                 └───────── the same thread, when it has answered

Python runs one thread at a time. So a request begins when the one before it is answered, in the same thread, whose data
are in its core's cache; on an idle machine, threads that wake each other for every page need a fifth more processor
time. What takes longer than its head start holds nobody up: a thread that stands by begins the next one beside it.

Takes the place of waitress's own dispatcher, whose queue is first come, first served.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from searchq.web import metrics
from searchq.web.fair_queue import FairQueue
from searchq.web.fair_semaphore import WAITED

__all__ = ["HEAD_START_SECONDS", "Dispatcher"]

_LOG: Final = logging.getLogger("searchq.web")
_SHARE: Final = 4  # one visitor may occupy this part of the threads
HEAD_START_SECONDS: Final = 0.02  # more than most pages take


class Task(Protocol):
    """What waitress hands over: a connection with a complete request."""

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class _Begun(NamedTuple):
    """A request that has begun, until when none may begin beside it."""

    task: Task
    head_start: float


class Dispatcher:
    """A pool of threads. Threads start when first needed."""

    def __init__(self, threads: int, visitor_of: Callable[[Task], str]) -> None:
        self._limit = threads
        self._per_visitor = max(1, threads // _SHARE)
        self._visitor_of = visitor_of
        self._queue: FairQueue[tuple[Task, float]] = FairQueue()  # and when it came
        self._running: Counter[str] = Counter()
        self._last: _Begun | None = None  # the request that began last, until it is answered
        self._changed = threading.Condition()
        self._threads = 0
        self._idle = 0
        self._has_standby = False  # a thread that waits for the end of a head start
        self._stopping = False

    def add_task(self, task: Task) -> None:
        """Answer a request when it is its visitor's turn."""
        visitor = self._visitor_of(task)
        with self._changed:
            self._queue.put(visitor, (task, time.monotonic()))
            metrics.QUEUE.set(len(self._queue))
            if not self._has_standby or self._head_start() <= 0:
                self._call_thread()

    def _call_thread(self) -> None:
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
        found = self._next()
        while found:
            visitor, (task, came) = found
            waited = time.monotonic() - came
            WAITED.set(waited)
            metrics.QUEUE_SECONDS.observe(waited)
            try:
                task.service()
            except BaseException:
                _LOG.exception("a request failed")
            with self._changed:  # at once, so that no other thread begins the next one in between
                self._end(visitor, task)
                found = self._next()

    def _next(self) -> tuple[str, tuple[Task, float]] | None:
        """Wait for a request that may begin, of a visitor with fewer than their share; None to end."""
        with self._changed:
            while not self._stopping:
                head_start = self._head_start()
                found = self._queue.take(self._has_share) if head_start <= 0 else None
                if found:
                    self._begin(*found)
                    return found
                self._rest(head_start)
            self._threads -= 1
            self._changed.notify_all()
            return None

    def _has_share(self, visitor: str) -> bool:
        return self._running[visitor] < self._per_visitor

    def _head_start(self) -> float:
        """For how many seconds no request may begin."""
        return self._last.head_start - time.monotonic() if self._last else 0.0

    def _begin(self, visitor: str, found: tuple[Task, float]) -> None:
        self._last = _Begun(found[0], time.monotonic() + HEAD_START_SECONDS)
        self._running[visitor] += 1
        self._tell()
        if self._queue and not self._has_standby:
            self._call_thread()

    def _end(self, visitor: str, task: Task) -> None:
        if self._last and self._last.task is task:
            self._last = None
        self._running[visitor] -= 1
        if not self._running[visitor]:
            del self._running[visitor]
        self._tell()

    def _tell(self) -> None:
        metrics.QUEUE.set(len(self._queue))
        metrics.THREADS.set(self._running.total())

    def _rest(self, head_start: float) -> None:
        """Wait for a request, or stand by until one may begin."""
        stands_by = head_start > 0 and not self._has_standby
        self._has_standby = self._has_standby or stands_by
        self._idle += 1
        self._changed.wait(head_start if stands_by else None)
        self._idle -= 1
        if stands_by:
            self._has_standby = False
