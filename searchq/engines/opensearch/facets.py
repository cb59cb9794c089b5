"""Counts of the values of facets: one filter aggregation a facet, with all filters but its own, and every value.

Every value is asked for, so the counts are exact on any number of shards.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from searchq.engines.opensearch.fields import counted_as
from searchq.engines.opensearch.filters import Chosen, Filters
from searchq.engines.opensearch.values import labels_of, table_of
from searchq.engines.opensearch.view import Body, View, both
from searchq.limits import MAX_FACET_VALUES
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import FacetQuery, Request
from searchq.query.value_keys import plain_words

__all__ = ["counts_of", "facet_aggregations", "facets_of"]

_ANSWERED: Final = ["answered", "answered-without-text"]
_UNDATED: Final = both(
    {"term": {"house": "chamber"}},
    {"terms": {"status": _ANSWERED}},
    {"bool": {"must_not": [{"exists": {"field": "delay"}}]}},
)


def facet_aggregations(request: Request, filters: Filters, view: View) -> Body:
    """Return what counts the facets of a request."""
    return {
        f"facet {place}": _aggregation(query.name, filters.query(query.name), filters.chosen.get(query.name, ()), view)
        for place, query in enumerate(request.facets)
    }


def facets_of(request: Request, answer: Body, filters: Filters, view: View) -> Iterator[FacetCounts]:
    """Yield the counts of the facets of a request."""
    for place, query in enumerate(request.facets):
        yield _facet(query, answer[f"facet {place}"], filters.chosen.get(query.name, ()), view)


def counts_of(name: FacetName, counted: Body, view: View) -> dict[str, int]:
    """Return the questions with each label, from the buckets of what is counted."""
    labels, found = labels_of(name, view), dict[str, int]()
    for bucket in counted["values"]["buckets"]:
        label = labels[bucket["key"]]
        found[label] = found.get(label, 0) + bucket["doc_count"]
    return found


def values_aggregation(name: FacetName, view: View) -> Body:
    """Return what counts every value of a facet."""
    size = len(labels_of(name, view)) + 1
    return {"terms": {"field": counted_as(facet_named(name)), "size": size}}


def _aggregation(name: FacetName, query: Body, chosen: Sequence[Chosen], view: View) -> Body:
    others: dict[str, Any] = {
        f"chosen {place}": {"filter": one.query} for place, one in enumerate(chosen) if _is_elsewhere(one)
    }
    if name == "delay":
        others["undated"] = {"filter": _UNDATED}
    others["missing"] = {"missing": {"field": name}}
    return {"filter": query, "aggs": {"values": values_aggregation(name, view), **others}}


def _is_elsewhere(one: Chosen) -> bool:
    """Return whether it is no value of its facet: a range, a value of another facet, or nothing."""
    return not one.values and not one.missing


def _facet(query: FacetQuery, counted: Body, chosen: Sequence[Chosen], view: View) -> FacetCounts:
    counts = counts_of(query.name, counted, view)
    marked = {value: one.excluded for one in chosen for value in one.values}
    values = [
        FacetValue(value, counts.get(value, 0), marked.get(value) is False, marked.get(value) is True)
        for value in dict.fromkeys([*_shown(query, counts, view), *marked])
    ]
    for place, one in enumerate(chosen):
        if _is_elsewhere(one):
            carried = counted[f"chosen {place}"]["doc_count"]
            values.append(FacetValue(one.typed, carried, not one.excluded, one.excluded))
    values.sort(key=lambda one: _order(query, one.value, one.count))
    without = {one.excluded for one in chosen if one.missing}
    return FacetCounts(
        query.name,
        tuple(values),
        len(counts),
        counted["missing"]["doc_count"],
        False in without,
        True in without,
        counted["undated"]["doc_count"] if "undated" in counted else 0,
    )


def _shown(query: FacetQuery, counts: Mapping[str, int], view: View) -> list[str]:
    """Return the first values that hold the text asked for."""
    wanted, table = " ".join(plain_words(query.contains or "")), table_of(query.name, view)
    held = [
        value
        for value in counts
        if not wanted or any(wanted in " ".join(plain_words(one)) for one in table.spellings(value))
    ]
    held.sort(key=lambda value: _order(query, value, counts[value]))
    return held[: min(max(query.limit, 0), MAX_FACET_VALUES)]


def _order(query: FacetQuery, value: str, count: int) -> tuple[int, int, str]:
    return (-count if query.order == "count" else 0, *facet_named(query.name).rank(value))
