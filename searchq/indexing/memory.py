"""What an index remembers of the runs that made it: documents, their problems, what it lacks, lessons of texts."""

from typing import Final, Self

from msgspec import Struct

from searchq.coverage.kept import KEPT
from searchq.engine import Update
from searchq.indexing.catalog import Catalog
from searchq.indexing.coverage import CHAMBER_HYPHENS, CoverageMemory
from searchq.indexing.lessons import Lessons
from searchq.indexing.problems import Problems

__all__ = ["CATALOG", "PROBLEMS", "RESTAMP", "Memory"]

CATALOG: Final = "documents"  # names of blobs
PROBLEMS: Final = "problems"


def _restamp_problems(blob: bytes, old: int, new: int) -> bytes:
    problems = Problems(blob, old)
    return problems.dump(problems.fingerprints, new)


RESTAMP: Final = {  # those that say of which generation they are: written anew for another one
    CATALOG: lambda blob, old, new: Catalog(blob, old).dump(new),
    PROBLEMS: _restamp_problems,
}


class Memory(Struct, frozen=True):
    """The run state of one generation, stored in the same commit as the index."""

    catalog: Catalog
    problems: Problems
    lessons: Lessons
    coverage: CoverageMemory
    generation: int

    @classmethod
    def load(cls, update: Update) -> Self:
        """Load the run state; empty without an index, or if someone else has written to it."""
        generation = update.generation
        catalog = Catalog(update.state(CATALOG), generation)
        problems = Problems(update.state(PROBLEMS), generation)
        return cls(catalog, problems, Lessons.load(update), CoverageMemory(update.state(KEPT)), generation)

    def store(self, update: Update) -> None:
        """Store everything with the next generation."""
        coming = self.generation + 1
        update.keep(CATALOG, self.catalog.dump(coming))
        update.keep(PROBLEMS, self.problems.dump(self.catalog.coming, coming))
        update.keep(KEPT, self.coverage.dump(self.catalog.held(CHAMBER_HYPHENS)))
        self.lessons.store(update)

    def tells_more(self, update: Update) -> bool:
        """Whether the run learnt what the index lacks, or when that was looked for, though no question changed."""
        return update.count > 0 and self.coverage.dump(self.catalog.held(CHAMBER_HYPHENS)) != update.state(KEPT)
