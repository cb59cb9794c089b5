"""What the analysis of a word gives: its terms with their weights, and how much parts of a word count.

Apart from the analysis itself, since a search reads the terms of its words from the index, and only a word that no
document holds is analysed anew.
"""

from typing import Final, Literal, NamedTuple

__all__ = ["ANALYSIS_VERSION", "PART_WEIGHT", "QUERY_PART_WEIGHT", "Reason", "WeightedTerm", "WordAnalysis"]

ANALYSIS_VERSION: Final = 2  # to be raised whenever a word may get other terms

# How much an occurrence of a word counts for the parts of it, in a document and in a query (see docs/dutch.md).
PART_WEIGHT: Final = 0.7
QUERY_PART_WEIGHT: Final = 0.5

Reason = Literal["address", "compound", "dictionary", "number", "override", "rule", "unchanged"]


class WeightedTerm(NamedTuple):
    """A term of the index, how much an occurrence of the word counts for it (1.0: in full), and why it is one.

    `why` tells what made the whole word this term, or `compound` where the term is a part of the word.
    """

    term: str
    weight: float
    why: Reason


class WordAnalysis(NamedTuple):
    """A surface word with its terms, the stem first; a stop word has none."""

    word: str
    terms: tuple[WeightedTerm, ...]
