"""The query tree as query DSL: a function a node, in one table.

Term      term, its rarity as boost             AllOf     bool.must
Phrase    its words' scores where it stands     AnyOf     bool.should, at least so many
Prefix …  terms of the words it stands for      BestOf    dis_max
Range     range                                 Without   bool.must and must_not
AnyValue  exists                                Filter    constant_score
Near      its parts' scores where they stand    Everything, Nothing   match_all, match_none
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, cast

from searchq.engines.opensearch.expansions import expand, fit_all
from searchq.engines.opensearch.fields import PLACED, SCORED
from searchq.engines.opensearch.spans import intervals_of, standing
from searchq.engines.opensearch.view import Body, View, term_query
from searchq.index.schema import FIELDS
from searchq.query import tree as nodes
from searchq.query.facet_table import WAITED
from searchq.query.tree import Node
from searchq.query.tree_contents import parts_of
from searchq.query.weights import K1

__all__ = ["between", "dsl", "expansions_in", "idf", "is_scored", "scored_terms"]


def dsl(node: Node, view: View) -> Body:
    """Return the query for a tree; the rarities of its terms are asked for in one call, as are its expansions."""
    fit_all(expansions_in(node), view)
    view.frequencies(scored_terms(node))
    return _translated(node, view)


def idf(field: str, term: str, view: View) -> float:
    """Return how rare a term is."""
    count = view.frequencies([(field, term)])[field, term]
    return math.log(view.generation.questions / (count + 1)) + 1 if view.generation.questions else 1.0


def is_scored(node: Node) -> bool:
    """Return whether a node is a term with a rarity."""
    return isinstance(node, nodes.Term) and node.field in SCORED


def scored_terms(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the terms whose rarity a tree is scored by."""
    if isinstance(node, nodes.Term) and node.field in SCORED:
        yield node.field, node.text
    elif isinstance(node, nodes.Phrase):
        yield from ((node.field, word) for word in node.words)
    for part in parts_of(node):
        yield from scored_terms(part)


def expansions_in(node: Node) -> Iterator[nodes.Expansion]:
    """Yield the nodes that stand for words."""
    if isinstance(node, nodes.Prefix | nodes.Wildcard | nodes.Fuzzy):
        yield node
    for part in parts_of(node):
        yield from expansions_in(part)


def between(field: str, first: int | None, last: int | None, view: View) -> Body:
    """Match numbers from first to last; days of waiting are told from the last day that the index knows."""
    if field != WAITED:
        return _range(field, first, last)
    known = view.generation.known_day
    waits = [_range("waited", first, last)]
    if known is not None:
        latest = known - max(first or 0, 0)
        waits.append(_range("waits_from", None if last is None else known - last, latest))
    return _any(waits)


def _range(field: str, first: int | None, last: int | None) -> Body:
    ends = {name: max(-_MOST, min(end, _MOST)) for name, end in (("gte", first), ("lte", last)) if end is not None}
    return {"range": {field: ends}} if ends else {"exists": {"field": field}}


def _any(queries: Sequence[Body], least: int = 1) -> Body:
    return {"bool": {"should": list(queries), "minimum_should_match": least}}


def _all(queries: Sequence[Body], where: Iterable[Body] = ()) -> Body:
    return {"bool": {"must": list(queries), "filter": list(where)}}


def _constant(query: Body, score: float = 1.0) -> Body:
    return {"constant_score": {"filter": query, "boost": score}}


def _translated(node: Node, view: View) -> Body:
    return _TABLE[type(node)](node, view)


def _each(parts: Iterable[Node], view: View) -> list[Body]:
    return [_translated(part, view) for part in parts]


def _term(node: nodes.Term, view: View) -> Body:
    if node.field not in SCORED:
        return _constant(term_query(node.field, node.text), node.boost) if node.field in FIELDS else _NONE
    ((name, term),) = term_query(node.field, node.text)["term"].items()
    boost = idf(node.field, node.text, view) * (K1 + 1) * node.boost
    return {"term": {name: {"value": term, "boost": boost}}}


def _phrase(node: nodes.Phrase, view: View) -> Body:
    words = [nodes.Term(node.field, word, node.boost) for word in node.words]
    if node.field not in PLACED:
        return _NONE
    return _all(_each(words, view), [standing(node, view)] if len(words) > 1 else [])


def _expanded(node: nodes.Expansion, view: View) -> Body:
    words = expand(node, view)
    if not words:
        return _NONE
    values = [value for word in words for value in term_query(node.field, word)["term"].values()]
    return _constant({"terms": {node.field: values}}, node.boost)


def _near(node: nodes.Near, view: View) -> Body:
    stands = intervals_of(node, view)
    if stands is None:
        return _NONE
    return _all(_each(node.parts, view), [stands])


_MOST: Final = 2**62  # the cluster's numbers have 64 bits
_NONE: Final[Body] = {"match_none": {}}
_TABLE: Final = cast(
    "dict[type[Any], Callable[[Any, View], Body]]",
    {
        nodes.Term: _term,
        nodes.Phrase: _phrase,
        nodes.Prefix: _expanded,
        nodes.Wildcard: _expanded,
        nodes.Fuzzy: _expanded,
        nodes.Range: lambda node, view: _constant(between(node.field, node.first, node.last, view)),
        nodes.AnyValue: lambda node, view: _constant({"exists": {"field": node.field}}),
        nodes.Everything: lambda node, view: {"match_all": {}},
        nodes.Nothing: lambda node, view: _NONE,
        nodes.AllOf: lambda node, view: _all(_each(node.parts, view)),
        nodes.AnyOf: lambda node, view: _any(_each(node.parts, view), node.at_least),
        nodes.BestOf: lambda node, view: {"dis_max": {"queries": _each(node.parts, view)}},
        nodes.Filter: lambda node, view: _constant(_translated(node.part, view)),
        nodes.Without: lambda node, view: {
            "bool": {"must": [_translated(node.wanted, view)], "must_not": [_translated(node.denied, view)]}
        },
        nodes.Near: _near,
    },
)
