"""The values of facets as they are counted and chosen: published values, with the spellings of one value grouped."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from searchq.engines.opensearch.fields import counted_as
from searchq.engines.opensearch.view import Body, View
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.people import Seat
from searchq.query.resolver import Catalog
from searchq.query.value_keys import folded
from searchq.query.values import ValueTable, group_spellings

__all__ = ["Labels", "catalog_of", "composite", "labels_of", "table_of"]

_A_PAGE: Final = 10_000  # combinations of values in one answer
Labels = Mapping[str, str]  # what is counted, to what is shown


def catalog_of(view: View) -> Catalog:
    """Return the values of every facet."""
    return lambda name: table_of(name, view)


def table_of(name: FacetName, view: View) -> ValueTable:
    """Return the values of a facet with their spellings."""
    return view.once(("table", name), lambda: _table(name, view))


def labels_of(name: FacetName, view: View) -> Labels:
    """Return the value that each counted one is shown as."""
    return view.once(("labels", name), lambda: _labels(name, view))


def composite(fields: Mapping[str, str], query: Body, view: View) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield every combination of the values of some fields, None for one without, with its number of questions."""
    sources = [{name: {"terms": {"field": field, "missing_bucket": True}}} for name, field in fields.items()]
    after: dict[str, Any] = {}
    while True:
        told = {"sources": sources, "size": _A_PAGE, **after}
        answer = view.search({"size": 0, "query": query, "aggs": {"of": {"composite": told}}})
        found = answer["aggregations"]["of"]
        yield from ((bucket["key"], bucket["doc_count"]) for bucket in found["buckets"])
        if len(found["buckets"]) < _A_PAGE:
            return
        after = {"after": found["after_key"]}


def _table(name: FacetName, view: View) -> ValueTable:
    facet = facet_named(name)
    counted = composite({"value": name}, view.alive, view)
    counts = {key["value"]: count for key, count in counted if key["value"] is not None}
    counts = dict(sorted(counts.items()))
    others = group_spellings(facet, counts, lambda: _seats(view))
    return ValueTable(facet, (value for value in counts if value not in others), others)


def _labels(name: FacetName, view: View) -> Labels:
    table = table_of(name, view)
    keyed = counted_as(facet_named(name)) != name
    return {
        folded(spelling) if keyed else spelling: label for label in table.labels for spelling in table.spellings(label)
    }


def _seats(view: View) -> dict[str, set[Seat]]:
    """Return the parties and legislatures that each author is found with."""
    parties = labels_of("party", view)
    seats: dict[str, set[Seat]] = {}
    fields = {name: name for name in ("author", "party", "legislature")}
    for key, _ in composite(fields, view.alive, view):
        if None not in key.values():
            seats.setdefault(key["author"], set()).add((parties[key["party"]], key["legislature"]))
    return seats
