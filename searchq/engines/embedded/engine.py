"""The embedded engine: an index in a directory of this machine, searched inside this process.

It holds no connection and no lock while searching: each call takes the newest snapshot, and all threads share it.
"""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from searchq import __version__
from searchq.engines.embedded.search import answer, matching, walk
from searchq.engines.embedded.snapshot_cache import View
from searchq.index.format.manifest import MANIFEST, check, read_manifest
from searchq.index.read.reader import SnapshotSource
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import MISSING
from searchq.query.hits import Hits
from searchq.query.request import Request
from searchq.question import Question

if TYPE_CHECKING:
    from searchq.engines.embedded.execution.matches import Docs
    from searchq.index.write.writer import IndexWriter
    from searchq.query.explanation import Explanation

__all__ = ["EmbeddedEngine"]

_BATCH: Final = 1000  # questions prepared at once


class EmbeddedEngine:
    """See `searchq.engine.Engine`; raises IndexMissing where nothing was built yet, IndexBroken, IndexOutdated."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory)
        self._source = SnapshotSource(self.directory)
        self._view: View | None = None

    @property
    def generation(self) -> int:
        return self._source.current().generation

    @property
    def snapshot(self) -> Snapshot:
        return self._source.current()

    def add(self, questions: Iterable[Question]) -> None:
        from searchq.index.write.prepare import Preparer  # see `_writer`

        coming, preparer = iter(questions), Preparer()
        with self._writer() as writer:
            while batch := list(islice(coming, _BATCH)):
                writer.learn(batch)
                writer.add(preparer.prepare(batch, writer.dictionary))
            writer.commit()

    def delete(self, numbers: Iterable[str]) -> int:
        self._source.current()  # an index that is not there is not made here
        with self._writer() as writer:
            deleted = sum(writer.delete(number) for number in numbers)
            if deleted:
                writer.commit()
        return deleted

    def search(self, request: Request) -> Hits:
        return answer(request, self._newest())

    def scan(self, request: Request) -> Iterator[Question]:
        view = self._newest()
        return (view.snapshot.record(hit.doc) for hit in walk(request, view))

    def matching(self, request: Request) -> "tuple[Snapshot, Docs]":
        view = self._newest()
        return view.snapshot, matching(request, view)

    def explain(self, text: str, number: str, *, recency: bool = True, proximity: bool = True) -> "Explanation | None":
        from searchq.engines.embedded.explain import explain

        return explain(text, number, self._newest(), recency=recency, proximity=proximity)

    def fetch(self, numbers: Sequence[str]) -> list[Question | None]:
        snapshot = self._source.current()
        docs = [snapshot.doc(number) for number in numbers]
        return [None if doc is None else snapshot.record(doc) for doc in docs]

    def questions(self) -> Iterator[Question]:
        return self.scan(Request(sort="number", fold=False))

    def info(self) -> dict[str, Any]:
        snapshot = self.snapshot
        manifest = read_manifest(snapshot.directory)
        built = (snapshot.directory / MANIFEST).stat().st_mtime
        return {
            "directory": str(snapshot.directory),
            "questions": snapshot.doc_count,
            **_span(snapshot),
            "bytes": sum(size for size, _ in manifest.files.values()),
            "segments": len(manifest.segments),
            "generation": manifest.generation,
            "built": dt.datetime.fromtimestamp(built, dt.UTC).isoformat(timespec="seconds"),
            "searchq": __version__,
            "format": manifest.format,
            "schema": manifest.schema,
            "analysis": manifest.analysis,
        }

    def check(self) -> list[str]:
        return check(self.directory)

    def _newest(self) -> View:
        snapshot = self._source.current()
        view = self._view
        if view is None or view.snapshot is not snapshot:
            view = self._view = View(snapshot)
        return view

    def _writer(self) -> "IndexWriter":
        # Writing needs Whoosh and the analysis, 150 ms of imports that a search would wait for.
        from searchq.index.write.writer import IndexWriter

        return IndexWriter(self.directory)


def _span(snapshot: Snapshot) -> dict[str, str | None]:
    """The first and the last day a question was asked."""
    days = snapshot.integers("date")
    known = days[days != MISSING] if snapshot.live is None else days[(days != MISSING) & snapshot.live]
    ends = (int(known.min()), int(known.max())) if len(known) else (None, None)
    first, last = (dt.date.fromordinal(day).isoformat() if day else None for day in ends)
    return {"first_date": first, "last_date": last}
