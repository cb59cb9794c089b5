"""From paths to a commit.

    read ── Unchanged ──────────────────────────────────> counted
      │                  pages of one number merged
      └──── Parsed ──> reconcile ── nothing new ────────> counted
                          └──────── added, updated ─────> Update.put … commit, with the memory
                                            └───────────> acronym counts ───────┘
    what a document holds no longer ──> removals, at the end ──> Update.put, delete

All or nothing: whatever goes wrong, or Ctrl-C, leaves the index as it was.
"""

import datetime as dt
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from searchq.bulk import remove_old_bulk
from searchq.documents import Item, Parsed, Rejection, SourceFile, Unchanged, find, read
from searchq.documents.chamber.routes import routes_in
from searchq.engine import Engine, Update, WriteOptions
from searchq.engines.open import open_engine
from searchq.errors import IndexFault
from searchq.indexing.cancellations import close_cancelled
from searchq.indexing.memory import Memory
from searchq.indexing.problems import Told
from searchq.indexing.reconcile import Reconciler
from searchq.indexing.removals import Removal, Removals, gone, refuse_emptied, renamed
from searchq.indexing.report import COUNTS, IndexReport
from searchq.indexing.siblings import WithSiblings
from searchq.indexing.sightings import sightings_in
from searchq.question import Question

__all__ = ["Progress", "index_paths"]

Path = str | os.PathLike[str]
Progress = Callable[[int, int | None], None]  # documents done, total if known

_TELL_EVERY: Final = 0.1  # between two calls of a progress callback


def index_paths(
    paths: Sequence[Path],
    place: Path,
    *,
    rebuild: bool = False,
    prune: bool = False,
    prune_emptied: bool = False,
    moment: dt.datetime | None = None,
    jobs: int = 2,
    memory_mb: int = WriteOptions().memory_mb,
    progress: Progress | None = None,
    written: Callable[[int, int], None] | None = None,
) -> IndexReport:
    """Update the index at `place` (a directory) with the documents at the paths; create it if missing.

    Documents unchanged since the last run are not read again. With `rebuild` the index begins anew; the old one
    answers until the commit. With `prune` the questions of documents that are gone go too, with `prune_emptied` also
    those of a folder that holds no document any more. Nothing new, in the ledgers of fetched archives neither, means no
    commit. `moment` is when that is: what the index then holds for the first time was first seen then, or at a moment
    that is not known. `progress` is told of the documents read; `written` of the questions that a commit to a cluster
    has written. `memory_mb` bounds what the writer holds; `jobs` processes read and as many analyse. Raises
    IndexLocked, IndexOutdated, IndexBroken, IndexWriteError, FolderEmptied; the index is then as it was.
    """
    started = time.perf_counter()
    engine = open_engine(place)
    plain = engine.update(rebuild=rebuild, options=WriteOptions(jobs, memory_mb, written), moment=moment)
    with WithSiblings(plain, routes_in(paths)) as update:
        generation = update.generation
        memory = Memory.load(update)
        run = _Run(memory, update)
        tell = _teller(progress, paths)
        for item in read(paths, jobs, memory.catalog.fingerprints, sightings_in(paths)):
            run.take(item)
            tell(run.documents)
        run.end(paths, prune or prune_emptied, prune_emptied)
        if run.written or run.removed or memory.tells_more(update):
            memory.store(update)
            generation = update.commit()
            remove_old_bulk(engine.about())
    return run.report(_count(engine), generation, time.perf_counter() - started)


def _count(engine: Engine) -> int:
    """The number of questions in an index; 0 if it is missing or unreadable."""
    try:
        return engine.about().questions
    except IndexFault:
        return 0


