"""From paths to a commit.

    read ── Unchanged ──────────────────────────────────> counted
      │                  pages of one number merged
      └──── Parsed ──> reconcile ── nothing new ────────> counted
                          └──────── added, updated ─────> Update.put … commit, with the catalog
                                            └───────────> acronym counts ───────┘

All or nothing: whatever goes wrong, or Ctrl-C, leaves the index as it was.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from searchq.analysis.acronyms import LEARNED, dump_forms
from searchq.analysis.lexicon import dictionary
from searchq.documents import Item, Rejection, SourceFile, Unchanged, find, read
from searchq.engine import Engine, Update, WriteOptions
from searchq.engines.open import open_engine
from searchq.errors import IndexFault
from searchq.indexing.catalog import Catalog
from searchq.indexing.intake import Intake
from searchq.indexing.lessons import COUNTS, Lessons
from searchq.indexing.problems import Problems, Told
from searchq.indexing.report import IndexReport
from searchq.question import Question

__all__ = ["Progress", "index_paths"]

Path = str | os.PathLike[str]
Progress = Callable[[int, int | None], None]  # documents done, documents in all where that is known

CATALOG: Final = "documents"  # name of the blob
PROBLEMS: Final = "problems"  # name of another
_TELL_EVERY: Final = 0.1  # seconds between two calls of a progress callback


def index_paths(
    paths: Sequence[Path],
    place: Path,
    *,
    rebuild: bool = False,
    jobs: int = 2,
    memory_mb: int = WriteOptions().memory_mb,
    progress: Progress | None = None,
) -> IndexReport:
    """Bring the index at `place` (a folder) up to date with the documents the paths name; made when absent.

    Documents unchanged since the last run are not read again. With `rebuild` the index begins anew; the old one
    answers until the commit. Nothing new means no commit. `memory_mb` bounds what the writer holds; `jobs` processes
    read and as many analyse. Raises IndexLocked, IndexOutdated, IndexBroken, IndexWriteError; the index is then as it
    was.
    """
    started = time.perf_counter()
    engine = open_engine(place)
    with engine.update(rebuild=rebuild, options=WriteOptions(jobs, memory_mb)) as update:
        generation = update.generation
        catalog = Catalog(update.state(CATALOG), generation)
        problems = Problems(update.state(PROBLEMS), generation)
        lessons = Lessons(update.state(COUNTS))
        run = _Run(catalog, problems, lessons, Intake(catalog, update.entry), update)
        tell = _teller(progress, paths)
        for item in read(paths, jobs, catalog.fingerprints):
            run.take(item)
            tell(run.documents)
        if run.written:
            update.keep(CATALOG, catalog.dump(generation + 1))
            update.keep(PROBLEMS, problems.dump(catalog.coming, generation + 1))
            update.keep(COUNTS, lessons.dump())
            update.keep(LEARNED, dump_forms(lessons.believed(dictionary().is_listed)))
            generation = update.commit()
    return run.report(_count(engine), generation, time.perf_counter() - started)


def _count(engine: Engine) -> int:
    """How many questions an index holds; none where there is none, or none that can be read."""
    try:
        return engine.about().questions
    except IndexFault:
        return 0


@dataclass(slots=True)
class _Run:
    """What one run has seen so far."""

    catalog: Catalog
    known: Problems
    lessons: Lessons
    intake: Intake
    update: Update
    counts: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    problems: list[Told] = field(default_factory=list)
    documents: int = 0
    written: int = 0  # questions on their way to the index

    def take(self, item: Item) -> None:
        """Count what a document gave, and pass on what goes into the index."""
        self.documents += 1
        if isinstance(item, Rejection):
            return self._reject(item)
        if isinstance(item, Unchanged):
            self._count("unchanged", self.catalog.unchanged(item.name, item.fingerprint))
            return self.problems.extend(self.known.unchanged(item.name, item.fingerprint))
        if not item.questions:
            return self._reject(Rejection(item.name, "it holds no question"))
        self.catalog.read(item.name, item.fingerprint, len(item.questions))
        self.problems.extend(self.known.read(item.name, item.fingerprint, item.questions))
        for pages in _by_number(item.questions):
            self._judge(item.name, pages)
        return None

    def report(self, questions: int, generation: int, seconds: float) -> IndexReport:
        """The run in sum."""
        return IndexReport(
            **{name: self.counts[name] for name in ("read", "added", "updated", "unchanged", "rejected")},
            rejections=tuple(self.rejections),
            problems=tuple(self.problems),
            duplicates=self.intake.duplicates,
            documents=self.documents,
            questions=questions,
            generation=generation,
            seconds=seconds,
        )

    def _judge(self, name: str, pages: Sequence[Question]) -> None:
        outcome, entry, before = self.intake.judge(name, pages)
        self._count(outcome)
        self._count("unchanged", len(pages) - 1)
        if entry is None:
            return
        question = entry.question
        self.lessons.learn(question, before)
        own = {problem for page in entry.pages for problem in page.problems}
        if disagreements := tuple(problem for problem in question.problems if problem not in own):
            self.problems.append((f"{question.number} in {name}", disagreements))
        self.update.put(entry.question, entry.pages)
        self.written += 1

    def _reject(self, rejection: Rejection) -> None:
        self._count("rejected")
        self.rejections.append(rejection)

    def _count(self, outcome: str, questions: int = 1) -> None:
        self.counts["read"] += questions
        self.counts[outcome] += questions


def _by_number(questions: Sequence[Question]) -> Iterable[list[Question]]:
    """The questions of a document: those of one number together, where a page has both languages of it."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        found.setdefault(question.number, []).append(question)
    return found.values()


def _teller(progress: Progress | None, paths: Sequence[Path]) -> Callable[[int], None]:
    """Tells of progress now and then; the number of documents is known when all are plain files."""
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
