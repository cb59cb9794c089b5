"""Looks up the terms of words and the values of facets, each once per query."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec import Struct

from searchq.analysis.folding import fold
from searchq.analysis.names import may_translate
from searchq.analysis.stop_words import Language, without_elision
from searchq.analysis.translations import LEARNED, Translation, learned, shipped
from searchq.languages import lacking
from searchq.numbers import is_number
from searchq.query.terms import Terms, TermSource
from searchq.query.values import ValueTable
from searchq.query.zones import FRENCH, LANGUAGES, TEXT, exact

__all__ = ["FIELD_OF", "TermLookup", "TranslatedTerms", "Word"]

FIELD_OF: Final[Mapping[Language, str]] = {"nl": TEXT, "fr": FRENCH}  # the words of all texts in a language


_ELIDING: Final = tuple("aeiouyh")  # letters before which a French article loses its vowel
_ELIDED: Final = ("l", "d", "qu", "n", "s", "c", "j", "m", "t")


class TranslatedTerms(NamedTuple):
    """The terms of a translation, which is mostly one word, as it is written, and how likely it is."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    probability: float


class Word(Struct, frozen=True):
    """A plain word of a query, and what the index holds of it."""

    text: str
    terms: Terms  # in Dutch
    french: Terms
    stem: str  # its first term, or itself if it is a stop word
    translated: tuple[TranslatedTerms, ...]  # into the other language
    is_author: bool  # an author is called so, and only a rule would make another word of it
    is_known: bool  # a document contains the word, another form of it, a part or a translation
    count: int  # of the questions that contain it in some form, or a translation
    is_number: bool  # of a question


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
        self._held: dict[tuple[str, str], bool] = {}
        self._translate = translate
        self._translated: dict[str, tuple[TranslatedTerms, ...]] = {}
        self._terms: dict[tuple[str, str], Terms] = {}

    def terms(self, word: str, language: str = "nl") -> Terms:
        """Return the terms of a word: in Dutch always, in French those that it may be meant by."""
        key = (word, language)
        if key not in self._terms:
            self._terms[key] = self._french(word) if language == "fr" else self._index.analyze(word, language)
        return self._terms[key]

    def word(self, word: str, *, translate: bool = True) -> Word:
        """Return what the index holds of a plain word; its translations only if they are sought."""
        terms, french = self.terms(word), self.terms(word, "fr")
        translated = self.translated_terms(word) if translate else ()
        is_author = bool(terms) and terms[0].why == "rule" and self.documents(word, exact("author_words")) > 0
        is_known = bool(translated) or self.is_known(word)
        count = self.frequency(word) if is_known else 0
        return Word(word, terms, french, self.stem(word), translated, is_author, is_known, count, is_number(word))

    def is_very_frequent(self, word: str) -> bool:
        """Return whether so many questions contain a word that it tells them apart no more."""
        return self.frequency(word) > self._index.question_count() * _VERY_FREQUENT

    def frequency(self, word: str) -> int:
        """Count the questions that contain a word in some form, or a translation: of whichever they are the most."""
        own = [(term.term, field) for language, field in FIELD_OF.items() for term in self.terms(word, language)[:1]]
        other = FIELD_OF[self.other_language]
        translated = [min(self.documents(term, other) for term in one.terms) for one in self.translated_terms(word)]
        return max([self.documents(*term) for term in own] + translated, default=0)

    def has_seen(self, word: str) -> bool:
        """Return whether any document contains this exact word."""
        return any(self._holds(word, language) for language in LANGUAGES)

    def elided(self, word: str) -> list[str]:
        """Return a word as French texts of the index write it after an article or the like: âge in l'âge, d'âge."""
        if not fold(word[:1]).startswith(_ELIDING):
            return []
        return [form for short in _ELIDED if self._holds(form := f"{short}'{word}", "fr")]

    def is_known(self, word: str) -> bool:
        """Return whether any document contains this word, another form of it, or a part."""
        return self.has_seen(word) or any(self.documents(term.term) for term in self.terms(word))

    def stem(self, word: str) -> str:
        """Return the first term of a word, or the word itself if it is a stop word."""
        terms = self.terms(word)
        return terms[0].term if terms else word

    def translated_terms(self, word: str) -> tuple[TranslatedTerms, ...]:
        """Return the terms of the translations of a word; none if every question is told in the query's language."""
        if not self._translates:
            return ()
        if word not in self._translated:
            self._translated[word] = tuple(self._terms_held(self._translations(word)))
        return self._translated[word]

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
        found = found or learned(self.blob(LEARNED[self.language]), self.language).translations(bare)
        return tuple(one for one in found if may_translate(bare, one.words, self.language))

    def _bare(self, word: str) -> str:
        return without_elision(word) if self.language == "fr" else word

    def _terms_held(self, translations: Iterable[Translation]) -> Iterator[TranslatedTerms]:
        """Yield the terms of the translations that documents hold, each once."""
        seen, field = set[tuple[str, ...]](), FIELD_OF[self.other_language]
        for words, probability in translations:
            terms = tuple(found[0].term for word in words if (found := self.terms(word, self.other_language)))
            if terms not in seen and len(terms) == len(words) and all(self.documents(term, field) for term in terms):
                seen.add(terms)
                yield TranslatedTerms(terms, words, probability)

    def documents(self, term: str, field: str = TEXT) -> int:
        """Count the documents that contain a term."""
        return self._index.document_frequency(field, term)

    def value_table(self, facet: str) -> ValueTable:
        """The values of a facet."""
        return self._index.value_table(facet)

    def blob(self, name: str) -> bytes:
        """Return the bytes the indexing run stored under a name; empty if there are none."""
        return self._index.blob(name) or b""

    def _french(self, word: str) -> Terms:
        """Return the French terms of a word; none of one that in a Dutch query is a word of Dutch documents alone."""
        if self._holds(word, "fr"):
            return self._index.analyze(word, "fr")
        if self.language == "nl" and self._holds(word, "nl"):
            return ()
        return tuple(term for term in self._index.analyze(word, "fr") if self.documents(term.term, FRENCH))

    def _holds(self, word: str, language: str) -> bool:
        key = (word, language)
        if key not in self._held:
            self._held[key] = self._index.holds(word, language)
        return self._held[key]


_VERY_FREQUENT: Final = 0.2  # of the questions
