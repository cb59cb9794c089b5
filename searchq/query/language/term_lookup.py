"""Looks up the terms of words and the values of facets, each once per query."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from msgspec import Struct

from searchq.analysis.folding import fold
from searchq.analysis.names import may_translate, name_elsewhere
from searchq.analysis.stop_words import Language, without_elision
from searchq.analysis.translations import LEARNED, Translation, learned, shipped
from searchq.languages import lacking
from searchq.numbers import is_number
from searchq.query.terms import Terms, TermSource, WordReading
from searchq.query.values import ValueTable
from searchq.query.zones import FRENCH, LANGUAGES, TEXT, exact

__all__ = ["FIELD_OF", "TermLookup", "TranslatedTerms", "Word"]

FIELD_OF: Final[Mapping[Language, str]] = {"nl": TEXT, "fr": FRENCH}  # the words of all texts in a language


T = TypeVar("T")
_ELIDING: Final = tuple("aeiouyh")  # letters before which a French article loses its vowel
_ELIDED: Final = ("l", "d", "qu", "n", "s", "c", "j", "m", "t")


class TranslatedTerms(NamedTuple):
    """The terms of a translation, which is mostly one word, as it is written, and how likely it is."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    probability: float
    frequency: int  # of the questions that hold the rarest of its words


class Word(Struct, frozen=True):
    """A plain word of a query, and what the index holds of it."""

    text: str
    terms: Terms  # in Dutch
    french: Terms
    stem: str  # its first term, or itself if it is a stop word
    translated: tuple[TranslatedTerms, ...]  # into the other language
    is_author: bool  # an author is called so, and only a rule would make another word of it
    is_known: bool  # a document contains the word, another form of it, a part or a translation
    frequency: int  # of the questions that contain it in some form, or a translation: of whichever they are the most
    is_number: bool  # of a question

    @property
    def count(self) -> int:
        """The questions that contain it in some form, or a translation; 0 if it is not known."""
        return self.frequency if self.is_known else 0


