"""Questions asked as sentences, and the words of them that name no subject.

    waarom rijden er zo weinig treinen op zondag?       rijden, treinen, zondag
    weinig treinen zondag                               keywords: every word counts

Stop words are left out of every query; function words only of sentences, since elsewhere somebody chose them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from searchq.analysis.stop_words import Language, is_stop_word, without_elision
from searchq.analysis.wordlists import words_of

__all__ = ["Manner", "is_function_word", "is_sentence", "manner_of", "names_no_subject"]

_MIN_WORDS: Final = 4
_FUNCTION_WORDS: Final = {"nl": words_of("function_words.txt"), "fr": words_of("french_function_words.txt")}
_OPENINGS: Final = words_of("question_openings.txt")


def is_sentence(words: Sequence[str], text: str) -> bool:
    """Return whether a text, with its words, is asked as a sentence: by its sign, or by how it begins."""
    return len(words) >= _MIN_WORDS and (text.rstrip().endswith("?") or words[0] in _OPENINGS)


class Manner(NamedTuple):
    """How a text is asked: as a sentence; with a word first that begins questions, however short, as hoeveel does."""

    is_sentence: bool = False
    is_opened: bool = False


def manner_of(words: Sequence[str], text: str, language: Language) -> Manner:
    """Return how a text, with its words, is asked; stop words before others do not count."""
    first = next((word for word in words if not is_stop_word(word, language)), words[0] if words else "")
    return Manner(is_sentence(words, text), first in _OPENINGS and is_function_word(first, language))


def names_no_subject(word: str) -> bool:
    """Return whether a word shapes sentences of either language, so that nobody searches for it: vanaf, encore."""
    return word in _no_subjects()


@cache
def _no_subjects() -> frozenset[str]:
    french = _FUNCTION_WORDS["fr"] | words_of("french_stop_words.txt")
    return _FUNCTION_WORDS["nl"] | (french - words_of("french_stop_words_of_two_languages.txt"))


def is_function_word(word: str, language: Language) -> bool:
    """Return whether a word shapes sentences of a language and names no subject."""
    return word in _FUNCTION_WORDS[language] or (language == "fr" and without_elision(word) in _FUNCTION_WORDS["fr"])
