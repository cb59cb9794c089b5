"""The result of analysing a word: its terms with their weights, and the weight of parts of a word.

Separate from the analysis itself, since a search reads the terms of its words from the index, and analyses only words
that are in no document.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

__all__ = [
    "ANALYSIS_VERSION",
    "NAME_WEIGHT",
    "PART_WEIGHT",
    "QUERY_PART_WEIGHT",
    "Kind",
    "Reason",
    "TermsOfWords",
    "WeightedTerm",
    "WordAnalysis",
    "is_listed",
    "meant_by",
    "pairs_of",
]

ANALYSIS_VERSION: Final = 6  # raise it when a word may get other terms

# The weight of the parts of a word, in a document and in a query (see docs/dutch.md).
PART_WEIGHT: Final = 0.7
NAME_WEIGHT: Final = 0.3  # of the name in a form of it: Gent in Gentse
QUERY_PART_WEIGHT: Final = 0.5

Reason = Literal["address", "compound", "dictionary", "name", "number", "override", "rule", "unchanged"]


class WeightedTerm(NamedTuple):
    """A term of the index, its weight per occurrence of the word (1.0: in full), and the reason.

    `why` is the step that made the word this term, or `compound` if the term is a part of the word.
    """

    term: str
    weight: float
    why: Reason


Kind = tuple[float, Reason]  # weight and reason of a term


class TermsOfWords(NamedTuple):
    """The terms of many words, word by word, each term once: how many a word has, the terms, and their kinds."""

    counts: list[int]
    terms: list[str]
    kinds: list[Kind]


def pairs_of(terms: tuple[WeightedTerm, ...]) -> list[tuple[str, Kind]]:
    """Return the terms of a word with their kinds; of a repeated one the first."""
    first = {term.term: (term.weight, term.why) for term in reversed(terms)}
    return list(first.items())[::-1]


class WordAnalysis(NamedTuple):
    """A surface word with its terms, the stem first; a stop word has none."""

    word: str
    terms: tuple[WeightedTerm, ...]


def meant_by(terms: Sequence[WeightedTerm]) -> str:
    """Return the term that the forms of a word share: a name that it is a form of (brussels: brussel), or the first."""
    names = [term.term for term in terms if term.why == "name"]
    return names[-1] if names else terms[0].term


def is_listed(terms: Sequence[WeightedTerm]) -> bool:
    """Return whether the dictionary lists the word with these terms, or the words it is made of; so is a stop word."""
    return not terms or terms[0].why in _LISTED or sum(term.why == "compound" for term in terms) > 1


_LISTED: Final[frozenset[Reason]] = frozenset({"address", "dictionary", "number", "override"})
