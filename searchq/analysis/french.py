"""Analyses a French word to its term, for the French texts.

Elision off (l'enseignement, qu'il), the Snowball stemmer, except for names, marks off. The words of a text are those
of the tokenizer, which knows no language; compounds of French stand apart already.

    travaux      travail       data/french_stems.txt: what the stemmer gets wrong
    étrangères   etranger      data/french_no_verbs.txt: a noun, whose ending the stemmer takes for a verb's
    commissions  commission    a plural that the stemmer takes for a verb, before it is asked
    enjeux       enjeu         a plural that the stemmer leaves, after it was asked
"""

import re
from functools import cache, lru_cache
from threading import Lock
from typing import Final

from Stemmer import Stemmer

from searchq.analysis.folding import fold
from searchq.analysis.names import is_french_name
from searchq.analysis.stop_words import is_stop_word, without_elision
from searchq.analysis.terms import WeightedTerm, WordAnalysis
from searchq.analysis.tokenizer import words
from searchq.analysis.wordlists import one_of_many, words_of
from searchq.lazy_regex import lazy

__all__ = ["analyze_word", "words"]

_PART_WEIGHT: Final = 0.7
_PLURALS: Final = ("as", "is", "os", "us", "eux", "oux")
_SAINT: Final = lazy(r"\Ast(e?)-")  # st-trond
_VERBLIKE_PLURAL: Final = lazy(r"(?<=..)(?:(?<!v)er|(?<=[sx])ion)s\Z")
_FORMS: Final = {"er": ("er", "ers", "ère", "ères"), "it": ("it", "its", "ite", "ites")}  # of one noun or adjective
_SHORTEST_PLURAL: Final = 3  # letters; bus and cas are no plurals
_MEMORY: Final = 1 << 16  # words
_SNOWBALL: Final = Stemmer("french", 0)  # remembers nothing: `analyze_word` does
_ONE_AT_A_TIME: Final = Lock()  # a Stemmer keeps the word that it works on


@lru_cache(maxsize=_MEMORY)
def analyze_word(word: str) -> WordAnalysis:
    """Return the terms of a French word from `tokenizer.words`; a stop word has none."""
    bare = _SAINT.sub(r"saint\1-", without_elision(word))
    if is_stop_word(bare, "fr"):
        return WordAnalysis(word, ())
    if not bare.replace("-", "").replace("'", "").isalpha():
        return WordAnalysis(word, (WeightedTerm(fold(bare), 1.0, "unchanged"),))
    joined = bare.replace("-", "").replace("'", "")
    pieces = [piece for piece in re.split("[-']", bare) if len(piece) > 1 and piece != bare]
    parts = dict.fromkeys(_stem(piece) for piece in pieces if not is_stop_word(piece, "fr"))
    whole = WeightedTerm(_stem(joined), 1.0, "rule")
    return WordAnalysis(word, (whole, *(WeightedTerm(part, _PART_WEIGHT, "compound") for part in parts)))


def _stem(word: str) -> str:
    """Return the stem of a word; a name is its own. The stemmer leaves the plural of emplois, détenus and médias."""
    if is_french_name(word):
        return fold(word)
    return _known_stems().get(word) or _ruled(word)


def _ruled(word: str) -> str:
    if _VERBLIKE_PLURAL.search(word):
        word = word[:-1]
    with _ONE_AT_A_TIME:
        stem = fold(_SNOWBALL.stemWord(word))
    if stem.endswith("iv"):
        return f"{stem[:-1]}f"  # sportive, sportif
    return stem[:-1] if len(stem) > _SHORTEST_PLURAL and stem.endswith(_PLURALS) else stem


@cache
def _known_stems() -> dict[str, str]:
    """Return the stems that are listed, by form, with its marks and without."""
    known = {
        f"{word[:-2]}{ending}": word for word in words_of("french_no_verbs.txt") for ending in _FORMS[word[-2:]]
    } | one_of_many("french_stems.txt")
    return {form: fold(stem) for word, stem in known.items() for form in (fold(word), word)}
