"""Questions prepared in batches, on other processes once there is a batch to fill, and added in their order."""

import gc
import signal
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, Self

from searchq.analysis.lexicon import dictionary
from searchq.errors import SearchqError
from searchq.index.prepare import PreparedBatch, Preparer
from searchq.index.writer import IndexWriter
from searchq.question import Question

__all__ = ["Preparation"]

BATCH: Final = 1000  # questions; larger ones are hardly faster and hold more memory
AHEAD: Final = 4  # batches waiting, besides those being prepared: the first hold the most new words to be analysed


class Preparation:
    """Takes questions one by one and hands on prepared batches; holds the processes that prepare.

    A small run never starts a process: its one batch is prepared here.
    """

    def __init__(self, jobs: int, writer: IndexWriter) -> None:
        """`writer` receives the batches in order."""
        self._jobs = jobs
        self._writer = writer
        self._preparer = Preparer()
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
            self._pool = ProcessPoolExecutor(self._jobs, initializer=_begin_process)
        others = set(active_children())
        self._pending.append(self._pool.submit(_prepare, self._waiting, self._writer.dictionary))
        self._processes |= set(active_children()) - others  # the pool makes its processes at the first task
        self._writer.learn(self._waiting)  # while the first process is at work; its batch is compressed again later
        self._waiting = []
        while len(self._pending) > self._jobs + AHEAD:
            self._receive()
        return None

    def _receive(self) -> None:
        dictionary()  # the writer will ask for it; loaded while the processes are at work
        try:
            self._writer.add(self._pending.popleft().result())
        except BrokenProcessPool as error:
            raise SearchqError("A preparing process was killed, perhaps for want of memory; try --jobs 1.") from error

    def _prepare_here(self) -> None:
        questions, self._waiting = self._waiting, []
        self._writer.learn(questions)
        self._writer.add(self._preparer.prepare(questions, self._writer.dictionary))


def _begin_process() -> None:
    """What a preparing process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the process that writes; it stops the others itself
    gc.disable()  # preparing makes no cycles, and looking for some takes a tenth of its time


@cache
def _preparer() -> Preparer:
    """The preparer of this process."""
    return Preparer()


def _prepare(questions: Sequence[Question], dictionary: bytes) -> PreparedBatch:
    return _preparer().prepare(questions, dictionary)
