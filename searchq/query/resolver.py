"""Resolves a facet value typed in the search box, given as an option, or contained in an address.

    exactly a value, or a spelling of one                     Open Vld
    a value, but for case, accents, blanks, signs             open vld    Bjorn for Bjørn
    another name of one or several                            beantwoord  geen
    a range, of numbers, months or days to the answer         >2012       2013-04..2013-06    vorige maand
    a value of the facet that is tried instead                justitie, of the titles of ministers
    every value that begins so, or holds all the words        tael*       callewaert

The first rule that matches decides, and all its matches count.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query import ranges
from searchq.query.facet_table import MISSING_VALUE, Facet, FacetName, Kind, facet_named
from searchq.query.hints import Hint
from searchq.query.parties import predecessors, successors
from searchq.query.request import Selection
from searchq.query.value_keys import letters, plain_words
from searchq.query.value_names import MISSING_NAMES, NAMES
from searchq.query.values import ValueTable

__all__ = ["Catalog", "Resolved", "hints_of", "is_whole_value", "point_of", "resolve", "resolved"]

Catalog: TypeAlias = Callable[[FacetName], ValueTable]  # the values of an index
Way = Literal["whole", "named", "range", "words", "none"]

_MAX_LISTED: Final = 12  # values that a sentence can name one by one
_SHOWN: Final = 6  # of several values that one text means
_STOP_WORDS: Final = frozenset(
    {"de", "het", "een", "der", "den", "des", "van", "voor", "aan", "met", "en", "of", "in", "op", "te"}
    | {"le", "la", "les", "l", "du", "d", "et", "a", "au", "aux"}
)


class Resolved(Struct, frozen=True):
    """What a typed value means: values of a facet, all questions without one, or a range of days to the answer."""

    facet: FacetName  # whose values these are: a portfolio may answer for a minister
    values: tuple[str, ...] = ()
    way: Way = "none"
    missing: bool = False
    days: ranges.Interval | None = None
    swapped: bool = False  # the ends of its range were exchanged
    found: int = 0  # values before the limit

    def __bool__(self) -> bool:
        return self.way != "none"


def resolve(name: FacetName, typed: str, catalog: Catalog, today: dt.date | None = None) -> Resolved:
    """Resolve a value typed for a facet; nothing if no question has it. `today` tells `vorige maand`."""
    facet = facet_named(name)
    return next((found for read in _READERS if (found := read(facet, typed, catalog, today))), Resolved(name))


def resolved(
    selection: Selection, catalog: Catalog, today: dt.date | None, hints: list[Hint]
) -> Iterator[tuple[str, bool, Resolved]]:
    """Yield each value of a selection as typed, whether it is excluded, and what it means; add the hints about it."""
    for typed, excluded in [*((v, False) for v in selection.include), *((v, True) for v in selection.exclude)]:
        found = resolve(selection.facet, typed, catalog, today)
        hints += hints_of(typed, found, catalog, selection.facet)
        yield typed, excluded, found


def is_whole_value(name: FacetName, typed: str, catalog: Catalog) -> bool:
    """Return whether a text is a value, or another name of one."""
    return resolve(name, typed, catalog).way in ("whole", "named")


def hints_of(typed: str, found: Resolved, catalog: Catalog, field: str) -> Iterator[Hint]:
    """Yield hints about a typed value; `field` is the visitor's name for the facet."""
    shared: dict[str, str | int] = {"field": field, "value": typed}
    if not found:
        yield _unknown(found.facet, shared, typed, catalog)
    if found.found > len(found.values):
        yield Hint("many-values", {**shared, "found": found.found, "kept": len(found.values)})
    elif len(found.values) > 1 and found.way != "range":
        shown = "; ".join([*found.values[:_SHOWN], *["…"] * (len(found.values) > _SHOWN)])
        yield Hint("several-values", {**shared, "count": len(found.values), "choices": shown})
    if found.swapped:
        yield Hint("ends-swapped", shared)
    if found.facet == "party" and found.way == "whole" and found.values:
        yield from _other_labels(found.values[0], catalog("party"))


