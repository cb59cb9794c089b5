"""What an index remembers of the runs that made it: documents, their problems, what it lacks, lessons of texts."""

from typing import Final, Self

from msgspec import Struct

from searchq.coverage.kept import KEPT
from searchq.engine import Update
from searchq.indexing.archive_places import ArchivePlaces
from searchq.indexing.catalog import BASE, JOURNAL, Catalog, restamped_base
from searchq.indexing.coverage import CoverageMemory
from searchq.indexing.lessons import Lessons
from searchq.indexing.problems import PROBLEMS, PROBLEMS_SINCE, Problems, restamped_problems
from searchq.indexing.row_part import restamped

__all__ = ["RESTAMP", "Memory"]

RESTAMP: Final = {  # those that say of which generation they are: written anew for another one
    BASE: restamped_base,
    JOURNAL: restamped,
    PROBLEMS: restamped_problems,
    PROBLEMS_SINCE: restamped,
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
        catalog = Catalog(update.state(BASE), update.state(JOURNAL), generation)
        problems = Problems(update.state(PROBLEMS), update.state(PROBLEMS_SINCE), generation)
        return cls(catalog, problems, Lessons.load(update), CoverageMemory(update.state(KEPT)), generation)

    def store(self, update: Update) -> None:
        """Store everything with the next generation."""
        coming = self.generation + 1
        for name, blob in {**self.catalog.dump(coming), **self.problems.dump(self.catalog.coming, coming)}.items():
            update.keep(name, blob)
        update.keep(KEPT, self._coverage())
        self.lessons.store(update)

    def tells_more(self, update: Update) -> bool:
        """Whether the run learnt what the index lacks, or when that was looked for, though no question changed."""
        return update.count > 0 and self._coverage() != update.state(KEPT)

    def _coverage(self) -> bytes:
        """What is kept to tell what is lacking; archives in which nothing changed stay as they were."""
        if not self.catalog.is_stored:
            return self.coverage.dump(self.catalog.held())
        places = ArchivePlaces(self.catalog.changed())
        return self.coverage.dump(self.catalog.held(places.may_hold) if places else (), places)
