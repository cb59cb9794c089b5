"""The embedded engine: an index in a directory of this machine, searched inside this process.

Searching needs no connection and no lock: each call uses the newest snapshot, which all threads share.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from searchq import __version__
from searchq.engine import About, WriteOptions
from searchq.engines.embedded.facet_values import LabelledColumns
from searchq.engines.embedded.search import all_numbers, answer, matching, walk
from searchq.engines.embedded.siblings import citing_docs, group_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.vocabulary import vocabulary_of
from searchq.engines.embedded.waiting import known_day
from searchq.index.format.integrity import check
from searchq.index.format.manifest import FIRST_SEEN_LOG, MANIFEST, ORIGIN_DIGITS, read_manifest
from searchq.index.format.seal import SEAL
from searchq.index.read.reader import IndexReader
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import MISSING
from searchq.query.facet_table import FacetName
from searchq.query.hits import Hits
from searchq.query.request import Request, Texts
from searchq.question import Question

if TYPE_CHECKING:  # modules that few searches need are imported in methods: this saves 10 ms of a cold start
    from searchq.engines.embedded.update import EmbeddedUpdate
    from searchq.query.explanation import Explanation
    from searchq.query.news import News
    from searchq.query.statistics import Statistics
    from searchq.query.suggestion import KnownWord, Suggestion

__all__ = ["EmbeddedEngine"]

_DEFAULTS: Final = WriteOptions()


class EmbeddedEngine:
    """See `searchq.engine.Engine`; raises IndexMissing if there is no index yet, IndexBroken, IndexOutdated."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory)
        self._source = IndexReader(self.directory)
        self._view: SnapshotCache | None = None

    def about(self) -> About:
        view = self._newest()
        return view.once("about", lambda: _about(view.snapshot))

    def search(self, request: Request) -> Hits:
        return answer(request, self._newest())

    def scan(self, request: Request) -> Iterator[Question]:
        return walk(request, self._newest())

    def questions(self, numbers: Sequence[str]) -> list[Question | None]:
        snapshot = self._source.current()
        docs = [snapshot.doc(number) for number in numbers]
        return [None if doc is None else snapshot.record(doc) for doc in docs]

    def siblings(self, number: str) -> list[Question]:
        snapshot = self._source.current()
        return list(map(snapshot.record, group_of(snapshot, number)))

    def cited_by(self, number: str, limit: int) -> list[Question]:
        snapshot = self._source.current()
        return list(map(snapshot.header, citing_docs(snapshot, number)[:limit]))

    def held(self, numbers: Iterable[str]) -> frozenset[str]:
        snapshot = self._source.current()
        return frozenset(number for number in numbers if snapshot.doc(number) is not None)

    def numbers(self) -> list[str]:
        return all_numbers(self._newest())

    def similar(self, number: str, limit: int, *, texts: Texts = "whole") -> Hits:
        from searchq.engines.embedded.similar import similar

        return similar(number, limit, texts, self._newest())

    def statistics(self, by: FacetName, request: Request) -> "Statistics":
        from searchq.engines.embedded.statistics import statistics

        view = self._newest()
        return statistics(by, matching(request, view), LabelledColumns(view), MISSING)

    def complete(self, prefix: str, request: Request, limit: int) -> "tuple[Suggestion, ...]":
        from searchq.engines.embedded.suggestions import suggest

        return suggest(prefix, request, limit, self._newest())

    def known_words(self, words: Sequence[str]) -> "list[KnownWord | None]":
        vocabulary = vocabulary_of(self._newest())
        return [vocabulary.known(word) for word in words]

    def spellings(self, word: str) -> "tuple[KnownWord, ...]":
        from searchq.engines.embedded.spelling import spellings

        return spellings(word, vocabulary_of(self._newest()))

    def explain(
        self,
        text: str,
        number: str,
        *,
        recency: bool = True,
        proximity: bool = True,
        today: dt.date | None = None,
        translate: bool = True,
    ) -> "Explanation | None":
        from searchq.engines.embedded.explain import explain

        return explain(
            text, number, self._newest(), recency=recency, proximity=proximity, today=today, translate=translate
        )

    def news(self, request: Request, *, after: int = 0) -> "News":
        from searchq.engines.embedded.news import news

        return news(request, after, self._newest())

    def verify(self, *, deep: bool = False) -> list[str]:
        found = check(self.directory)
        if found or not deep:
            return found
        from searchq.index.read.deep_check import deep_faults

        return deep_faults(self._source.current())

    def update(
        self, *, rebuild: bool = False, options: WriteOptions = _DEFAULTS, moment: dt.datetime | None = None
    ) -> "EmbeddedUpdate":
        from searchq.engines.embedded.update import EmbeddedUpdate  # writing needs Whoosh and the analysis, 150 ms

        return EmbeddedUpdate(self.directory, rebuild, options, moment)

    def state(self, name: str) -> bytes:
        return self._source.current().blob(name) or b""

    def close(self) -> None:
        self._source, self._view = IndexReader(self.directory), None

    def _newest(self) -> SnapshotCache:
        snapshot = self._source.current()
        view = self._view
        if view is None or view.snapshot is not snapshot:
            view = self._view = SnapshotCache(snapshot)
        return view


def _about(snapshot: Snapshot) -> About:
    manifest = read_manifest(snapshot.directory)
    built = (snapshot.directory / MANIFEST).stat().st_mtime
    first, last = _span(snapshot)
    return About(
        place=str(snapshot.directory),
        generation=snapshot.generation,
        built=dt.datetime.fromtimestamp(built, dt.UTC),
        questions=snapshot.doc_count,
        first_day=first,
        last_day=last,
        known_day=dt.date.fromordinal(day) if (day := known_day(snapshot)) != MISSING else None,
        origin=(snapshot.blob(FIRST_SEEN_LOG) or b"")[:ORIGIN_DIGITS].decode(),
        details={
            "bytes": sum(file.length for file in manifest.files.values()),
            "segments": len(manifest.segments),
            "searchq": __version__,
            "format": manifest.format,
            "schema": manifest.schema,
            "analysis": manifest.analysis,
        },
        content=str(json.loads(manifest.to_bytes())[SEAL]),
    )


def _span(snapshot: Snapshot) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day a question was asked."""
    days = snapshot.integers("date")
    known = days[days != MISSING] if snapshot.live is None else days[(days != MISSING) & snapshot.live]
    if not len(known):
        return None, None
    return dt.date.fromordinal(int(np.min(known))), dt.date.fromordinal(int(np.max(known)))
