"""Analyses a French word to its term, for the French texts.

Elision off (l'enseignement, qu'il), the Snowball stemmer, except for names, marks off. The words of a text are those
of the tokenizer, which knows no language; compounds of French stand apart already.
"""

import re
from functools import lru_cache
from threading import Lock
from typing import Final

from Stemmer import Stemmer

from searchq.analysis.folding import fold
from searchq.analysis.names import is_french_name
from searchq.analysis.stop_words import is_stop_word, without_elision
from searchq.analysis.terms import WeightedTerm, WordAnalysis
from searchq.analysis.tokenizer import words

__all__ = ["analyze_word", "words"]

_PART_WEIGHT: Final = 0.7
_PLURALS: Final = ("as", "is", "os", "us")
_SHORTEST_PLURAL: Final = 3  # letters; bus and cas are no plurals
_MEMORY: Final = 1 << 16  # words
_SNOWBALL: Final = Stemmer("french", 0)  # remembers nothing: `analyze_word` does
_ONE_AT_A_TIME: Final = Lock()  # a Stemmer keeps the word that it works on


@lru_cache(maxsize=_MEMORY)
def analyze_word(word: str) -> WordAnalysis:
    """Return the terms of a French word from `tokenizer.words`; a stop word has none."""
    bare = without_elision(word)
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
    with _ONE_AT_A_TIME:
        stem = fold(_SNOWBALL.stemWord(word))
    return stem[:-1] if len(stem) > _SHORTEST_PLURAL and stem.endswith(_PLURALS) else stem