class TermLookup:
    """Cached lookups in an index for one query."""

    def __init__(
        self, index: TermSource, language: Language = "nl", today: dt.date | None = None, translate: bool = True
    ) -> None:
        """`language` is that of the query: of its stop words, and to translate from. `today` tells `gisteren`."""
        self.today = today
        self.language: Language = language
        self.other_language: Language = "nl" if language == "fr" else "fr"
        self._index = index
        self._held: dict[tuple[str, str], WordReading | None] = {}
        self._translate = translate
        self._translated: dict[str, tuple[TranslatedTerms, ...]] = {}
        self._readings: dict[tuple[str, str], WordReading] = {}

    def reading(self, word: str, language: str = "nl") -> WordReading:
        """Return a word with its terms: in Dutch always, in French with those that it may be meant by.

        In a Dutch query it has none in French if it is a word of Dutch documents alone.
        """
        key = (word, language)
        if key not in self._readings:
            self._readings[key] = self._held_in(word, language) or self._not_held(word, language)
        return self._readings[key]

    def word(self, word: str, *, translate: bool = True, capital: bool = False) -> Word:
        """Return what the index holds of a plain word; its translations only if they are sought.

        With a capital it may be a name, though it is a word, too.
        """
        if translate and capital and self._translates:
            self._translate_name(word)
        return self.once(("word", word), lambda: self._word(word, translate))

    def _word(self, word: str, translate: bool) -> Word:
        french, dutch = self.reading(word, "fr"), self.reading(word)
        is_known = dutch.is_held or french.is_held or any(dutch.counts)
        found = self.translated_terms(word) if translate or is_known else ()
        frequency = max((*dutch.counts[:1], *french.counts[:1], *(one.frequency for one in found)), default=0)
        is_ruled = bool(dutch.terms) and dutch.terms[0].why == "rule"
        return Word(
            word,
            dutch.terms,
            french.terms,
            dutch.stem,
            found if translate else (),
            is_author=is_ruled and self.documents(word, exact("author_words")) > 0,
            is_known=is_known or (translate and bool(found)),
            frequency=frequency,
            is_number=is_number(word),
        )

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns: kept for other queries, unless words are translated, by their neighbours, too."""
        return make() if self._translates else self._index.once((self.language, key), make)

    def is_very_frequent(self, word: str) -> bool:
        """Return whether so many questions contain a word that it tells them apart no more."""
        return self.word(word).frequency > self._index.question_count() * _VERY_FREQUENT

    def has_seen(self, word: str) -> bool:
        """Return whether any document contains this exact word."""
        return any(self._held_in(word, language) for language in LANGUAGES)

    def elided(self, word: str) -> list[str]:
        """Return a word as French texts of the index write it after an article or the like: âge in l'âge, d'âge."""
        if not fold(word[:1]).startswith(_ELIDING):
            return []
        return [form for short in _ELIDED if self._held_in(form := f"{short}'{word}", "fr")]

    def translated_terms(self, word: str) -> tuple[TranslatedTerms, ...]:
        """Return the terms of the translations of a word; none if every question is told in the query's language."""
        if not self._translates:
            return ()
        if word not in self._translated:
            self._translated[word] = tuple(self._terms_held(self._translations(word)))
        return self._translated[word]

    def _translate_name(self, word: str) -> None:
        """Translate a word as a name, first: Namen is Namur before it is noms."""
        name = name_elsewhere(self._bare(word), self.language, capital=True)
        found = tuple(self._terms_held([Translation((name,), 1.0)])) if name else ()
        if found:
            rest = [one for one in self.translated_terms(word) if one.terms != found[0].terms]
            self._translated[word] = (*found, *rest)

    def translate_together(self, words: Sequence[str]) -> None:
        """Translate adjacent words as one, too, where the other language has one word for both."""
        for pair in pairwise(words) if self._translates else ():
            found = tuple(self._terms_held(shipped(self.language).translations(*map(self._bare, pair))))
            for word in pair if found else ():
                self._translated[word] = (*found, *(one for one in self.translated_terms(word) if one not in found))

    @property
    def translations(self) -> dict[str, tuple[str, ...]]:
        """Return the translations of each word looked up so far, as they are written, without the word itself."""
        others = {
            word: tuple(" ".join(one.words) for one in found if tuple(map(fold, one.words)) != (fold(word),))
            for word, found in self._translated.items()
        }
        return {word: found for word, found in others.items() if found}

    @cached_property
    def _translates(self) -> bool:
        return self._translate and bool(self.documents(lacking(self.language), "told_in"))

    def _translations(self, word: str) -> tuple[Translation, ...]:
        """Return the translations of a word that are shipped, or else those that the index learned."""
        bare = self._bare(word)
        found = shipped(self.language).translations(bare)
        name = name_elsewhere(bare, self.language, capital=False)
        if name and not any(name in one.words for one in found):
            return (Translation((name,), 1.0),)
        found = found or learned(self.blob(LEARNED[self.language]), self.language).translations(bare)
        return tuple(one for one in found if may_translate(bare, one.words, self.language))

    def _bare(self, word: str) -> str:
        return without_elision(word) if self.language == "fr" else word

    def _terms_held(self, translations: Iterable[Translation]) -> Iterator[TranslatedTerms]:
        """Yield the terms of the translations that documents hold, each once."""
        seen = set[tuple[str, ...]]()
        for words, probability in translations:
            found = [self.reading(word, self.other_language) for word in words]
            terms = tuple([reading.stem for reading in found])
            if terms not in seen and all(reading.terms and reading.counts[0] for reading in found):
                seen.add(terms)
                yield TranslatedTerms(terms, words, probability, min(reading.counts[0] for reading in found))

    def documents(self, term: str, field: str = TEXT) -> int:
        """Count the documents that contain a term."""
        return self._index.document_frequency(field, term)

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""
        return self._index.value_table(facet)

    def blob(self, name: str) -> bytes:
        """Return the bytes the indexing run stored under a name; empty if there are none."""
        return self._index.blob(name) or b""

    def _not_held(self, word: str, language: str) -> WordReading:
        if language == "nl":
            return self._index.analyzed(word, "nl")
        if self.language == "nl" and self._held_in(word, "nl"):
            return WordReading(word)
        found = self._index.analyzed(word, "fr")
        kept = [(term, count) for term, count in zip(found.terms, found.counts, strict=True) if count]
        return WordReading(word, tuple([term for term, _ in kept]), tuple([count for _, count in kept]))

    def _held_in(self, word: str, language: str) -> WordReading | None:
        key = (word, language)
        if key not in self._held:
            self._held[key] = self._index.held(word, language)
        return self._held[key]


_VERY_FREQUENT: Final = 0.2  # of the questions
