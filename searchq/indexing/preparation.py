"""Questions analysed in batches, on other processes once there is a batch to fill, and added in their order."""

import gc
import signal
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, Self

from searchq.analysis.lexicon import dictionary
from searchq.errors import SearchqError
from searchq.index.prepare import PreparedBatch, prepare
from searchq.question import Question

__all__ = ["Preparation"]

BATCH: Final = 1000  # questions; larger ones are hardly faster and hold more memory
AHEAD: Final = 1  # batches waiting, besides those being prepared


class Preparation:
    """Takes questions one by one and hands on prepared batches; holds the processes that prepare.

    A small run never starts a process: its one batch is prepared here.
    """

    def __init__(self, jobs: int, add: Callable[[PreparedBatch], None], compression: Callable[[], bytes]) -> None:
        """`add` receives the batches in order; `compression` gives the dictionary to compress records with, by then."""
        self._jobs = jobs
        self._add = add
        self._compression = compression
        self._waiting: list[Question] = []
        self._pool: ProcessPoolExecutor | None = None
        self._pending: deque[Future[PreparedBatch]] = deque()
        self._processes: set[BaseProcess] = set()

    def put(self, question: Question) -> None:
        """Take a question; may wait for a batch to be ready."""
        self._waiting.append(question)
        if len(self._waiting) >= BATCH:
            self._send()

    def finish(self) -> None:
        """Hand on everything taken. Raises SearchqError when a process was killed."""
        if self._waiting and self._pool is None:
            self._prepare_here()
        elif self._waiting:
            self._send()
        while self._pending:
            self._receive()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            if error is not None:
                for process in self._processes:  # nobody wants what they are at, and a batch takes a while
                    process.terminate()
            self._pool.shutdown(cancel_futures=True)

    def _send(self) -> None:
        if self._jobs <= 1:
            return self._prepare_here()
        if self._pool is None:
            dictionary()  # loaded once, here: the processes share what was there when they were made
            self._pool = ProcessPoolExecutor(self._jobs, initializer=_begin_process)
        others = set(active_children())
        self._pending.append(self._pool.submit(prepare, self._waiting, self._compression()))
        self._processes |= set(active_children()) - others  # the pool makes its processes at the first task
        self._waiting = []
        while len(self._pending) > self._jobs + AHEAD:
            self._receive()
        return None

    def _receive(self) -> None:
        try:
            self._add(self._pending.popleft().result())
        except BrokenProcessPool as error:
            raise SearchqError("An analysing process was killed, perhaps for want of memory; try --jobs 1.") from error

    def _prepare_here(self) -> None:
        questions, self._waiting = self._waiting, []
        self._add(prepare(questions, self._compression()))


def _begin_process() -> None:
    """What an analysing process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the process that writes; it stops the others itself
    gc.disable()  # preparing makes no cycles, and looking for some takes a tenth of its time
