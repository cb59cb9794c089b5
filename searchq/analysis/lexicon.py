"""Lexicons: known words with their lemmas.

Indexing uses the `Dictionary`: simplemma's Dutch data and our own word lists. Loading it takes at least a fifth of a
second, so every index keeps it packed, and a search looks words up in that (`packed.PackedDictionary`).
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from searchq.analysis.folding import fold
from searchq.analysis.packed import Entries, PackedDictionary, digest_of, unpack

if TYPE_CHECKING:
    from searchq.kernel.dutch import DutchWords

__all__ = ["Dictionary", "Lexicon", "dictionary", "is_installed", "loaded", "memoize", "packed_dictionary"]

T = TypeVar("T")

_MAX_CACHED: Final = 1 << 16  # words per function
_ABSENT: Final[Any] = object()


class Lexicon(Protocol):
    """The lookups that stemming and splitting need for a lower-cased word."""

    words: "DutchWords | None"  # stems and splits words in C, if that was built

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
    """A lexicon in memory; it lasts as long as the process, so results can be memoized.

    An analysis looks up a word thirty times, so the methods are those of its tables, without a wrapper.
    """

    words: "DutchWords | None" = None  # this one is for analysing in Python

    def __init__(self, entries: Entries) -> None:
        self.cached = defaultdict[object, dict[str, Any]](dict)  # by function, see `memoize`
        self._unmarked = entries.unmarked.get
        self.lemma: Callable[[str], str | None] = entries.lemmas.get
        self.is_listed: Callable[[str], bool] = entries.lemmas.__contains__
        self.is_verb: Callable[[str], bool] = entries.verbs.__contains__
        self.is_noun: Callable[[str], bool] = entries.nouns.__contains__

    def unmarked_lemma(self, form: str) -> str | None:
        bare = fold(form)
        return self.lemma(bare) or self._unmarked(bare)


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


def is_installed(packed: bytes | memoryview) -> bool:
    """Return whether a packed dictionary is that of this installation; loads none."""
    return digest_of(packed) == digest_of(packed_dictionary())


@cache
def dictionary() -> Lexicon:
    """Return the dictionary of this installation, loaded once per process."""
    return loaded(packed_dictionary())


def loaded(packed: bytes) -> Lexicon:
    """Return a lexicon that analyses many words fast: by the compiled analysis, or else from memory."""
    from searchq.analysis.compiled import compiled_words  # a search needs none

    words = compiled_words(packed)
    return PackedDictionary(memoryview(packed), words) if words else Dictionary(unpack(packed))


@cache
def packed_dictionary() -> bytes:
    """Return the dictionary of this installation as an index keeps it."""
    from searchq.analysis.entries import packed_entries  # a search needs none: its index has one

    return packed_entries()
