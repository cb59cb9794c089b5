"""Worker processes of a server: forked, watched, started anew when one ends, and stopped together.

supervisor ── fork ──> workers      one that is killed, or meets a file cut short under it (SIGBUS), is replaced
    └ SIGTERM, SIGINT, SIGHUP ─> all of them, which end their requests; after STOP_SECONDS they are killed
      gone itself ─────────────> all of them, as if told to stop: a pipe that only it can write to ends
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import FrameType
from typing import Final, NamedTuple, NoReturn

from searchq.limits import STOP_SECONDS

__all__ = ["Ended", "on_stop", "supervise"]

_PAUSE_SECONDS: Final = 1.0  # before a worker is replaced that ended sooner than this after its start
_POLL_SECONDS: Final = 0.05
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # the last where a terminal is closed
_LOG: Final = logging.getLogger(__name__)


class Ended(NamedTuple):
    """A worker that ended."""

    place: int  # of its work in the list
    pid: int
    code: int  # the number of the signal, negative, or its exit code


Work = Callable[[], None]


def supervise(
    works: Sequence[Work],
    ready: Callable[[], None],
    ended: Callable[[Ended], None] = lambda one: None,
    rest: Callable[[float], None] = time.sleep,
    stops: Callable[[], object] = lambda: None,
) -> None:
    """Run each work in a process until a signal to stop; `ready` is called first. No thread may run yet.

    `ended` is told of a worker before another takes its place; `rest` waits for so many seconds at most; `stops` is
    called when a signal came, while workers still answer.
    """
    stopping = False

    def stop() -> None:
        nonlocal stopping
        stopping = True
        _send(workers, signal.SIGTERM)

    workers: dict[int, _Worker] = {}
    lifeline = os.pipe()
    on_stop(stop)
    ready()
    while not stopping:
        for place in set(range(len(works))) - {worker.place for worker in workers.values()}:
            if not stopping:
                workers[_fork(works[place], lifeline)] = _Worker(place, time.monotonic())
        for worker, pid, code in _ended(workers):
            if stopping:
                continue
            ended(Ended(worker.place, pid, code))
            if time.monotonic() - worker.began < _PAUSE_SECONDS:
                time.sleep(_PAUSE_SECONDS)
        rest(_POLL_SECONDS)
    stops()
    _send(workers, signal.SIGTERM)  # also to one forked while the signal came
    until = time.monotonic() + STOP_SECONDS
    while workers and time.monotonic() < until:
        list(_ended(workers))
        time.sleep(_POLL_SECONDS)
    _send(workers, signal.SIGKILL)
    for pid in workers:
        os.waitpid(pid, 0)
    for end in lifeline:
        os.close(end)


class _Worker(NamedTuple):
    place: int
    began: float


def on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGTERM, SIGINT and SIGHUP."""

    def handle(number: int, frame: FrameType | None) -> None:
        stop()

    _handle_stopping(handle)


def _handle_stopping(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in _STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # under nohup it stays ignored
            signal.signal(number, handler)


def _fork(work: Work, lifeline: tuple[int, int]) -> int:
    worker = os.fork()
    if worker == 0:
        _run(work, lifeline)
    return worker


def _run(work: Work, lifeline: tuple[int, int]) -> NoReturn:
    code = 1
    try:
        _handle_stopping(signal.SIG_DFL)  # the supervisor's handlers are not the worker's
        os.close(lifeline[1])
        threading.Thread(target=_follow, args=lifeline[:1], name="searchq-lifeline", daemon=True).start()
        work()
        code = 0
    except Exception:
        _LOG.exception("the worker failed")
    finally:
        os._exit(code)


def _follow(lifeline: int) -> None:
    """Stop this process when the supervisor is gone."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _ended(workers: dict[int, _Worker]) -> Iterator[tuple[_Worker, int, int]]:
    """Forget the workers that ended; each, its process, and how it ended."""
    for pid in list(workers):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            yield workers.pop(pid), pid, os.waitstatus_to_exitcode(status)


def _send(workers: dict[int, _Worker], number: int) -> None:
    for worker in list(workers):
        with suppress(ProcessLookupError):
            os.kill(worker, number)
