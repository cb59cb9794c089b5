"""Questions prepared in batches, on other processes once there is a batch to fill, and added in their order.

put ──> waiting ── a batch full ──> being prepared ──> writer.add
"""

import gc
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from functools import cache
from types import TracebackType
from typing import Final, Self

from searchq.analysis.lexicon import dictionary
from searchq.index.write.prepare import PreparedBatch, Preparer
from searchq.index.write.writer import IndexWriter
from searchq.processes import Processes, named_when_killed
from searchq.question import Question

__all__ = ["BatchPipeline"]

BATCH: Final = 1000  # questions; larger ones are hardly faster and hold more memory
AHEAD: Final = 4  # batches waiting, besides those being prepared


class BatchPipeline:
    """Takes questions one by one and hands on prepared batches; holds the processes that prepare.

    A small run never starts a process: its one batch is prepared here.
    """

    def __init__(self, jobs: int, writer: IndexWriter) -> None:
        """`writer` receives the batches in order."""
        self._jobs = jobs
        self._writer = writer
        self._preparer = Preparer()
        self._waiting: list[Question] = []
        self._processes: Processes | None = None
        self._pending: deque[Future[PreparedBatch]] = deque()

    def put(self, question: Question) -> None:
        """Take a question; may wait for a batch to be ready."""
        self._waiting.append(question)
        if len(self._waiting) >= BATCH:
            self._send()

    def finish(self) -> None:
        """Hand on everything taken. Raises SearchqError when a process was killed."""
        if self._waiting and self._processes is None:
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
        if self._processes is not None:
            self._processes.stop(at_once=error is not None)

    def _send(self) -> None:
        if self._jobs <= 1:
            return self._prepare_here()
        if self._processes is None:
            dictionary()  # now, so that the processes share it
            # Preparing makes no cycles, and looking for some takes a tenth of its time.
            self._processes = Processes(self._jobs, gc.disable)
        self._pending.append(self._processes.submit(_prepare, self._waiting, self._writer.dictionary))
        self._writer.learn(self._waiting)  # while the first process is at work; its batch is compressed again later
        self._waiting = []
        while len(self._pending) > self._jobs + AHEAD:
            self._receive()
        return None

    def _receive(self) -> None:
        with named_when_killed():
            batch = self._pending.popleft().result()
        self._writer.add(batch)

    def _prepare_here(self) -> None:
        questions, self._waiting = self._waiting, []
        self._writer.learn(questions)
        self._writer.add(self._preparer.prepare(questions, self._writer.dictionary))


@cache
def _preparer() -> Preparer:
    """The preparer of this process."""
    return Preparer()


def _prepare(questions: Sequence[Question], dictionary: bytes) -> PreparedBatch:
    return _preparer().prepare(questions, dictionary)
