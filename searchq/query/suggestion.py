"""Completions, and what an engine knows of single words: plain data."""

from typing import TypeAlias

from msgspec import Struct

__all__ = ["KnownWord", "Suggestion", "SuggestionKind"]

SuggestionKind: TypeAlias = str  # "word", "number" or the name of a facet


class Suggestion(Struct, frozen=True):
    """A completion: the text to search for or the value to filter by, and how many questions it leads to."""

    text: str
    kind: SuggestionKind
    count: int


class KnownWord(Struct, frozen=True):
    """A word of the index, and its frequency: documents, summed over the zones.

    `distance` is that from the word it may have been meant for: 1 a typing error, 0.5 for a part that sounds the same.
    """

    word: str
    frequency: int
    is_listed: bool = False  # by the dictionary, alone or as a compound; the French words of the index count as listed
    is_name: bool = False  # of an author
    distance: float = 0.0
