"""Lexicons: known words with their lemmas.

Indexing uses the `Dictionary`: simplemma's Dutch data and our own word lists. Loading it takes at least a fifth of a
second, so a search uses the `KnownWords` of its index instead.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from msgspec import Struct

from searchq.analysis.folding import fold

if TYPE_CHECKING:
    from searchq.analysis.entries import Entries

__all__ = ["Dictionary", "KnownWords", "Lexicon", "dictionary", "memoize"]

T = TypeVar("T")

_MAX_CACHED: Final = 1 << 16  # words per function
_ABSENT: Final[Any] = object()


class Lexicon(Protocol):
    """The lookups that stemming and splitting need for a lower-cased word."""

    def lemma(self, form: str, /) -> str | None:
        """Return the lemma of a form; None if the form is unknown."""

    def unmarked_lemma(self, form: str, /) -> str | None:
        """Return the lemma of a form written without diacritics (officiele); None if there is no such form."""

    def is_listed(self, form: str, /) -> bool:
        """Return whether a form has a lemma."""

    def is_verb(self, word: str, /) -> bool:
        """Return whether a word is the infinitive of a verb."""

    def is_noun(self, word: str, /) -> bool:
        """Return whether a word is a lemma with other forms, and not a verb."""


class Dictionary:
    """A lexicon of listed forms; it lasts as long as the process, so results can be memoized.

    An analysis looks up a word thirty times, so the methods are those of its tables, without a wrapper.
    """

    def __init__(self, entries: "Entries") -> None:
        self.cached = defaultdict[object, dict[str, Any]](dict)  # by function, see `memoize`
        self._unmarked_lemmas = {form: entries.lemmas[marked] for form, marked in entries.unmarked.items()}
        self.lemma: Callable[[str], str | None] = entries.lemmas.get
        self.is_listed: Callable[[str], bool] = entries.lemmas.__contains__
        self.is_verb: Callable[[str], bool] = entries.verbs.__contains__
        self.is_noun: Callable[[str], bool] = entries.nouns.__contains__

    def unmarked_lemma(self, form: str) -> str | None:
        return self._unmarked_lemmas.get(fold(form))


class KnownWords(Struct, frozen=True):
    """A lexicon of the words of an index: `stem_of` returns the first term of a word, None if it is not in the index.

    It suffices to reduce a word that is in no document (`wiskundeonderwijs`) to words that are.
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
    """Memoize f(word, lexicon) per Dictionary; other lexicons are not cached.

    A dict that is cleared when full costs half as much for a new word as an `lru_cache` (0.5 against 1.0 microseconds),
    and most words are new.
    """

    @wraps(function)
    def asked(word: str, lexicon: Lexicon) -> T:
        if not isinstance(lexicon, Dictionary):
            return function(word, lexicon)
        cached: dict[str, T] = lexicon.cached[function]
        result: T = cached.get(word, _ABSENT)
        if result is _ABSENT:
            result = function(word, lexicon)
            if len(cached) >= _MAX_CACHED:
                cached.clear()
            cached[word] = result
        return result

    return asked


@cache
def dictionary() -> Dictionary:
    """Return the dictionary, loaded once per process."""
    # Imported here, since a search does not need it: the index knows its words.
    from searchq.analysis.entries import entries

    return Dictionary(entries())