def _other_labels(label: str, table: ValueTable) -> Iterator[Hint]:
    """The labels a party had before and after, where questions have them."""
    for code, other, since in (
        *(("party-later", step.after, step.since) for step in successors(label)),
        *(("party-earlier", step.before, step.since) for step in predecessors(label)),
    ):
        for value in table.whole(other):
            names = NAMES["month"]
            months = {"since": since, "sinds": names.nl(since), "depuis": names.fr(since)}
            yield Hint(code, {"value": label, "other": value, **months})


def _whole(facet: Facet, typed: str, catalog: Catalog, today: dt.date | None) -> Resolved | None:
    if typed == MISSING_VALUE or not typed.strip():
        return Resolved(facet.name, way="whole", missing=True)
    found = catalog(facet.name).whole(typed)
    return Resolved(facet.name, found, "whole", found=len(found)) if found else None


def _named(facet: Facet, typed: str, catalog: Catalog, today: dt.date | None) -> Resolved | None:
    key = letters(typed)
    if key in MISSING_NAMES:
        return Resolved(facet.name, way="named", missing=True)
    found = _OTHER_NAMES.get((facet.name, key), ())
    return Resolved(facet.name, found, "named", found=len(found)) if found else None


_OTHER_NAMES: Final = {
    (facet, letters(name)): values for facet, names in NAMES.items() for name, values in names.others.items()
}


def _range(facet: Facet, typed: str, catalog: Catalog, today: dt.date | None) -> Resolved | None:
    if facet.kind not in _POINTS or (span := ranges.interval(typed, point_of(facet, today))) is None:
        return None
    if facet.kind == "band":
        return Resolved(facet.name, way="range", days=span, swapped=span.swapped)
    found = tuple(value for value in catalog(facet.name).labels if _overlaps(span, value, _POINTS[facet.kind]))
    return Resolved(facet.name, found, "range", swapped=span.swapped, found=len(found)) if found else None


_POINTS: Final[dict[Kind, ranges.Point]] = {"number": ranges.numbers, "band": ranges.numbers, "month": ranges.days}


_TOLD_FROM_TODAY: Final[Mapping[FacetName, Callable[[dt.date | None], ranges.Point]]] = {
    "month": ranges.days_from,
    "year": ranges.years_from,
}


def point_of(facet: Facet, today: dt.date | None) -> ranges.Point:
    """Return what reads an end of a range of values."""
    told = _TOLD_FROM_TODAY.get(facet.name)
    return told(today) if told else _POINTS[facet.kind]


def _overlaps(span: ranges.Interval, value: str, point: ranges.Point) -> bool:
    own = point(value)
    if own is None:
        return False
    return (span.first is None or span.first <= own[1]) and (span.last is None or own[0] <= span.last)


def _instead(facet: Facet, typed: str, catalog: Catalog, today: dt.date | None) -> Resolved | None:
    found = catalog(facet.also).whole(typed) if facet.also else ()
    return Resolved(str(facet.also), found, "whole", found=len(found)) if found else None


def _words(facet: Facet, typed: str, catalog: Catalog, today: dt.date | None) -> Resolved | None:
    """Values by a beginning, or by words; those that say nothing count only if there are no others."""
    table = catalog(facet.name)
    if typed.endswith("*"):
        return _any_of(facet, table.beginning(typed.rstrip("*")))
    telling = [word for word in plain_words(typed) if word not in _STOP_WORDS]
    return _any_of(facet, table.holding(typed) or table.holding(" ".join(telling)))


def _any_of(facet: Facet, found: Sequence[str]) -> Resolved | None:
    kept = tuple(found[:MAX_EXPANDED_TERMS])
    return Resolved(facet.name, kept, "words", found=len(found)) if found else None


_READERS: Final = (_whole, _named, _range, _instead, _words)


def _unknown(name: FacetName, shared: dict[str, str | int], typed: str, catalog: Catalog) -> Hint:
    facet = facet_named(name)
    tables = [catalog(one) for one in (facet.name, facet.also) if one]
    near = next((near for table in tables if (near := table.nearest(typed))), None)
    if near is not None:
        return Hint("unknown-value-nearest", {**shared, "nearest": near})
    if 0 < len(tables[0].labels) <= _MAX_LISTED:
        return Hint("unknown-value-among", {**shared, "choices": ", ".join(tables[0].labels)})
    return Hint("unknown-value", shared)
