"""Field values that filter: facets, days, numbers.

    minister:justitie      the title as published, else the portfolio, else words that all stand in the title
    partij:"open vld"      a value of the facet, else the values that hold all the words
    jaar:>2012             the values of the facet that lie in the range
    datum:2013-04          days from 1 to 30 April
    nummer:8902            that serial in every legislature

Each matches a question or does not; none ranks them.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from searchq.limits import MAX_EXPANDED_TERMS
from searchq.numbers import is_beginning, number_of
from searchq.patterns import late
from searchq.query import ranges, values
from searchq.query.fields import Field, Kind
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.term_lookup import TermLookup
from searchq.query.language.word_queries import zone_word
from searchq.query.tree import AllOf, Filter, Node, Prefix, Range, Term, any_of

__all__ = ["Asked", "filter_tree", "is_value"]


class Asked(NamedTuple):
    """A value asked of a field: both as typed, and where the value stands."""

    field: Field
    name: str
    value: str
    words: tuple[str, ...]  # of the value
    start: int
    end: int

    @property
    def prefix(self) -> str | None:
        """What stands before a star at the end; None when there is no such star."""
        return self.value.rstrip("*") if self.value.endswith("*") else None


def filter_tree(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """The filter a value stands for; None, with a remark on what works, when it cannot be read."""
    found = _FILTERS[asked.field.kind](asked, index, hints)
    if found is None:
        code = _UNREADABLE[asked.field.kind]
        hints.add(code, asked.start, asked.end, field=asked.name, value=asked.value)
    return found


def is_value(field: Field, text: str, index: TermLookup) -> bool:
    """Whether a text is a whole value of a facet field, or another name of one."""
    if field.kind != "facet":
        return False
    return bool(values.known_as(field.target, text)) or any(
        values.exact(index.values(facet), text) for facet in _FACETS_OF.get(field.target, (field.target,))
    )


def _facet(asked: Asked, index: TermLookup, hints: HintCollector) -> Node:
    """The values that fit; when none does, a filter that lets nothing through."""
    facets = _FACETS_OF.get(asked.field.target, (asked.field.target,))
    if known := values.known_as(asked.field.target, asked.value):
        return _one_of(facets[0], known)
    finders = (values.beginning,) if asked.prefix else _FINDERS.get(asked.field.target, (values.exact, values.holding))
    for find in finders:
        for facet in facets:
            if found := find(index.values(facet), asked.prefix or asked.value):
                return _one_of(facet, _bounded(found, asked, hints))
    if asked.field.target == "minister" and (title := _in_title(asked, index)) is not None:
        return title
    _hint_unknown(asked, [index.values(facet) for facet in facets], hints)
    return _one_of(facets[0], (asked.value,))


_FACETS_OF: Final = {"minister": ("minister", "portfolio")}
_FINDERS: Final[dict[str, tuple[Callable[[values.Values, str], values.Values], ...]]] = {"minister": (values.exact,)}


def _in_title(asked: Asked, index: TermLookup) -> Node | None:
    """Ministers with all these words in their title; None when one of the words stands in none."""
    telling = [word for word in asked.words if not index.is_stop_word(word)]
    if not telling or not all(_stands_in_titles(word, index) for word in telling):
        return None
    words = [zone_word(word, _TITLES, 1.0, index) for word in telling]
    return Filter(words[0] if len(words) == 1 else AllOf(tuple(words)))


_TITLES: Final = "minister_words"


def _stands_in_titles(word: str, index: TermLookup) -> bool:
    return any(index.documents(term.term, _TITLES) for term in index.terms(word))


def _bounded(found: Sequence[str], asked: Asked, hints: HintCollector) -> Sequence[str]:
    if len(found) > MAX_EXPANDED_TERMS:
        hints.add(
            "many-values",
            asked.start,
            asked.end,
            field=asked.name,
            value=asked.value,
            found=len(found),
            kept=MAX_EXPANDED_TERMS,
        )
    return found[:MAX_EXPANDED_TERMS]


def _hint_unknown(asked: Asked, columns: Sequence[values.Values], hints: HintCollector) -> None:
    code, told = values.unknown(asked.name, asked.value, columns)
    hints.add(code, asked.start, asked.end, **told)


def _numbered(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """The values of a facet of numbers that lie in a range."""
    found = ranges.interval(asked.value, ranges.numbers)
    if found is None:
        return None
    first, last = found
    inside = [value for value in index.values(asked.field.target) if _between(first, value, last)]
    return _one_of(asked.field.target, inside or (asked.value,))


def _between(first: int | None, value: str, last: int | None) -> bool:
    if not value.isdecimal():
        return False
    return (first is None or first <= int(value)) and (last is None or int(value) <= last)


def _span(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """A range of days, or of numbers of days."""
    found = ranges.interval(asked.value, ranges.days if asked.field.kind == "date" else ranges.numbers)
    return found and Range(asked.field.target, *found)


def _number(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """A question number: whole, without its legislature, its beginning, or a range."""
    value = asked.value.strip(",;. ")
    if asked.prefix is not None:
        return Filter(Prefix("number", asked.prefix)) if is_beginning(asked.prefix) else None
    if number := number_of(value):
        return _one_of("number", (number,))
    if _SERIAL.fullmatch(value):
        legislatures = index.values("legislature")
        return _one_of("number", [f"{legislature}-{value.lstrip('0')}" for legislature in legislatures] or [value])
    found = ranges.interval(value, ranges.questions)
    return found and Range("number_order", *found)


_SERIAL: Final = late(r"0*+[1-9][0-9]{0,5}")


def _one_of(facet: str, found: Sequence[str]) -> Node:
    return Filter(any_of([Term(facet, value) for value in found]))


_FILTERS: Final[dict[Kind, Callable[[Asked, TermLookup, HintCollector], Node | None]]] = {
    "facet": _facet,
    "numbered": _numbered,
    "date": _span,
    "days": _span,
    "number": _number,
}
_UNREADABLE: Final[dict[Kind, str]] = {
    "numbered": "unreadable-amount",
    "date": "unreadable-date",
    "days": "unreadable-amount",
    "number": "unreadable-number",
}
