"""A word as a document and a query hold it: its terms, without the signs that the cluster's analysis splits at."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from searchq.analysis import dutch, french
from searchq.analysis.broken_words import with_known_joined
from searchq.analysis.folding import fold
from searchq.analysis.terms import WeightedTerm
from searchq.analysis.tokenizer import words
from searchq.lazy_regex import lazy

__all__ = ["PROSE", "Word", "escaped", "meaning", "title_key", "unescaped", "word_of", "words_in"]

PROSE: Final = lazy(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")  # words a person may type: no codes, no addresses
_LONGEST: Final = 2000  # characters of a word
_KEPT: Final = 200_000  # words with their terms
_ESCAPES: Final = {" ": "\ue000", "|": "\ue001", "+": "\ue002", "=": "\ue003"}
_OUT: Final = str.maketrans(_ESCAPES)
_BACK: Final = str.maketrans({sign: plain for plain, sign in _ESCAPES.items()})


class Word(NamedTuple):
    """What a document holds of a word of a language."""

    weights: tuple[tuple[str, float], ...]  # its terms, escaped
    token: str  # what stands in its place: the word and its terms
    listed: str  # its folded form and itself, to list words by their beginning
    forms: tuple[str, ...]  # each term and the word, to list the words that stand for a term
    prose: str | None  # its folded form, if a person may type it


def escaped(word: str) -> str:
    """Return a word without the signs that the cluster's analysis splits at; of one that is too long, a part."""
    plain = word if word.isalnum() else word.translate(_OUT)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}{title_key([plain])}"


def unescaped(word: str) -> str:
    """Return a word as it was before it was escaped."""
    return word.translate(_BACK)


def title_key(every: Sequence[str]) -> str:
    """Return what stands for these words as a whole title."""
    return blake2b(" ".join(every).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@lru_cache(_KEPT)
def meaning(word: str, language: str) -> tuple[WeightedTerm, ...]:
    """Return the terms of a word, each once; none for a stop word."""
    first: dict[str, WeightedTerm] = {}
    for term in (dutch.analyze_word if language == "nl" else french.analyze_word)(word).terms:
        first.setdefault(term.term, term)
    return tuple(first.values())


@lru_cache(_KEPT)
def word_of(word: str, language: str) -> Word:
    """Return what a document holds of a word."""
    weights = tuple((escaped(term.term), term.weight) for term in meaning(word, language))
    own, bare = escaped(word), fold(word)
    return Word(
        weights,
        token="+".join((f"={own}", *(term for term, _ in weights))),
        listed=f"{escaped(bare)} {own}",
        forms=tuple(f"{term} {own}" for term, _ in weights),
        prose=bare if language == "nl" and PROSE.fullmatch(word) else None,
    )


def words_in(text: str, language: str) -> list[str]:
    """Return the words of a text in a language."""
    return words(with_known_joined(text, lambda word: meaning(word, "nl")) if language == "nl" else text)
