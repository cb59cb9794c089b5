"""Field values that filter: facets, days, numbers.

    partij:"open vld"      values of a facet, as `searchq.query.resolver` reads them
    datum:2013-04          days from 1 to 30 April
    nummer:8902            that serial in every legislature and both houses; nummer:56-0930, nummer:B045 in the Chamber

Filters match questions but do not score them.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from searchq.called import bare_serial, called_name, jump_number
from searchq.numbers import is_beginning
from searchq.query import ranges
from searchq.query.facet_table import DELAY_DAYS, facet_named
from searchq.query.fields import Field, Kind
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.term_lookup import TermLookup
from searchq.query.resolver import hints_of, is_whole_value, point_of, resolve
from searchq.query.tree import AnyValue, Everything, Filter, Node, Prefix, Range, Term, Without, any_of

__all__ = ["Asked", "filter_tree", "is_value"]


class Asked(NamedTuple):
    """A field and a value, both as typed, and the place of the value."""

    field: Field
    name: str
    value: str
    words: tuple[str, ...]  # of the value
    start: int
    end: int

    @property
    def prefix(self) -> str | None:
        """Return the text before a star at the end; None if there is no star."""
        return self.value.rstrip("*") if self.value.endswith("*") else None


def filter_tree(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """Return the filter for a value; None, with a hint, if the value cannot be parsed."""
    found = _FILTERS[asked.field.kind](asked, index, hints)
    if found is None:
        hints.add(_unreadable(asked.field), asked.start, asked.end, field=asked.name, value=asked.value)
    return found


def is_value(field: Field, text: str, index: TermLookup) -> bool:
    """Return whether a text is a whole value of a facet field, or another name of one."""
    return field.kind == "facet" and is_whole_value(field.target, text, index.value_table)


def _facet(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """Return a filter for the values that are meant; if there are none, one that matches nothing."""
    name, catalog = asked.field.target, index.value_table
    found = resolve(name, asked.value, catalog, index.today)
    if not found and _is_counted(asked.field) and not _is_range(asked, index.today):
        return None
    for hint in hints_of(asked.value, found, catalog, asked.name):
        hints.add(hint.code, asked.start, asked.end, **hint.values)
    if found.missing:
        return Filter(Without(Everything(), AnyValue(name)))
    if found.days is not None:
        return Range(DELAY_DAYS, found.days.first, found.days.last)
    spellings = [spelling for value in found.values for spelling in catalog(found.facet).spellings(value)]
    return _one_of(found.facet, spellings or (asked.value,))


def _is_counted(field: Field) -> bool:
    """Return whether the values of a field are numbers, so that no word can be one."""
    return field.kind == "facet" and facet_named(field.target).is_counted


def _is_range(asked: Asked, today: dt.date | None) -> bool:
    return ranges.interval(asked.value, point_of(facet_named(asked.field.target), today)) is not None


def _span(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """A range of days."""
    return _range(asked, ranges.days_from(index.today), hints)


def _amount(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """A range of numbers."""
    return _range(asked, ranges.numbers, hints)


def _range(asked: Asked, point: ranges.Point, hints: HintCollector) -> Node | None:
    found = ranges.interval(asked.value, point)
    if found is not None and found.swapped:
        hints.add("ends-swapped", asked.start, asked.end, field=asked.name, value=asked.value)
    return found and Range(asked.field.target, found.first, found.last)


def _number(asked: Asked, index: TermLookup, hints: HintCollector) -> Node | None:
    """Return the filter for a question number: complete, without its legislature, a prefix, or a range."""
    value = asked.value.strip(",;. ")
    if asked.prefix is not None:
        return Filter(Prefix("number", asked.prefix)) if is_beginning(asked.prefix) else None
    if name := called_name(value):
        return Filter(Term("called", name))
    if number := jump_number(value):
        return _one_of("number", (number,))
    if serial := bare_serial(value):
        legislatures = index.value_table("legislature").labels
        numbers = [Term("number", f"{legislature}-{serial}") for legislature in legislatures]
        return Filter(any_of([*numbers, Term("called", serial)]))
    found = ranges.interval(value, ranges.questions)
    return found and Range("number_order", found.first, found.last)


def _one_of(facet: str, found: Sequence[str]) -> Node:
    return Filter(any_of([Term(facet, value) for value in found]))


_FILTERS: Final[dict[Kind, Callable[[Asked, TermLookup, HintCollector], Node | None]]] = {
    "facet": _facet,
    "date": _span,
    "amount": _amount,
    "number": _number,
}


def _unreadable(field: Field) -> str:
    return {"date": "unreadable-date", "number": "unreadable-number"}.get(field.kind, "unreadable-amount")
