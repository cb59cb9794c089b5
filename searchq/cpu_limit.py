"""A bound on processor time for work in this process, which no other process watches: RLIMIT_CPU and its signal."""

import math
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["cpu_limited"]


@contextmanager
def cpu_limited(seconds: float, exceeded: Callable[[], BaseException]) -> Iterator[None]:
    """Raise `exceeded()` in the block after so many seconds of this process's CPU time, rounded up to whole ones.

    Has no effect outside the main thread, which alone receives signals, or below a lower limit of the user's.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = time.process_time() + seconds
    limit = math.ceil(until)
    if threading.current_thread() is not threading.main_thread() or _bounds(soft, limit) or _bounds(hard, limit):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        # The kernel counts ticks, which may run ahead of the time used; it sends the signal again each second.
        if time.process_time() >= until:
            raise exceeded()

    before = signal.signal(signal.SIGXCPU, stop)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
        signal.signal(signal.SIGXCPU, before)


def _bounds(limit: int, wanted: int) -> bool:
    """Whether a limit that is in force ends the process before the wanted one."""
    return limit not in (resource.RLIM_INFINITY, -1) and limit <= wanted
