"""A fair semaphore: a few pages render at once; the other visitors wait for their turn.

Python runs one thread at a time, so four pages rendered at once each take four times as long. With the semaphore the
mean is the same and the 99th percentile halves: 52 to 63 ms of CPU time against 91 to 95, with four threads that never
pause and 40,000 questions. `threading.Semaphore` is not fair: it goes to whichever thread asks at the right moment.

    fresh    requests that have not begun     visitors in turn ─┐
                                                                ├─> a lane, for one time slice
    long     those that used up a slice, and pieces of exports ─┘   every fourth time, if both wait
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from searchq.errors import SearchqError
from searchq.limits import MAX_TURN_WAIT_SECONDS
from searchq.time_slices import pausing
from searchq.web.fair_queue import FairQueue
from searchq.web.metrics import WAITING, stage

__all__ = ["MAX_CONCURRENT", "WAITED", "FairSemaphore", "TooBusy"]

MAX_CONCURRENT: Final = 2  # one renders while another is slow; with 1 it takes 42 to 51 ms
SLICE_SECONDS: Final = 0.05  # twice what a usual page takes
_LONG_EVERY: Final = 4

WAITED: Final = ContextVar("WAITED", default=0.0)  # seconds that the request has waited for a thread


class TooBusy(SearchqError):
    """Too many others wait."""


class FairSemaphore:
    """Limits concurrent threads and admits the others in turn."""

    def __init__(self, lanes: int = MAX_CONCURRENT) -> None:
        self._free = lanes
        self._lock = threading.Lock()
        self._fresh: FairQueue[threading.Lock] = FairQueue()  # a lock per waiting thread; released to admit it
        self._long: FairQueue[threading.Lock] = FairQueue()
        self._admitted = 0

    @property
    def waiting(self) -> int:
        """How many threads wait."""
        return len(self._fresh) + len(self._long)

    @contextmanager
    def turn(self, visitor: str = "", *, long: bool = False, max_wait: float = MAX_TURN_WAIT_SECONDS) -> Iterator[None]:
        """Hold a lane, and give it up for a while at each pause after a time slice. Raises TooBusy after `max_wait`.

        What a request has waited for a thread is counted, but not of the pieces of a stream, which come later.
        """
        wait_left = max_wait if long else max_wait - WAITED.get()
        if wait_left <= 0:
            raise TooBusy()
        self._enter(visitor, long, wait_left)
        slice_ends = time.monotonic() + SLICE_SECONDS

        def pause() -> float:
            nonlocal slice_ends
            began = time.monotonic()
            if began < slice_ends or not self.waiting:
                return 0.0
            self._leave()
            self._enter(visitor, True, -1)
            slice_ends = time.monotonic() + SLICE_SECONDS
            return time.monotonic() - began

        try:
            with pausing(pause):
                yield
        finally:
            self._leave()

    def _enter(self, visitor: str, long: bool, max_wait: float) -> None:
        queue = self._long if long else self._fresh
        gate = threading.Lock()
        with self._lock:
            if self._free:
                self._free -= 1
                return
            gate.acquire()
            queue.put(visitor, gate)
            WAITING.set(self.waiting)
        with stage("turn"):
            admitted = gate.acquire(timeout=max_wait)
        if admitted:
            return
        with self._lock:
            if queue.remove(visitor, gate):  # else it was admitted at the last moment
                WAITING.set(self.waiting)
                raise TooBusy()

    def _leave(self) -> None:
        with self._lock:
            self._admitted += 1
            order = (self._long, self._fresh) if self._admitted % _LONG_EVERY == 0 else (self._fresh, self._long)
            admitted = order[0].take() or order[1].take()
            if admitted:
                WAITING.set(self.waiting)
                admitted[1].release()
            else:
                self._free += 1
