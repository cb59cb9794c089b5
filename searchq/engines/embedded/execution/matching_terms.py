"""A stretch of the dictionary: the words that fit a pattern, in all segments together, each with one number.

Every segment has a dictionary of its own; the zones of a language share it. So the words that fit are found once a
query and language, and each zone then only says which of them it holds and how often.

    segment 1   verkeer  vertrek            stretch   verkeer 0   verkeerd 1   vertrek 2
    segment 2   verkeer  verkeerd           segment 1 has 0, 2; segment 2 has 0, 1
"""

import fnmatch
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.query import FuzzyTerm, Prefix, Regex, TermRange, Wildcard

from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.fuzzy import alike, candidates
from searchq.index.format.strings import Strings

__all__ = ["Stretch", "prefix_of", "stretch_of"]

Numbers = npt.NDArray[np.intp]

_STEP: Final = 2048  # words looked at between two looks at the clock
_GLOB: Final = frozenset("*?[")
_PATTERN: Final = frozenset("{}()[].?*+^$\\|")


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """The words in order; for each table the ascending numbers of those it holds there, and their places in `words`."""

    words: Sequence[str]
    tables: Sequence[tuple[Numbers, Numbers]]


def prefix_of(node: Any) -> str:
    """What all words begin with that a node stands for."""
    return _PREFIXES[type(node)](node)


def stretch_of(node: Any, tables: Sequence[Strings], run: Run) -> Stretch:
    """The words a node stands for in some sorted tables."""
    key = (tuple(map(id, tables)), type(node), node.text if hasattr(node, "text") else repr(node))
    return run.once(key, lambda: _found(node, tables, run))


def _found(node: Any, tables: Sequence[Strings], run: Run) -> Stretch:
    narrow = _NARROW.get(type(node), _all_alike)
    accept = _ACCEPT.get(type(node))
    numbers = [narrow(node, table) for table in tables]
    words = [_texts(table, own) for table, own in zip(tables, numbers, strict=True)]
    if accept is not None:
        fits = accept(node)
        chosen = [_chosen(own, fits, run) for own in words]
        numbers = [own[places] for own, places in zip(numbers, chosen, strict=True)]
        words = [[own[place] for place in places] for own, places in zip(words, chosen, strict=True)]
    if len(tables) == 1:
        return Stretch(words[0], [(numbers[0], np.arange(len(words[0])))])
    together = sorted(set().union(*words))
    place = {word: number for number, word in enumerate(together)}
    places = [np.fromiter(map(place.__getitem__, own), np.intp, len(own)) for own in words]
    return Stretch(together, list(zip(numbers, places, strict=True)))


def _texts(table: Strings, numbers: Numbers) -> list[str]:
    if len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers):
        return table.tolist(int(numbers[0]), int(numbers[-1]) + 1)
    return [table[number] for number in numbers.tolist()]


def _chosen(words: Sequence[str], fits: Callable[[str], object], run: Run) -> list[int]:
    chosen: list[int] = []
    for first in range(0, len(words), _STEP):
        run.check()
        chosen += [place for place, word in enumerate(words[first : first + _STEP], first) if fits(word)]
    return chosen


def _all_alike(node: Any, table: Strings) -> Numbers:
    return np.arange(*table.prefix_range(prefix_of(node)))


def _between(node: TermRange, table: Strings) -> Numbers:
    low, high = (None if end is None else _bytes(end) for end in (node.start, node.end))
    first = 0 if low is None else table.lower_bound(low + b"\0" * node.startexcl)
    last = len(table) if high is None else table.lower_bound(high + b"\0" * (not node.endexcl))
    return np.arange(first, max(first, last))


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _literal(text: str, special: frozenset[str]) -> str:
    """What stands before the first special character."""
    return text[: next((place for place, letter in enumerate(text) if letter in special), len(text))]


def _regex_prefix(node: Regex) -> str:
    """What stands before the first special character, but for a letter that may be repeated or left out."""
    text = node.text.removeprefix("^")
    start = "" if "|" in text else _literal(text, _PATTERN)
    return start[:-1] if text[len(start) : len(start) + 1] in ("*", "?", "{") else start


_PREFIXES: Final[Mapping[type, Callable[[Any], str]]] = {
    Prefix: lambda node: node.text,
    Wildcard: lambda node: _literal(node.text, _GLOB),
    Regex: _regex_prefix,
    FuzzyTerm: lambda node: node.text[: node.prefixlength],
    TermRange: lambda node: "",
}
_NARROW: Final[Mapping[type, Callable[[Any, Strings], Numbers]]] = {
    FuzzyTerm: lambda node, table: candidates(table, node.text, node.prefixlength, int(node.maxdist)),
    TermRange: _between,
}
_ACCEPT: Final[Mapping[type, Callable[[Any], Callable[[str], object]]]] = {
    Wildcard: lambda node: re.compile(fnmatch.translate(node.text)).match,
    Regex: lambda node: re.compile(node.text).match,
    FuzzyTerm: lambda node: lambda word: alike(word, node.text, int(node.maxdist)),
}
