"""What the questions of an index teach its searches: acronyms and translations."""

from typing import Self

from msgspec import Struct

from searchq.analysis.acronyms import LEARNED, dump_forms
from searchq.analysis.lexicon import dictionary
from searchq.engine import Update
from searchq.indexing.acronym_counts import COUNTS, AcronymCounts
from searchq.indexing.translation_counts import PAIRS, TranslationCounts
from searchq.question import Question

__all__ = ["Lessons"]


class Lessons(Struct, frozen=True):
    """Everything that is counted over questions."""

    acronyms: AcronymCounts
    translations: TranslationCounts

    @classmethod
    def load(cls, update: Update) -> Self:
        return cls(AcronymCounts(update.state(COUNTS)), TranslationCounts(update.state(PAIRS)))

    def learn(self, question: Question, before: Question | None) -> None:
        """Count a question instead of the version in the index before the run, if any."""
        self.acronyms.learn(question, before)
        self.translations.learn(question, before)

    def forget(self, question: Question) -> None:
        """Remove the counts of a question."""
        self.acronyms.forget(question)
        self.translations.forget(question)

    def store(self, update: Update) -> None:
        """Keep the counts, and what searches use of them, with the next generation."""
        update.keep(COUNTS, self.acronyms.dump())
        update.keep(LEARNED, dump_forms(self.acronyms.accepted(dictionary().is_listed)))
        if self.translations.is_changed:
            update.keep(PAIRS, self.translations.dump())
            for name, table in self.translations.tables().items():
                update.keep(name, table)
