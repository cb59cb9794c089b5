"""Finds the words that match a prefix, pattern or fuzzy word in all segments, each with one number.

Every segment has its own dictionary, shared by the zones of a language. So the matching words are found once per query
and language; each zone then looks up which of them it contains, and how often.

    segment 1   verkeer  vertrek            words      verkeer 0   verkeerd 1   vertrek 2
    segment 2   verkeer  verkeerd           segment 1 has 0, 2; segment 2 has 0, 1
"""

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.fuzzy import candidates, within
from searchq.index.format.strings import Strings
from searchq.query.tree import Expansion, Fuzzy, Prefix, Wildcard

__all__ = ["MatchingTerms", "matching_terms", "prefix_of"]

Numbers = npt.NDArray[np.intp]
Fitting: TypeAlias = Callable[[Sequence[str]], Iterable[int]]  # the places of the words that fit

_STEP: Final = 2048  # words compared between two checks of the deadline
_GLOB: Final = frozenset("*?[")


class MatchingTerms(Struct, frozen=True, eq=False):
    """The words in order; per table, the ascending numbers of those it contains, and their places in `words`."""

    words: Sequence[str]
    tables: Sequence[tuple[Numbers, Numbers]]


def prefix_of(node: Expansion) -> str:
    """Return the common prefix of all words a node expands to."""
    match node:
        case Prefix():
            return node.text
        case Wildcard():
            return node.text[: next((place for place, letter in enumerate(node.text) if letter in _GLOB), None)]
        case Fuzzy():
            return node.text[: node.prefix_length]


def matching_terms(node: Expansion, tables: Sequence[Strings], context: SearchContext) -> MatchingTerms:
    """Return the words a node expands to in some sorted tables."""
    key = (tuple(map(id, tables)), replace(node, field="", boost=1.0))  # the zones of a language share its words
    return context.once(key, lambda: _found(node, tables, context))


def _found(node: Expansion, tables: Sequence[Strings], context: SearchContext) -> MatchingTerms:
    fitting = _fitting(node)
    numbers = [_candidates(node, table) for table in tables]
    words = [_texts(table, own) for table, own in zip(tables, numbers, strict=True)]
    if fitting is not None:
        chosen = [_chosen(own, fitting, context) for own in words]
        numbers = [own[places] for own, places in zip(numbers, chosen, strict=True)]
        words = [[own[place] for place in places] for own, places in zip(words, chosen, strict=True)]
    if len(tables) == 1:
        return MatchingTerms(words[0], [(numbers[0], np.arange(len(words[0])))])
    together = sorted(set().union(*words))
    place = {word: number for number, word in enumerate(together)}
    places = [np.fromiter(map(place.__getitem__, own), np.intp, len(own)) for own in words]
    return MatchingTerms(together, list(zip(numbers, places, strict=True)))


def _texts(table: Strings, numbers: Numbers) -> list[str]:
    if len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers):
        return table.tolist(int(numbers[0]), int(numbers[-1]) + 1)
    return [table[number] for number in numbers.tolist()]


def _chosen(words: Sequence[str], fitting: Fitting, context: SearchContext) -> list[int]:
    chosen: list[int] = []
    for first in range(0, len(words), _STEP):
        context.check()
        chosen += [first + place for place in fitting(words[first : first + _STEP])]
    return chosen


def _candidates(node: Expansion, table: Strings) -> Numbers:
    """Return the numbers of the words in a table that may match."""
    if isinstance(node, Fuzzy):
        return candidates(table, node.text, node.prefix_length, node.edits)
    return np.arange(*table.prefix_range(prefix_of(node)))


def _fitting(node: Expansion) -> Fitting | None:
    """What tells the places of the words that fit; None where all do."""
    match node:
        case Prefix():
            return None
        case Wildcard():
            fits = re.compile(fnmatch.translate(node.text)).match
            return lambda words: [place for place, word in enumerate(words) if fits(word)]
        case Fuzzy():
            return lambda words: within(node.text, words, node.edits)
