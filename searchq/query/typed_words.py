"""The words of a query as they were typed, for which the best matches are ranked again."""

from typing import NamedTuple, Self

from searchq.analysis.stop_words import Language
from searchq.analysis.tokenizer import words
from searchq.query.tree import ParsedQuery
from searchq.query.tree_contents import plain_words
from searchq.query.zones import twin_of

__all__ = ["TypedWords"]


class TypedWords(NamedTuple):
    """The plain words of a query that tell, and all of its words, in order; the texts in its language are looked at."""

    telling: tuple[str, ...]
    every: tuple[str, ...]
    language: Language = "nl"

    @property
    def title(self) -> str:
        """Return the zone of the titles."""
        return twin_of("title", self.language)

    @property
    def question(self) -> str:
        """Return the zone of the questions."""
        return twin_of("question", self.language)

    @classmethod
    def of(cls, query: ParsedQuery, text: str) -> Self:
        return cls(plain_words(query.tree), tuple(words(text)), query.language)
