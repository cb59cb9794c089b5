"""Which words of a text a query found: the places to highlight, worked out without analysing the text again.

An engine says which surface words stand for the terms of a query (`Hits.highlight`), so texts are only looked through
for those:

    terms with their words -> one lookup for all zones that show the same
    texts -> those of a lookup joined -> where its words stand (`lookup.py`) -> to each text its own marks

That the texts of a page are looked through as one is what makes snippets cheaper than the search they follow.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from searchq.query.hits import HighlightTerm
from searchq.results.page import Zone
from searchq.results.word_finder import Lookup, Phrase, Place

__all__ = ["Highlighter", "Mark", "ranges"]

ZONES: Final[tuple[Zone, ...]] = ("title", "question", "answer", "french")
DUTCH_ZONES: Final[tuple[Zone, ...]] = ("title", "question", "answer")
_SHARED_FIELDS: Final = frozenset({"text", "french"})  # fields that do not tell the Dutch zones apart
MAX_CHARACTERS: Final = 200_000  # of one text looked through
MAX_MARKS: Final = 2000  # places of one needle, a text


class Mark(NamedTuple):
    """A place to highlight: characters `start` to `end`, which term of the query, how rare that term is."""

    start: int
    end: int
    term: int
    weight: float


class Highlighter:
    """The marks of one query in any text; made once a query, used for every hit."""

    def __init__(self, terms: Iterable[HighlightTerm]) -> None:
        """`terms` as in `Hits.highlight`."""
        terms = tuple(terms)
        plain = all(term.field in _SHARED_FIELDS and not term.phrase for term in terms)
        dutch = Lookup()
        self._lookups = {zone: dutch if plain and zone != "french" else Lookup() for zone in ZONES}
        numbers: dict[str, int] = {}
        for term in terms:
            number = numbers.setdefault(term.term, len(numbers))
            for lookup in _distinct(self._lookups[zone] for zone in _zones(term.field)):
                if term.phrase:
                    lookup.phrases.append(Phrase(term.words, number, term.weight))
                else:
                    lookup.add(term.words, number, term.weight)

    def marks(self, texts: Sequence[tuple[Zone, str]]) -> list[list[Mark]]:
        """The places to highlight in each of some texts, ascending and disjoint.

        All texts that are looked through for the same words are looked through as one, so that twenty questions take
        little longer than one.
        """
        found: list[list[Mark]] = [[] for _ in texts]
        for lookup in _distinct(self._lookups.values()):
            own = [place for place, (zone, _) in enumerate(texts) if self._lookups[zone] is lookup]
            if own and (lookup.needles or lookup.phrases):
                cut = [texts[place][1][:MAX_CHARACTERS] for place in own]
                places = lookup.places(_JOINT.join(cut), MAX_MARKS * len(cut))
                for place, marks in zip(own, _by_text(places, cut), strict=True):
                    found[place] = _disjoint(marks)
        return found


_JOINT: Final = "\n"


def _by_text(places: list[Place], texts: Sequence[str]) -> list[list[Mark]]:
    """The marks of each of the joined texts, ascending; a place in two of them is none."""
    found: list[list[Mark]] = [[] for _ in texts]
    number, begin, end = 0, 0, len(texts[0])
    for first, last, term, weight in sorted(places):
        while first >= end + len(_JOINT):
            number, begin = number + 1, end + len(_JOINT)
            end = begin + len(texts[number])
        if last <= end:
            found[number].append(Mark(first - begin, last - begin, term, weight))
    return found


def ranges(marks: Iterable[Mark], offset: int = 0) -> tuple[tuple[int, int], ...]:
    """The marks as plain (start, end) pairs, counted from `offset`."""
    return tuple((mark.start - offset, mark.end - offset) for mark in marks)


def _zones(field: str) -> tuple[Zone, ...]:
    """The zones in which a term of that field shows: of `text` the Dutch ones, of a zone's own field that zone."""
    zone = field.removesuffix("_exact")
    if zone == "text":
        return DUTCH_ZONES
    return tuple(known for known in ZONES if known == zone)


def _distinct(lookups: Iterable[Lookup]) -> list[Lookup]:
    return list({id(lookup): lookup for lookup in lookups}.values())


def _disjoint(marks: list[Mark]) -> list[Mark]:
    """Of ascending marks that overlap the longer one."""
    if len(marks) < 2:
        return marks
    kept = [marks[0]]
    begin, end, _, _ = marks[0]
    for mark in marks[1:]:
        start, after, _, _ = mark
        if start >= end:
            kept.append(mark)
        elif after - start > end - begin:  # a phrase swallows its words
            kept[-1] = mark
        else:
            continue
        begin, end = start, after
    return kept
