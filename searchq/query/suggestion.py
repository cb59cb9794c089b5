"""Completions, and what an engine knows of single words: plain data."""

from collections.abc import Callable, Hashable, Iterable
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from searchq.lazy_regex import lazy
from searchq.query.facet_table import FACET_NAMES
from searchq.query.request import Request
from searchq.query.selections import including

__all__ = [
    "FEW_SUGGESTIONS",
    "MIN_SLIP_LETTERS",
    "KnownWord",
    "Suggestion",
    "SuggestionKind",
    "choose",
    "chosen",
    "split_last_word",
    "without_text",
]

FEW_SUGGESTIONS: Final = 3  # with fewer, what begins as typed but for one slip is suggested, too
MIN_SLIP_LETTERS: Final = 4  # typed before one of them may be a slip
SuggestionKind: TypeAlias = str  # "word", "number" or the name of a facet


class Suggestion(Struct, frozen=True):
    """A completion: the text to search for or the value to filter by, and how many questions it leads to."""

    text: str
    kind: SuggestionKind
    count: int


def without_text(filters: Request) -> Request:
    """Return the filters of a request alone."""
    return replace(filters, text="", facets=(), histogram=False, page=1)


def chosen(one: Suggestion, filters: Request) -> Request:
    """Return the search that a suggestion leads to under the filters of a request: its text, or one more filter."""
    bare = without_text(filters)
    return including(bare, one.kind, one.text) if one.kind in FACET_NAMES else replace(bare, text=one.text)


def choose(
    sources: Iterable[Iterable[Suggestion]],
    limit: int,
    count: Callable[[Suggestion], int],
    words: Callable[[str], Hashable],
) -> tuple[Suggestion, ...]:
    """Take at most `limit` suggestions that lead to questions and repeat the `words` of no other.

    The next source is asked only while few are found.
    """
    found: dict[Hashable, Suggestion] = {}
    for source in sources:
        if len(found) >= FEW_SUGGESTIONS:
            break
        for one in source:
            if len(found) >= limit:
                break
            if (key := words(one.text)) not in found and (questions := count(one)):
                found[key] = replace(one, count=questions)
    return tuple(found.values())


def split_last_word(typed: str) -> tuple[str, str]:
    """Split off the word at the end; it is empty if the text does not end in a word."""
    match = _LAST_WORD.search(typed)
    return (typed[: match.start()], match[0]) if match else (typed, "")


_LAST_WORD: Final = lazy(r"[^\W_][\w'’-]*$")


class KnownWord(Struct, frozen=True):
    """A word of the index, and its frequency: documents, summed over the zones.

    `distance` is that from the word it may have been meant for: 1 a typing error, 0.5 for a part that sounds the same.
    """

    word: str
    frequency: int
    is_listed: bool = False  # by the dictionary, alone or as a compound; the French words of the index count as listed
    is_name: bool = False  # of an author
    distance: float = 0.0
