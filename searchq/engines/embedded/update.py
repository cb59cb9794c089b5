"""The only write path of the embedded engine: prepares questions in batches, then commits once."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from searchq.engine import WriteOptions
from searchq.engines.embedded.batch_pipeline import BatchPipeline
from searchq.engines.embedded.first_seen_log import FirstSeenLog
from searchq.errors import IndexFault
from searchq.index.format.manifest import FIRST_SEEN_LOG
from searchq.index.read.reader import open_snapshot
from searchq.index.read.snapshot import Snapshot
from searchq.index.write.writer import IndexWriter
from searchq.question import Entry, Question
from searchq.record_json import check_counts

__all__ = ["EmbeddedUpdate"]


class EmbeddedUpdate:
    """See `searchq.engine.Update`; holds the write lock of the index directory from construction."""

    def __init__(
        self, directory: Path, rebuild: bool, options: WriteOptions, moment: dt.datetime | None = None
    ) -> None:
        self._writer = IndexWriter(directory, options.memory_mb, rebuild=rebuild)
        try:
            self._begin(directory, rebuild, options, moment)
        except BaseException:
            self._writer.abort()
            raise

    def _begin(self, directory: Path, rebuild: bool, options: WriteOptions, moment: dt.datetime | None) -> None:
        before = _snapshot_or_none(directory)
        self.generation = self._writer.generation
        self._before = None if rebuild else before
        self._first_seen = FirstSeenLog(directory, before, self.generation + 1, moment, rebuild)
        self._pipeline = BatchPipeline(options.jobs, self._writer, self._first_seen.of)

    @property
    def count(self) -> int:
        return self._writer.doc_count

    def entry(self, number: str) -> Entry | None:
        return self._pipeline.entry(number)

    def put(self, question: Question, pages: Sequence[Question] = ()) -> None:
        entry = Entry(question, tuple(pages) or (question,))
        for page in {id(page): page for page in (question, *entry.pages)}.values():
            check_counts(page)
        self._pipeline.put(entry)

    def delete(self, number: str) -> bool:
        self._pipeline.finish()  # the question may have been put just now
        self._first_seen.delete(number)
        return self._writer.delete(number)

    def state(self, name: str) -> bytes:
        return (self._before.blob(name) if self._before else None) or b""

    def keep(self, name: str, data: bytes) -> None:
        self._writer.set_blob(name, data)

    def commit(self) -> int:
        self._pipeline.finish()
        self._pipeline.dismiss_workers()
        if log := self._first_seen.dump(self._writer.__contains__):
            self._writer.set_blob(FIRST_SEEN_LOG, log)
        return self._writer.commit()

    def __enter__(self) -> Self:
        self._writer.__enter__()
        self._pipeline.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._pipeline.__exit__(kind, error, trace)
        finally:
            self._writer.__exit__(kind, error, trace)


def _snapshot_or_none(directory: Path) -> Snapshot | None:
    """Return the index before the update; None if there is no readable one."""
    try:
        return open_snapshot(directory)
    except IndexFault:
        return None
