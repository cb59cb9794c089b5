"""The words known beforehand, each with its lemma: what tells a word from a chance row of letters.

When indexing that is the `Dictionary`: simplemma's Dutch data and word lists of our own. Loading it takes about a
second, so a search does without: it asks the `KnownWords` of its index.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import Final, Protocol, TypeVar

from searchq.analysis.folding import fold
from searchq.analysis.wordlists import one_of_many, words_of

__all__ = ["Dictionary", "KnownWords", "Lexicon", "dictionary", "remembered"]

T = TypeVar("T")

_MOST_REMEMBERED: Final = 1 << 14  # words a function


class Lexicon(Protocol):
    """What stemming and splitting ask about a lower-cased word."""

    def lemma(self, form: str) -> str | None:
        """The lemma of a form; None when the form is unknown."""

    def unmarked_lemma(self, form: str) -> str | None:
        """The lemma of a form written without its marks (officiele); None when there is no such form."""

    def is_verb(self, word: str) -> bool:
        """Whether a word is the infinitive of a verb."""

    def is_noun(self, word: str) -> bool:
        """Whether a word is a lemma with other forms, and no verb."""

    def __contains__(self, form: str) -> bool: ...


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Dictionary:
    """A lexicon of listed forms; it lasts as long as the process, so what it said may be remembered."""

    lemmas: Mapping[str, str]
    unmarked: Mapping[str, str]  # forms without their marks -> forms with
    verbs: Set[str]
    nouns: Set[str]

    def lemma(self, form: str) -> str | None:
        return self.lemmas.get(form)

    def unmarked_lemma(self, form: str) -> str | None:
        return self.lemmas.get(self.unmarked.get(fold(form), ""))

    def is_verb(self, word: str) -> bool:
        return word in self.verbs

    def is_noun(self, word: str) -> bool:
        return word in self.nouns

    def __contains__(self, form: str) -> bool:
        return form in self.lemmas


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

    def is_verb(self, word: str) -> bool:
        return word.endswith("en") and self.stem_of(word) == word

    def is_noun(self, word: str) -> bool:
        return self.stem_of(word) == word

    def __contains__(self, form: str) -> bool:
        return self.stem_of(form) is not None


def remembered(function: Callable[[str, Lexicon], T]) -> Callable[[str, Lexicon], T]:
    """A function of a word that remembers what it said by the dictionary; by any other lexicon it is asked anew."""
    kept = lru_cache(maxsize=_MOST_REMEMBERED)(function)

    @wraps(function)
    def asked(word: str, lexicon: Lexicon) -> T:
        return kept(word, lexicon) if isinstance(lexicon, Dictionary) else function(word, lexicon)

    return asked


@cache
def dictionary() -> Dictionary:
    """The shipped dictionary: some 370,000 Dutch forms of 125,000 lemmas."""
    return _compiled({**dict.fromkeys(words_of("mass_nouns.txt")), **_entries(), **one_of_many("overrides.txt")})


def _entries() -> dict[str, str]:
    """simplemma's forms and lemmas in lower case; where two spellings meet, the one without capitals counts."""
    # Imported here since it costs 42 ms, which a search need not pay: its words are known to the index.
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    entries: dict[str, str] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary("nl").items():
        lower = form.lower()
        if lower == form or lower not in entries:
            entries[lower] = lemma.lower().replace("_", "")  # a few lemmas mark the parts of compounds
    return entries


def _compiled(entries: Mapping[str, str | None]) -> Dictionary:
    """A dictionary of forms with their lemmas; a form without is its own."""
    lemmas = {form: lemma or form for form, lemma in entries.items()}
    verbs = {lemma for form, lemma in lemmas.items() if lemma.endswith(_INFINITIVE) and _conjugated(form, lemma)}
    nouns = {lemma for form, lemma in lemmas.items() if form != lemma} - verbs
    return Dictionary(lemmas, {fold(form): form for form in lemmas if not form.isascii()}, verbs, nouns)


_INFINITIVE: Final = ("en", "gaan", "staan", "slaan", "doen", "zien")


def _conjugated(form: str, lemma: str) -> bool:
    """Whether a form shows that its lemma is a verb: wijzend, wijst."""
    return form == lemma + "d" or (form.endswith("t") and form[:2] == lemma[:2] and len(form) <= len(lemma))
