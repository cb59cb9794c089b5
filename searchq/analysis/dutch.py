"""A Dutch word and the terms it is found under: the steps, in their order."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.stemmer import stem

__all__ = ["ANALYSIS_VERSION", "Reason", "WeightedTerm", "WordAnalysis", "analyze_word"]

ANALYSIS_VERSION: Final = 1  # to be raised whenever a word may get other terms

Reason = Literal["acronym", "compound", "dictionary", "number", "override", "rule", "unchanged"]


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of the index, how much an occurrence of the word counts for it (1.0: in full), and why it is one."""

    term: str
    weight: float
    why: Reason


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """A surface word with its terms, the stem first; a stop word has none."""

    word: str
    terms: tuple[WeightedTerm, ...]


@lru_cache(maxsize=1 << 18)
def analyze_word(word: str) -> WordAnalysis:
    """The terms of one word as `tokenizer.words` gives it; the same word has the same terms always."""
    found = stem(word, dictionary())
    return WordAnalysis(word, (WeightedTerm(fold(found.lemma), 1.0, found.why),))
