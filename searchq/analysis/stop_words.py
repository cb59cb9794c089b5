"""The language that the words of a query speak for, and the words that say nothing in it.

Stop words stand in every text of a language and help nobody to find one. Whether a word of a query is one depends on
the language of the query: `les` says nothing in "les soins de santé", and means lessons in "les in gevangenissen".

Stop words and letters tell that language first; it is Dutch if nothing does. If they do not, each word says how much
likelier it is in French texts than in Dutch ones, by data/word_languages.txt, and so does its place: an adjective
follows its noun in French.

    fraude fiscale      fiscale after another word     French
    fiscale fraude      fiscale before another word    Dutch
    social profit       social before another word     Dutch, as profit is English too
    logement social     logement                       French, as no Dutch text has it
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from searchq.analysis.translations import SortedLines, place_elsewhere, shipped
from searchq.analysis.wordlists import words_of
from searchq.lazy_regex import lazy

__all__ = [
    "LANGUAGES_OF_WORDS",
    "Language",
    "Leaning",
    "dump_leanings",
    "has_french_letter",
    "is_stop_word",
    "language_of",
    "without_elision",
]

Language: TypeAlias = Literal["nl", "fr"]

LANGUAGES_OF_WORDS: Final = Path(__file__).parent / "data" / "word_languages.txt"
# Tenths of a natural logarithm: how much likelier French must be. The only word of a query must tell more, as most
# queries are Dutch and it has no neighbour to bear it out.
_ENOUGH: Final = 11
_ENOUGH_ALONE: Final = 16
_CLEAR: Final = 30  # of a word that only one of the tables of translations has
_STOP_WORDS: Final = {"nl": words_of("stop_words.txt"), "fr": words_of("french_stop_words.txt")}
_TELLING: Final = {
    "nl": _STOP_WORDS["nl"] - _STOP_WORDS["fr"],
    "fr": (_STOP_WORDS["fr"] | words_of("french_question_words.txt"))
    - _STOP_WORDS["nl"]
    - words_of("french_stop_words_of_two_languages.txt"),
}
_FRENCH_LETTER: Final = lazy("[èêàâçîôùûœ]|(?<!é)é(?!é)")  # but één
_DUTCH_SPELLING: Final = lazy("[kw]|ij|aa|uu|sch|(?<!c)oo|heid|ing")  # in no French word, or hardly
_ARTICLES: Final = frozenset({"les", "des", "ces", "mes", "tes", "ses", "nos", "vos"})
_FRENCH_PLURAL: Final = lazy(r"[^\W\d_]{3,}(?<!')[sx]")
_ELISION: Final = lazy(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")


class Leaning(NamedTuple):
    """How much likelier a word is in French texts, in tenths of a natural logarithm, and what its place adds."""

    word: int
    before: int  # another telling word
    after: int


def is_stop_word(word: str, language: Language) -> bool:
    """Return whether a word from `tokenizer.words` is a stop word of a language: `van` in Dutch, `qu'il` in French."""
    return (without_elision(word) if language == "fr" else word) in _STOP_WORDS[language]


def without_elision(word: str) -> str:
    """Return a French word without the short word before its apostrophe: l'école is école."""
    found = _ELISION.match(word) if "'" in word else None
    return word[found.end() :] if found else word


def language_of(words: Sequence[str]) -> Language:
    """Return the language that the words of a query speak for."""
    dutch = sum(word in _TELLING["nl"] for word in words)
    plurals = sum(left in _ARTICLES and bool(_FRENCH_PLURAL.fullmatch(right)) for left, right in pairwise(words))
    french = plurals + sum(map(_speaks_french, words))
    is_french = _leans_to_french(words) if french == dutch else french > dutch
    return "fr" if is_french else "nl"


def has_french_letter(word: str) -> bool:
    """Return whether a word has a letter that is French rather than Dutch."""
    return bool(_FRENCH_LETTER.search(word))


def _speaks_french(word: str) -> bool:
    is_elided = len(word) > len(bare := without_elision(word)) and len(bare) > 1  # but m'n
    return word in _TELLING["fr"] or is_elided or (has_french_letter(word) and not _is_dutch_too(word))


def _is_dutch_too(word: str) -> bool:
    """Return whether Dutch texts have a word with a French letter, or its spelling is Dutch: comité, privéschool."""
    return word in _TELLING["nl"] or bool(_DUTCH_SPELLING.search(word)) or _leanings().find(word) is not None


def _leans_to_french(words: Sequence[str]) -> bool:
    """Return whether the telling words, each at its place, are clearly likelier in French texts than in Dutch ones."""
    telling = [word for word in words if not (is_stop_word(word, "nl") or is_stop_word(word, "fr"))]
    found = [_leaning(word) for word in telling]
    likelier = sum(one.word for one in found)
    likelier += sum(one.before for one in found[:-1]) + sum(one.after for one in found[1:])
    return likelier > (_ENOUGH if len(telling) > 1 else _ENOUGH_ALONE)


@lru_cache(maxsize=1 << 14)
def _leaning(word: str) -> Leaning:
    """Return how a word leans: as the tables of translations tell, or rather as texts in both languages have it."""
    if word in words_of("english_words.txt"):
        return Leaning(0, 0, 0)
    by_tables, by_texts = _known_in_one(word), _leanings().find(without_elision(word))
    return Leaning(_CLEAR * by_tables, 0, 0) if by_texts is None else Leaning(*map(int, by_texts.split()))


def _known_in_one(word: str) -> int:
    """Return 1 for a word that is known in French only, -1 for one in Dutch only, in this form or else in another.

    A form of Dutch texts alone is not Dutch if French has another form of it: social, in names, beside sociale.
    """
    french, bare = shipped("fr"), without_elision(word)
    in_french = bare in french or bool(french.translations(bare))
    in_dutch = word in shipped("nl") or (bare not in french and bool(shipped("nl").translations(word)))
    place, french_place = place_elsewhere(word, "nl"), place_elsewhere(bare, "fr")
    return (in_french or french_place is not None) - (in_dutch or place is not None)


@cache
def _leanings() -> SortedLines:
    """Read when first asked for: most queries tell by their stop words."""
    return SortedLines(LANGUAGES_OF_WORDS.read_bytes())


def dump_leanings(found: dict[str, Leaning], comment: str) -> bytes:
    """Return the file of `LANGUAGES_OF_WORDS`."""
    rows = sorted(f"{word} {' '.join(map(str, leaning))}\n".encode() for word, leaning in found.items())
    return b"".join([*(f"# {line}\n".encode() for line in comment.splitlines()), *rows])
