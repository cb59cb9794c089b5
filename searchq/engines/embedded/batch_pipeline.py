"""Prepares questions in batches, in worker processes if there is more than one batch, and adds them in order.

put ──> waiting ── batch full ──> being prepared ──> writer.add
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Final, Self

from searchq.engines.embedded.batch_worker import Batch, lexicon, prepare
from searchq.first_seen import FirstSeen
from searchq.index.write.prepare import PreparedBatch, Preparer
from searchq.index.write.term_ids import analyzers
from searchq.index.write.writer import IndexWriter
from searchq.question import Entry, Question
from searchq.worker_pool import Result, WorkerPool

__all__ = ["BatchPipeline"]

STARTED_AT: Final = 250  # questions in the first batch; at this number the workers start
BATCH: Final = 1000  # questions; larger batches are hardly faster and use more memory
AHEAD: Final = 4  # waiting batches, besides those being prepared


class BatchPipeline:
    """Collects questions into batches and passes prepared batches to the writer; owns the worker processes.

    A small run never starts a worker: its one batch is prepared here.
    """

    def __init__(self, jobs: int, writer: IndexWriter, first_seen: Callable[[Question], FirstSeen]) -> None:
        """`writer` receives the batches in order; `first_seen` tells what the index keeps of a question."""
        self._jobs = jobs
        self._first_seen = first_seen
        self._writer = writer
        self._lexicon_file = writer.lexicon_file
        self._preparer: Preparer | None = None
        self._waiting: dict[str, Entry] = {}  # by number
        self._pool: WorkerPool | None = None
        self._pending: deque[tuple[Result[PreparedBatch], dict[str, Entry]]] = deque()

    def put(self, entry: Entry) -> None:
        """Add a question with its pages, replacing an earlier one of that number; may wait for a batch."""
        self._waiting[entry.question.number] = entry
        if len(self._waiting) >= BATCH:
            self._send()
        elif len(self._waiting) == STARTED_AT and self._jobs > 1:
            self._workers()

    def entry(self, number: str) -> Entry | None:
        """Return the last entry put for a number, else the one in the index."""
        for batch in (self._waiting, *(entries for _, entries in reversed(self._pending))):
            if number in batch:
                return batch[number]
        return self._writer.entry(number)

    def finish(self) -> None:
        """Prepare and add all remaining questions. Raises SearchqError if a process was killed."""
        if self._waiting and self._pool is None:
            self._prepare_here()
        elif self._waiting:
            self._send()
        while self._pending:
            self._receive()

    def dismiss_workers(self) -> None:
        """Let the workers end while their questions are written; none may be put any more."""
        if self._pool is not None:
            self._pool.dismiss()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.stop()

    def _send(self) -> None:
        if self._jobs <= 1:
            return self._prepare_here()
        batch = Batch.of(self._waiting, self._first_seen)
        workers = self._workers()
        self._writer.learn(batch.questions)  # while the processes start
        task = workers.submit(prepare, batch.packed(), self._writer.dictionary, self._lexicon_file)
        self._pending.append((task, self._waiting))
        self._waiting = {}
        while len(self._pending) > self._jobs + AHEAD:
            self._receive()
        return None

    def _workers(self) -> WorkerPool:
        if self._pool is None:
            self._pool = WorkerPool(self._jobs, load=partial(lexicon, self._lexicon_file))
        return self._pool

    def _receive(self) -> None:
        self._writer.get_ready()  # while the workers prepare
        self._writer.add(self._pending[0][0].get())
        self._pending.popleft()

    def _prepare_here(self) -> None:
        batch, self._waiting = Batch.of(self._waiting, self._first_seen), {}
        self._writer.learn(batch.questions)
        self._preparer = self._preparer or Preparer(analyzers(lexicon(self._lexicon_file)))
        self._writer.add(batch.prepared(self._preparer, self._writer.dictionary))
