"""Worker processes of a server: forked, watched, started anew when one ends, and stopped together.

supervisor ── fork ──> workers      one that is killed, or meets a file cut short under it (SIGBUS), is replaced
    └ SIGTERM, SIGINT ─> all of them, which end their requests; after STOP_SECONDS they are killed
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final, NoReturn

__all__ = ["STOP_SECONDS", "on_stop", "supervise"]

STOP_SECONDS: Final = 4.5  # from a signal until what still runs is cut off
_PAUSE_SECONDS: Final = 1.0  # before a worker is replaced that ended sooner than this after its start
_POLL_SECONDS: Final = 0.05
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)


def supervise(count: int, work: Callable[[], None], ready: Callable[[], None]) -> None:
    """Run `work` in so many processes until a signal to stop; `ready` is called first. No thread may run yet."""
    stopping = False

    def stop() -> None:
        nonlocal stopping
        stopping = True
        _send(workers, signal.SIGTERM)

    workers: dict[int, float] = {}  # when each was started
    on_stop(stop)
    ready()
    while not stopping:
        while len(workers) < count and not stopping:
            workers[_fork(work)] = time.monotonic()
        for began in _ended(workers):
            if time.monotonic() - began < _PAUSE_SECONDS:
                time.sleep(_PAUSE_SECONDS)
        time.sleep(_POLL_SECONDS)
    _send(workers, signal.SIGTERM)  # also to one forked while the signal came
    until = time.monotonic() + STOP_SECONDS
    while workers and time.monotonic() < until:
        _ended(workers)
        time.sleep(_POLL_SECONDS)
    _send(workers, signal.SIGKILL)
    for worker in workers:
        os.waitpid(worker, 0)


def on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGTERM and SIGINT."""

    def handle(number: int, frame: FrameType | None) -> None:
        stop()

    for number in _STOPPING:
        signal.signal(number, handle)


def _fork(work: Callable[[], None]) -> int:
    worker = os.fork()
    if worker == 0:
        _run(work)
    return worker


def _run(work: Callable[[], None]) -> NoReturn:
    code = 1
    try:
        for number in _STOPPING:  # the supervisor's handlers are not the worker's
            signal.signal(number, signal.SIG_DFL)
        work()
        code = 0
    finally:
        os._exit(code)


def _ended(workers: dict[int, float]) -> list[float]:
    """Forget the workers that ended; return when each was started."""
    found = [worker for worker in workers if os.waitpid(worker, os.WNOHANG)[0]]
    return [workers.pop(worker) for worker in found]


def _send(workers: dict[int, float], number: int) -> None:
    for worker in list(workers):
        with suppress(ProcessLookupError):
            os.kill(worker, number)
