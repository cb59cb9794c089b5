"""Other ways to write what a query says: compounds in one word, and the other names of things.

    wiskunde onderwijs         wiskundeonderwijs, where a document holds it
    federale overheidsdienst   FOD
    NMBS                       Nationale Maatschappij der Belgische Spoorwegen

An alias never replaces what was typed; it is found besides, and counts for less.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from searchq.analysis.acronyms import EXPANSION_WEIGHT, Acronyms, Name, names
from searchq.query.language.vocabulary import Lookup

__all__ = ["Alias", "aliases"]

JOINED_WEIGHT: Final = 0.8  # of two words found written as one
_LINKS: Final = ("", "s", "-")  # between the halves
_SHORTEST_HALF: Final = 3  # letters


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that say the same as words of a query, and what they count for."""

    words: tuple[str, ...]
    weight: float


def aliases(words: Sequence[str], index: Lookup) -> list[tuple[Alias, ...]]:
    """For each of some words in a row what else says the same, of it alone or together with its neighbours."""
    found: list[list[Alias]] = [[] for _ in words]
    for place, (left, right) in enumerate(pairwise(words)):
        joined = [Alias((compound,), JOINED_WEIGHT) for compound in _compounds(left, right, index)]
        found[place] += joined
        found[place + 1] += joined
    for expansion in Acronyms(_things_named(words), index.stem).expansions(words):
        named = [Alias(name, EXPANSION_WEIGHT) for name in expansion.others]
        for place in range(expansion.start, expansion.end):
            found[place] += named
    return [tuple(each) for each in found]


def _compounds(left: str, right: str, index: Lookup) -> list[str]:
    """What two words make in one, as documents write it."""
    if not (_may_join(left, index) and _may_join(right, index)):
        return []
    return [compound for link in _LINKS if index.has_seen(compound := f"{left}{link}{right}")]


def _may_join(word: str, index: Lookup) -> bool:
    return len(word) >= _SHORTEST_HALF and word.isalpha() and not index.is_stop_word(word)


_Thing: TypeAlias = tuple[Name, ...]
_STEADY: Final = 4  # letters at the beginning of a word that no inflection changes


def _things_named(words: Sequence[str]) -> tuple[_Thing, ...]:
    """The few things that these words may name, so that only those few names need stemming."""
    named = _named()
    candidates = (pair for start in {word[:_KEY] for word in words} for pair in named.get(start, ()))
    return tuple(dict.fromkeys(thing for name, thing in candidates if _may_hold(words, name)))


def _may_hold(words: Iterable[str], name: Name) -> bool:
    return all(any(word.startswith(part[:_STEADY]) for word in words) for part in name)


_KEY: Final = 2  # letters that names are filed under


@cache
def _named() -> dict[str, list[tuple[Name, _Thing]]]:
    """Every name with its thing, by the first letters of its first word."""
    try:
        things = names()
    except (OSError, UnicodeDecodeError):  # a file of the user's own that cannot be read: the shipped names remain
        things = names(Path(os.devnull))
    filed: defaultdict[str, list[tuple[Name, _Thing]]] = defaultdict(list)
    for thing in things:
        for name in thing:
            filed[name[0][:_KEY]].append((name, thing))
    return dict(filed)
