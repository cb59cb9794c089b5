"""The whole way in one call: paths to questions, in order, on as many processes as wanted.

    for item in read(["documents/"], jobs=2, unchanged=fingerprints):
        match item:
            case Parsed(questions, fingerprint): ...    one document read; a Bulletin page may give several questions
            case Unchanged(name, fingerprint): ...      known by its fingerprint, and so not parsed again
            case Rejection(name, reason): ...           named, never dropped

Every document gives one item, in the order of the paths, and one more for each record in it that gave no question. Only
a bounded number of documents is under way at any time, however large the collection. Files are read by the process
that parses them; members of archives are read here and sent over. A document that is not small is read by a worker,
which is ended where it costs more than it may (`watched`); the run goes on.
"""

import datetime as dt
import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from searchq.cpu_limit import cpu_limited
from searchq.documents.document import Rejection, SourceDocument, name_of
from searchq.documents.parse import fingerprint_of, parse_each
from searchq.documents.sources import SourceFile, find, open_file
from searchq.documents.watched import ALLOWED, Allowed, limit_memory, limit_time, reason_of
from searchq.errors import DocumentError
from searchq.limits import MAX_DOCUMENT_SECONDS, UNWATCHED_DOCUMENT_BYTES
from searchq.question import Question
from searchq.worker_pool import WorkerKilled, WorkerPool
from searchq.worker_server import in_worker

__all__ = ["Item", "Parsed", "Sightings", "Unchanged", "read"]

CHUNK_ITEMS: Final = 64  # documents a process is handed at once
CHUNK_BYTES: Final = 1024 * 1024  # or this much of their content
CHUNKS_AHEAD: Final = 3  # chunks waiting for each process


class Parsed(Struct, frozen=True):
    """A document that was read: its name, its questions, and the fingerprint that knows it again."""

    name: str
    questions: tuple[Question, ...]
    fingerprint: str


class Unchanged(Struct, frozen=True):
    """A document whose fingerprint was known already, and which was therefore not parsed."""

    name: str
    fingerprint: str


Item = Parsed | Unchanged | Rejection
Sightings = Mapping[tuple[str, dt.date], dt.date]  # address and day of a capture: the last day on which it was the same
Work = SourceFile | SourceDocument | Rejection


def read(
    paths: Iterable[str | os.PathLike[str]],
    jobs: int = 1,
    unchanged: Collection[str] = frozenset(),
    sightings: Sightings = MappingProxyType({}),
) -> Iterator[Item]:
    """One item for every document the paths name, in their order.

    `sightings` tells of captures that were the same on a later day. `unchanged` holds the fingerprints that need no
    parsing. With `jobs` above 1 that many processes parse; the order stays.
    """
    works = _seen_last(_works(paths), sightings)
    if jobs <= 1:
        yield from _read_alone(works, unchanged)
    else:
        yield from _read_parallel(works, jobs, unchanged)


def _works(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Work]:
    """What is to be parsed: single files unopened, archives as their members."""
    for found in find(paths):
        if isinstance(found, Rejection) or found.single:
            yield found
        else:
            yield from open_file(found)


def _seen_last(works: Iterator[Work], sightings: Sightings) -> Iterator[Work]:
    """Date each capture by the last day on which it was still so."""
    return (_dated(work, sightings) for work in works) if sightings else works


def _dated(work: Work, sightings: Sightings) -> Work:
    if not isinstance(work, SourceDocument) or work.seen is None:
        return work
    last = sightings.get((work.source.address or "", work.seen))
    return work if last is None else replace(work, seen=last)


def _finish(work: Work, unchanged: Collection[str]) -> Iterator[Item]:
    if isinstance(work, Rejection):
        yield work
    elif isinstance(work, SourceDocument):
        yield from _parse(work, unchanged)
    else:
        for document in open_file(work):
            yield from _finish(document, unchanged)


def _parse(document: SourceDocument, unchanged: Collection[str]) -> Iterator[Item]:
    name = name_of(document.source)
    fingerprint = fingerprint_of(document)
    if fingerprint in unchanged:
        yield Unchanged(name, fingerprint)
        return
    try:
        with _time_limited(document):
            found = parse_each(document)
    except DocumentError as error:
        yield Rejection(name, str(error))
        return
    if questions := tuple(one for one in found if not isinstance(one, Rejection)):
        yield Parsed(name, questions, fingerprint)
    yield from (one for one in found if isinstance(one, Rejection))