class _Run:
    """The state of one run."""

    def __init__(self, memory: Memory, update: Update) -> None:
        self.memory = memory
        self.update = update
        self.intake = Reconciler(memory.catalog, update.entry)
        self.removals = Removals(update, memory.lessons)
        self.counts: Counter[str] = Counter()
        self.rejections: list[Rejection] = []
        self.problems: list[Told] = []
        self.gone: tuple[str, ...] = ()
        self.removed: tuple[Removal, ...] = ()
        self.cancelled: list[str] = []  # held before, and closed now
        self.documents = 0
        self.written = 0  # questions passed to the index

    def take(self, item: Item) -> None:
        """Count the questions of a document, and pass on what must be written."""
        self.documents += 1
        if isinstance(item, Rejection):
            return self._reject(item)
        if isinstance(item, Unchanged):
            self._count("unchanged", self.memory.catalog.unchanged(item.name, item.fingerprint))
            self.memory.coverage.unchanged(item.name)
            return self.problems.extend(self.memory.problems.unchanged(item.name, item.fingerprint))
        if not item.questions:
            return self._reject(Rejection(item.name, "it holds no question"))
        self._note(item)
        self.memory.coverage.read(item)
        for pages in _by_number(item.questions):
            self._judge(item.name, pages)
        return None

    def end(self, paths: Sequence[Path], prune: bool, prune_emptied: bool) -> None:
        """Find deleted documents, and remove questions without a document."""
        catalog = self.memory.catalog
        found = gone(paths, catalog, {rejection.name for rejection in self.rejections})
        if prune and not prune_emptied:
            refuse_emptied(paths, found)
        moved = renamed(paths, catalog, found)
        for name, numbers in found.items():
            if prune or name in moved:
                reason = "the document goes by another name now" if name in moved else "the document is gone"
                self.removals.lose(name, numbers, reason)
                catalog.forget(name)
        self.gone = () if prune else tuple(name for name in found if name not in moved)
        self.removed = tuple(self.removals.settle())
        self.problems += [(name, (reason,)) for name, reason in self.memory.coverage.end(paths)]
        cancelled = self.memory.coverage.cancelled()
        self.cancelled, written = close_cancelled(cancelled, self.update, self.memory.lessons)
        self.written += written

    def report(self, questions: int, generation: int, seconds: float) -> IndexReport:
        """Build the report."""
        return IndexReport(
            **{name: self.counts[name] for name in COUNTS},
            rejections=tuple(self.rejections),
            problems=tuple(self.problems),
            duplicates=self.intake.duplicates,
            documents=self.documents,
            gone=self.gone,
            removed=self.removed,
            cancelled=tuple(self.cancelled),
            questions=questions,
            generation=generation,
            seconds=seconds,
        )

    def _note(self, item: Parsed) -> None:
        """Record a document that was read, and the numbers it no longer contains."""
        catalog = self.memory.catalog
        numbers = list(dict.fromkeys(question.number for question in item.questions))
        before = catalog.numbers(item.name)
        catalog.read(item.name, item.fingerprint, [question.number for question in item.questions])
        if not catalog.repeated(item.name):
            lost = [number for number in before if number not in numbers]
            self.removals.lose(item.name, lost, f"the document gives {', '.join(numbers)} now")
        self.problems.extend(self.memory.problems.read(item.name, item.fingerprint, item.questions))

    def _judge(self, name: str, pages: Sequence[Question]) -> None:
        outcome, entry, before = self.intake.judge(name, pages)
        self._count(outcome)
        self._count("unchanged", len(pages) - 1)
        if entry is None:
            return
        question = entry.question
        self.memory.lessons.learn(question, before)
        own = {problem for page in entry.pages for problem in page.problems}
        if disagreements := tuple(problem for problem in question.problems if problem not in own):
            self.problems.append((f"{question.number} in {name}", disagreements))
        self.update.put(entry.question, entry.pages)
        self.memory.coverage.put(question.number)
        self.written += 1

    def _reject(self, rejection: Rejection) -> None:
        self._count("rejected")
        self.memory.coverage.reject(rejection)
        self.rejections.append(rejection)

    def _count(self, outcome: str, questions: int = 1) -> None:
        self.counts["read"] += questions
        self.counts[outcome] += questions


def _by_number(questions: Sequence[Question]) -> Iterable[list[Question]]:
    """Group the questions of a document by number; a page may have both languages of one."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.number, []).append(question)
    return found.values()


def _teller(progress: Progress | None, paths: Sequence[Path]) -> Callable[[int], None]:
    """Report progress at intervals; the total is known if all documents are plain files."""
    if progress is None:
        return lambda done: None
    total = _expected(paths)
    last = 0.0

    def tell(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TELL_EVERY or done == total:
            last = now
            progress(done, total)

    return tell


def _expected(paths: Sequence[Path]) -> int | None:
    count = 0
    for found in find(paths):
        if isinstance(found, SourceFile) and not found.single:
            return None
        count += 1
    return count
