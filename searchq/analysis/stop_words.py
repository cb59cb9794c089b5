"""Stop words: the words that stand in every text of a language and help nobody to find one.

Whether a word of a query is one depends on the language of the query, which its own words tell: `les` says nothing in
"les soins de santé", and means lessons in "les in gevangenissen".
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from searchq.analysis.translations import shipped
from searchq.analysis.wordlists import words_of
from searchq.lazy_regex import lazy

__all__ = ["Language", "is_stop_word", "language_of", "without_elision"]

Language: TypeAlias = Literal["nl", "fr"]

_STOP_WORDS: Final = {"nl": words_of("stop_words.txt"), "fr": words_of("french_stop_words.txt")}
_TELLING: Final = {
    "nl": _STOP_WORDS["nl"] - _STOP_WORDS["fr"],
    "fr": (_STOP_WORDS["fr"] | words_of("french_question_words.txt"))
    - _STOP_WORDS["nl"]
    - words_of("french_stop_words_of_two_languages.txt"),
}
_ELISION: Final = lazy(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_FRENCH_LETTER: Final = lazy("[èêàâçîôùûœ]|(?<!é)é(?!é)")  # but één
_ARTICLES: Final = frozenset({"les", "des", "ces", "mes", "tes", "ses", "nos", "vos"})
_FRENCH_PLURAL: Final = lazy(r"[^\W\d_]{3,}(?<!')[sx]")


def is_stop_word(word: str, language: Language) -> bool:
    """Return whether a word from `tokenizer.words` is a stop word of a language: `van` in Dutch, `qu'il` in French."""
    return (without_elision(word) if language == "fr" else word) in _STOP_WORDS[language]


def without_elision(word: str) -> str:
    """Return a French word without the short word before its apostrophe: l'école is école."""
    found = _ELISION.match(word) if "'" in word else None
    return word[found.end() :] if found else word


def language_of(words: Sequence[str]) -> Language:
    """Return the language that the words of a query speak for; Dutch if they do not tell.

    Stop words and letters tell first; if they do not, the words that are known in one of the languages only.
    """
    dutch = sum(word in _TELLING["nl"] for word in words)
    plurals = sum(left in _ARTICLES and bool(_FRENCH_PLURAL.fullmatch(right)) for left, right in pairwise(words))
    french = plurals + sum(map(_speaks_french, words))
    if french == dutch:
        return "fr" if sum(map(_leaning, words)) > 0 else "nl"
    return "fr" if french > dutch else "nl"


def _speaks_french(word: str) -> bool:
    is_elided = len(word) > len(bare := without_elision(word)) and len(bare) > 1  # but m'n
    return (
        word in _TELLING["fr"]
        or is_elided
        or (bool(_FRENCH_LETTER.search(word)) and word not in _TELLING["nl"] and word not in shipped("nl"))
    )


@lru_cache(maxsize=1 << 14)
def _leaning(word: str) -> int:
    """Return 1 for a word that is known in French only, -1 for one in Dutch only, in this form or else in another.

    A form of Dutch texts alone is not Dutch if French has another form of it: social, in names, beside sociale.
    """
    if is_stop_word(word, "nl") or is_stop_word(word, "fr"):
        return 0
    french, bare = shipped("fr"), without_elision(word)
    in_french = bare in french or bool(french.translations(bare))
    in_dutch = word in shipped("nl") or (bare not in french and bool(shipped("nl").translations(word)))
    return in_french - in_dutch
