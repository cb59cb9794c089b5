"""Completions and spelling candidates from an engine: plain data."""

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Spelling", "Suggestion", "SuggestionKind"]

SuggestionKind: TypeAlias = str  # "word", "number" or the name of a facet


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: the text to search for or the value to filter by, and how many questions it leads to."""

    text: str
    kind: SuggestionKind
    count: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word of the index, and its frequency: documents, summed over the zones."""

    word: str
    frequency: int