def _time_limited(document: SourceDocument) -> AbstractContextManager[None]:
    """A bound on a document that no worker reads, though it is not small: where no worker can start."""
    if in_worker() or _is_small(document):
        return nullcontext()
    return cpu_limited(MAX_DOCUMENT_SECONDS, _too_slow)


def _too_slow() -> DocumentError:
    return DocumentError(f"it takes more than {MAX_DOCUMENT_SECONDS:g} s of processor time")


def _read_parallel(works: Iterator[Work], jobs: int, unchanged: Collection[str]) -> Iterator[Item]:
    """Read a first chunk of small documents here, while the workers start, and all others there."""
    chunks = _chunks(works)
    first, second = next(chunks, []), next(chunks, None)
    if second is None and _are_small(first):
        yield from _finish_all(first, unchanged)
        return
    with WorkerPool(jobs, load=partial(_set_known, unchanged)) as pool:
        pending = deque([_Chunk(pool, chunk) for chunk in (second,) if chunk])
        if _are_small(first):
            yield from _finish_all(first, unchanged)
        else:
            pending.appendleft(_Chunk(pool, first))
        for chunk in chunks:
            pending.append(_Chunk(pool, chunk))
            if len(pending) > jobs * CHUNKS_AHEAD:
                yield from pending.popleft().items()
        while pending:
            yield from pending.popleft().items()


def _read_alone(works: Iterator[Work], unchanged: Collection[str]) -> Iterator[Item]:
    """Read small documents here, all others in one worker, started for the first of them."""
    with ExitStack() as stack:
        pool: WorkerPool | None = None
        for work in works:
            if _is_small(work):
                yield from _finish(work, unchanged)
            else:
                pool = pool or stack.enter_context(WorkerPool(1, load=partial(_set_known, unchanged)))
                yield from _Chunk(pool, [work]).items()


class _Chunk:
    """Documents that a worker reads."""

    def __init__(self, pool: WorkerPool, works: list[Work]) -> None:
        self._pool, self._works = pool, works
        self._result = pool.submit(_finish_chunk, works, ALLOWED)

    def items(self) -> Iterable[Item]:
        """Their items. Where one of them ends the worker, each is read once more by itself, and that one rejected."""
        try:
            return self._result.get()
        except (WorkerKilled, MemoryError) as ended:
            if len(self._works) == 1:
                return [Rejection(_name(self._works[0]), reason_of(ended, ALLOWED))]
        return [item for chunk in [_Chunk(self._pool, [work]) for work in self._works] for item in chunk.items()]


def _name(work: Work) -> str:
    if isinstance(work, SourceFile):
        return work.path
    return work.name if isinstance(work, Rejection) else name_of(work.source)


def _are_small(works: Iterable[Work]) -> bool:
    return all(map(_is_small, works))


def _is_small(work: Work) -> bool:
    """Whether a document is too small to cost much; one that cannot be looked at costs nothing."""
    if isinstance(work, Rejection):
        return True
    if isinstance(work, SourceDocument):
        return len(work.content) <= UNWATCHED_DOCUMENT_BYTES
    try:
        return os.stat(work.path).st_size <= UNWATCHED_DOCUMENT_BYTES  # noqa: PTH116  # a fifth of the time of a Path
    except OSError:
        return True


def _finish_all(works: Iterable[Work], unchanged: Collection[str]) -> Iterator[Item]:
    for work in works:
        yield from _finish(work, unchanged)


def _chunks(works: Iterable[Work]) -> Iterator[list[Work]]:
    chunk: list[Work] = []
    size = 0
    for work in works:
        chunk.append(work)
        size += len(work.content) if isinstance(work, SourceDocument) else 0
        if len(chunk) >= CHUNK_ITEMS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


_known: Collection[str] = frozenset()  # the fingerprints, in a worker process


def _set_known(unchanged: Collection[str]) -> None:
    global _known
    _known = unchanged


def _finish_chunk(chunk: list[Work], allowed: Allowed) -> list[Item]:
    return [item for work in chunk for item in _finish_limited(work, allowed)]


def _finish_limited(work: Work, allowed: Allowed) -> list[Item]:
    """The items of a document; in a worker, which may be ended, it is held to what it may cost."""
    if in_worker():
        limit_memory(allowed)
        limit_time(allowed)
    try:
        return list(_finish(work, _known))
    except MemoryError as error:
        return [Rejection(_name(work), reason_of(error, allowed))]
