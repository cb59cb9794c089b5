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
    Acronyms,
    Expansion,
    Thing,
    beginning,
    load_forms,
    names,
    shipped,
    unknown,
)
from searchq.analysis.stop_words import Language, is_stop_word
from searchq.query.language.term_lookup import TermLookup

__all__ = ["Synonym", "expansions", "synonyms"]

JOINED_WEIGHT: Final = 0.8  # of two words found written as one
_LINKS: Final = ("", "s", "-")  # between the halves
_MIN_HALF_LENGTH: Final = 3  # letters

_Names: TypeAlias = list[tuple[frozenset[str], Thing]]  # how its telling words begin, and the thing
_Filed: TypeAlias = dict[str, _Names]


class Synonym(NamedTuple):
    """Words with the same meaning as words of a query, and their weight."""

    words: tuple[str, ...]
    weight: float


def synonyms(words: Sequence[str], index: TermLookup) -> list[tuple[Synonym, ...]]:
    """Return the synonyms of each of some consecutive words, alone or together with its neighbours."""
    if len(words) == 1:
        return index.once(("synonyms", words[0]), lambda: _synonyms(words, index))
    return _synonyms(words, index)


def _synonyms(words: Sequence[str], index: TermLookup) -> list[tuple[Synonym, ...]]:
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
    is_idle = partial(is_stop_word, language=index.language)
    return Acronyms(known, lambda word: index.reading(word).stem, learned, is_idle).expansions(words)


def _compounds(left: str, right: str, index: TermLookup) -> list[str]:
    """Return the compounds of two words that occur in documents."""
    return index.once(("joined", left, right), lambda: _joined(left, right, index))


def _joined(left: str, right: str, index: TermLookup) -> list[str]:
    if not (_may_join(left, index) and _may_join(right, index)):
        return []
    return [compound for link in _LINKS if index.has_seen(compound := f"{left}{link}{right}")]


def _may_join(word: str, index: TermLookup) -> bool:
    return len(word) >= _MIN_HALF_LENGTH and word.isalpha() and not is_stop_word(word, index.language)


def _things_named(words: Sequence[str], index: TermLookup) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """Return the few synonym sets these words may name, known and learned, so only their names need stemming."""
    each = [index.once(("names", word), partial(_names_at, word, index)) for word in words]
    if not any(map(any, each)):
        return (), ()
    starts = frozenset(start for word in words for start in _beginnings(word))
    known, learned = (
        tuple(dict.fromkeys([thing for own in each for needed, thing in own[place] if needed <= starts]))
        for place in range(2)
    )
    return known, learned


def _names_at(word: str, index: TermLookup) -> tuple[_Names, _Names]:
    """Return the names that may begin with a word, known and learned."""
    starts = _beginnings(word)
    known, learned = _named(index.blob(LEARNED), index.language)
    return [one for start in starts for one in known.get(start, ())], [
        one for start in starts for one in learned.get(start, ())
    ]


def _beginnings(word: str) -> list[str]:
    start = beginning(word)
    return [start[:length] for length in range(1, len(start) + 1)]


@lru_cache(maxsize=8)  # the indexes a process searches, and their previous generation, by language of the query
def _named(forms: bytes, language: Language) -> tuple[_Filed, _Filed]:
    """Index names by the invariant first letters of their first word: known ones, and those learned by an index.

    Each with those of all its words that are no stop words, as a query begins words where it may hold the name.
    """
    try:
        known = names()
    except (OSError, UnicodeDecodeError):  # the user's own file cannot be read: use the shipped names
        known = shipped()
    return _filed(known, language), _filed(unknown(load_forms(forms), known), language)


def _filed(things: Iterable[Thing], language: Language) -> _Filed:
    filed: defaultdict[str, _Names] = defaultdict(list)
    for thing in things:
        for name in thing:
            needed = frozenset(beginning(part) for part in name if not is_stop_word(part, language))
            filed[beginning(name[0])].append((needed, thing))
    return dict(filed)
