"""Explains the score of a question, as a tree whose parts add up to it.

The cluster says which nodes match the question; what they give is worked out from the weights that were sent to it.
"""

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from searchq.engines.embedded.explain import name_of, scored_parts
from searchq.engines.opensearch.documents import Analysed, Lengths, analyse, impact_of
from searchq.engines.opensearch.fields import SCALE, SCORED
from searchq.engines.opensearch.matches import Asked
from searchq.engines.opensearch.ranking import Ranked, factors_of
from searchq.engines.opensearch.search import matched_rows
from searchq.engines.opensearch.translate import dsl, idf
from searchq.engines.opensearch.view import View, both
from searchq.engines.opensearch.words import escaped
from searchq.query import tree as nodes
from searchq.query.explanation import Explanation
from searchq.query.parsed import TypedWords
from searchq.query.tree import Node
from searchq.query.tree_contents import parts_of
from searchq.query.weights import HALF_LIFE_YEARS, K1, RECENCY, RERANKED
from searchq.question import Entry, Question

__all__ = ["explain"]

_DAYS_IN_YEAR: Final = 365.25


class _Document(NamedTuple):
    """One question, and which nodes match it."""

    analysed: Analysed
    averages: Lengths
    matched: AbstractSet[Node]
    view: View


def explain(asked: Asked, question: Question) -> Explanation | None:
    """Explain the score of a question for a request without filters; None if the text does not match it."""
    if asked.query is None:
        return Explanation(name_of(nodes.Everything()), 0.0)
    full, partial = matched_rows(asked)
    trees = [asked.tree, *([asked.looser] if asked.looser is not None else [])]
    document = _document(question, trees, asked.view)
    found = next((own for tree in trees if (own := _explained(tree, document)) is not None), None)
    request = asked.request
    if found is None or not (request.recency or request.proximity):
        return found
    figures = {"recency": _recency(question, asked.view)} if request.recency else {}
    if request.proximity:
        figures["as_typed"] = _as_typed(question.number, [*full, *partial][:RERANKED], asked.typed, asked.view)
    return Explanation("total", found.value * math.prod(figures.values()), figures, (found,))


def _as_typed(number: str, best: Sequence[Ranked], typed: TypedWords, view: View) -> float:
    """Return the factor for words as they were typed; 1 for all but the best matches."""
    own = next((one for one in best if one.number == number), None)
    if own is None or not typed.telling or len(best) < 2:
        return 1.0
    return factors_of(typed, view)(own)


def _recency(question: Question, view: View) -> float:
    newest = view.generation.last_day
    if newest is None:
        return 1.0
    years = 0.0 if question.date is None else (newest - question.date.toordinal()) / _DAYS_IN_YEAR
    return 1 + RECENCY * 2 ** (-years / HALF_LIFE_YEARS)


def _document(question: Question, trees: Sequence[Node], view: View) -> _Document:
    every = list(dict.fromkeys(node for tree in trees for node in _nodes(tree)))
    named = [{"bool": {"filter": [dsl(node, view)], "_name": str(place)}} for place, node in enumerate(every)]
    query = both(view.alive, {"term": {"number": question.number}})
    query["bool"]["should"] = named
    (hit,) = view.search({"size": 1, "query": query})["hits"]["hits"]
    matched = {every[int(place)] for place in hit.get("matched_queries", ())}
    return _Document(analyse(Entry(question, (question,))), view.generation.averages, matched, view)


def _nodes(node: Node) -> list[Node]:
    own = [node, *(nodes.Term(node.field, word) for word in node.words)] if isinstance(node, nodes.Phrase) else [node]
    return [*own, *(found for part in parts_of(node) for found in _nodes(part))]


def _explained(node: Node, document: _Document) -> Explanation | None:
    if node not in document.matched:
        return None
    if isinstance(node, nodes.Term) and node.field in SCORED:
        return _term(node, document)
    parts = tuple(found for part in scored_parts(node) if (found := _explained(part, document)) is not None)
    boost: float = getattr(node, "boost", 1.0)
    figures = {} if boost == 1.0 else {"boost": boost}
    return Explanation(name_of(node), _value(node, parts, boost), figures, parts)


def _value(node: Node, parts: Sequence[Explanation], boost: float) -> float:
    values = [part.value for part in parts]
    match node:
        case nodes.AllOf() | nodes.AnyOf() | nodes.Near() | nodes.Without():
            return sum(values)
        case nodes.BestOf():
            return max(values)
        case nodes.Phrase():
            return boost * sum(values)
    return boost


def _term(node: nodes.Term, document: _Document) -> Explanation:
    own, average = document.analysed, document.averages.get(node.field) or 1.0
    weight, length = own.weights[node.field][escaped(node.text)], own.lengths[node.field] / average
    impact = impact_of(weight, length, 1.0)
    saturated = impact * (K1 + 1) / (impact + SCALE * K1)
    rarity = idf(node.field, node.text, document.view)
    figures = {"idf": rarity, "weight": weight, "saturated": saturated, "length": length, "boost": node.boost}
    return Explanation(name_of(node), rarity * saturated * node.boost, figures)
