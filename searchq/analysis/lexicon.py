"""The words known beforehand, each with its lemma: what tells a word from a chance row of letters.

When indexing that is the `Dictionary`: simplemma's Dutch data and word lists of our own. Loading it takes a fifth of a
second at best, so a search does without: it asks the `KnownWords` of its index.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from searchq.analysis.folding import fold

if TYPE_CHECKING:
    from searchq.analysis.entries import Entries

__all__ = ["Dictionary", "KnownWords", "Lexicon", "dictionary", "memoize"]

T = TypeVar("T")

_MOST_REMEMBERED: Final = 1 << 16  # words a function
_NEVER_ASKED: Final[Any] = object()


class Lexicon(Protocol):
    """What stemming and splitting ask about a lower-cased word."""

    def lemma(self, form: str, /) -> str | None:
        """The lemma of a form; None when the form is unknown."""

    def unmarked_lemma(self, form: str, /) -> str | None:
        """The lemma of a form written without its marks (officiele); None when there is no such form."""

    def is_listed(self, form: str, /) -> bool:
        """Whether a form has a lemma."""

    def is_verb(self, word: str, /) -> bool:
        """Whether a word is the infinitive of a verb."""

    def is_noun(self, word: str, /) -> bool:
        """Whether a word is a lemma with other forms, and no verb."""


class Dictionary:
    """A lexicon of listed forms; it lasts as long as the process, so what it said may be remembered.

    A word is looked up thirty times before it is analysed, so what is asked are the methods of its tables themselves.
    """

    def __init__(self, entries: "Entries") -> None:
        self.said = defaultdict[object, dict[str, Any]](dict)  # by function, see `remembered`
        self._unmarked_lemmas = {form: entries.lemmas[marked] for form, marked in entries.unmarked.items()}
        self.lemma: Callable[[str], str | None] = entries.lemmas.get
        self.is_listed: Callable[[str], bool] = entries.lemmas.__contains__
        self.is_verb: Callable[[str], bool] = entries.verbs.__contains__
        self.is_noun: Callable[[str], bool] = entries.nouns.__contains__

    def unmarked_lemma(self, form: str) -> str | None:
        return self._unmarked_lemmas.get(fold(form))


@dataclass(frozen=True, slots=True)
class KnownWords:
    """A lexicon of the words an index knows: `stem_of` gives the first term of a word, None when it was never met.

    Good enough to bring a word that no document holds (`wiskundeonderwijs`) to words that documents do hold.
    """

    stem_of: Callable[[str], str | None]

    def lemma(self, form: str) -> str | None:
        return self.stem_of(form)

    def unmarked_lemma(self, form: str) -> str | None:
        return self.stem_of(fold(form))

    def is_listed(self, form: str) -> bool:
        return self.stem_of(form) is not None

    def is_verb(self, word: str) -> bool:
        return word.endswith("en") and self.stem_of(word) == word

    def is_noun(self, word: str) -> bool:
        return self.stem_of(word) == word


def memoize(function: Callable[[str, Lexicon], T]) -> Callable[[str, Lexicon], T]:
    """A function of a word that remembers what it said by a dictionary; by any other lexicon it is asked anew.

    A mapping that is emptied when it is full costs a new word half of what an `lru_cache` does (0.5 against 1.0
    microseconds), and most words are new.
    """

    @wraps(function)
    def asked(word: str, lexicon: Lexicon) -> T:
        if not isinstance(lexicon, Dictionary):
            return function(word, lexicon)
        said: dict[str, T] = lexicon.said[function]
        answer: T = said.get(word, _NEVER_ASKED)
        if answer is _NEVER_ASKED:
            answer = function(word, lexicon)
            if len(said) >= _MOST_REMEMBERED:
                said.clear()
            said[word] = answer
        return answer

    return asked


@cache
def dictionary() -> Dictionary:
    """The dictionary, loaded once a process."""
    # Imported here, since a search has no use for it: its words are known to the index.
    from searchq.analysis.entries import entries

    return Dictionary(entries())
