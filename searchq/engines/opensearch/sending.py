"""Sends questions to the cluster in batches: analysed in worker processes where there are several, sent meanwhile.

add ── analysed, here or by a worker ──> sent by a thread, two batches at once
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

from searchq.analysis.lexicon import dictionary
from searchq.engines.opensearch.documents import Batch, lines_of
from searchq.worker_pool import WorkerPool

__all__ = ["IN_BATCH", "Sending"]

IN_BATCH: Final = 500  # questions
_AT_ONCE: Final = 2  # batches on their way to the cluster
_AHEAD: Final = 2  # analysed, or being analysed, besides

Lines = Sequence[bytes]


class Sending:
    """Batches on their way; owns the worker processes. A small run never starts any."""

    def __init__(self, jobs: int, send: Callable[[Lines], None], told: Callable[[int], None]) -> None:
        self._jobs, self._send, self._told = jobs, send, told
        self._stored = 0  # questions that the cluster has, of which is told
        self._pool: WorkerPool | None = None
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._sent: deque[tuple[Future[None], int]] = deque()  # with how many questions each has
        self._numbers: set[str] = set()  # of what is on its way

    def add(self, batch: Batch) -> None:
        """Send a batch; may wait for an earlier one. Raises what sending that one raised."""
        numbers = {entry.question.number for entry in batch.entries}
        if not self._numbers.isdisjoint(numbers):
            self.finish()  # the later one of a question stays
        self._numbers |= numbers
        analysed = self._analysed(batch)
        self._sent.append((self._threads.submit(lambda: self._send(analysed())), len(batch.entries)))
        while len(self._sent) > _AT_ONCE + self._jobs * _AHEAD:
            self._wait()

    def finish(self) -> None:
        """Wait until everything is with the cluster. Raises what sending it raised."""
        while self._sent:
            self._wait()
        self._numbers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what is not sent yet."""
        if self._pool is not None:
            self._pool.stop()
        self._threads.shutdown(cancel_futures=True)

    def _wait(self) -> None:
        """Wait for the batch that has been on its way the longest."""
        sending, questions = self._sent.popleft()
        sending.result()
        self._stored += questions
        self._told(self._stored)

    def _analysed(self, batch: Batch) -> Callable[[], Lines]:
        if self._jobs > 1 and len(batch.entries) >= IN_BATCH:
            self._pool = self._pool or WorkerPool(self._jobs, load=dictionary)
            return self._pool.submit(lines_of, batch).get
        lines = lines_of(batch)
        return lambda: lines
