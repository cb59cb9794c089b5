"""Synonyms: compounds written as one word, and other names of the same thing.

    wiskunde onderwijs         wiskundeonderwijs, where a document holds it
    federale overheidsdienst   FOD
    NMBS                       Nationale Maatschappij der Belgische Spoorwegen

A synonym never replaces what was typed; it is searched for as well, with a lower weight.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from searchq.analysis.acronyms import (
    EXPANSION_WEIGHT,
    LEARNED,
    STEADY,
    Acronyms,
    Expansion,
    Name,
    Thing,
    load_forms,
    names,
    shipped,
    unknown,
)
from searchq.analysis.stop_words import is_stop_word
from searchq.query.language.term_lookup import TermLookup

__all__ = ["Synonym", "expansions", "synonyms"]

JOINED_WEIGHT: Final = 0.8  # of two words found written as one
_LINKS: Final = ("", "s", "-")  # between the halves
_MIN_HALF_LENGTH: Final = 3  # letters


class Synonym(NamedTuple):
    """Words with the same meaning as words of a query, and their weight."""

    words: tuple[str, ...]
    weight: float


def synonyms(words: Sequence[str], index: TermLookup) -> list[tuple[Synonym, ...]]:
    """Return the synonyms of each of some consecutive words, alone or together with its neighbours."""
    found: list[list[Synonym]] = [[] for _ in words]
    for place, (left, right) in enumerate(pairwise(words)):
        joined = [Synonym((compound,), JOINED_WEIGHT) for compound in _compounds(left, right, index)]
        found[place] += joined
        found[place + 1] += joined
    for expansion in expansions(words, index):
        named = [Synonym(name, EXPANSION_WEIGHT) for name in expansion.others]
        for place in range(expansion.start, expansion.end):
            found[place] += named
    return [tuple(each) for each in found]


def expansions(words: Sequence[str], index: TermLookup) -> list[Expansion]:
    """Find names among consecutive words: the user's own, the shipped ones, and those learned by the index."""
    known, learned = _things_named(words, index)
    if not (known or learned):
        return []
    return Acronyms(known, index.stem, learned, partial(is_stop_word, language=index.language)).expansions(words)


def _compounds(left: str, right: str, index: TermLookup) -> list[str]:
    """Return the compounds of two words that occur in documents."""
    if not (_may_join(left, index) and _may_join(right, index)):
        return []
    return [compound for link in _LINKS if index.has_seen(compound := f"{left}{link}{right}")]


def _may_join(word: str, index: TermLookup) -> bool:
    return len(word) >= _MIN_HALF_LENGTH and word.isalpha() and not is_stop_word(word, index.language)


def _things_named(words: Sequence[str], index: TermLookup) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """Return the few synonym sets these words may name, known and learned, so only their names need stemming."""
    starts = dict.fromkeys(word[:length] for word in words for length in range(1, STEADY + 1))
    known, learned = (
        tuple(
            dict.fromkeys(
                thing for start in starts for name, thing in named.get(start, ()) if _may_hold(words, name, index)
            )
        )
        for named in _named(index.blob(LEARNED))
    )
    return known, learned


def _may_hold(words: Iterable[str], name: Name, index: TermLookup) -> bool:
    return all(
        any(word.startswith(part[:STEADY]) for word in words) or is_stop_word(part, index.language) for part in name
    )


_Filed: TypeAlias = dict[str, list[tuple[Name, Thing]]]


@lru_cache(maxsize=4)  # the indexes a process searches, and their previous generation
def _named(forms: bytes) -> tuple[_Filed, _Filed]:
    """Index names by the invariant first letters of their first word: known ones, and those learned by an index."""
    try:
        known = names()
    except (OSError, UnicodeDecodeError):  # the user's own file cannot be read: use the shipped names
        known = shipped()
    return _filed(known), _filed(unknown(load_forms(forms), known))


def _filed(things: Iterable[Thing]) -> _Filed:
    filed: defaultdict[str, list[tuple[Name, Thing]]] = defaultdict(list)
    for thing in things:
        for name in thing:
            filed[name[0][:STEADY]].append((name, thing))
    return dict(filed)
