"""Evaluates a whole query tree against a snapshot: each kind of node by its own function."""

from typing import assert_never

import numpy as np

from searchq.engines.embedded.execution import leaves, spans
from searchq.engines.embedded.execution.boolean import intersection, union
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.expansion import any_expanded, are_expansions, expanded
from searchq.engines.embedded.execution.matches import Matches, constant, nothing
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query import tree as nodes
from searchq.query.tree import Node

__all__ = ["execute", "prepare"]


def prepare(view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> SearchContext:
    """Return a context for a search with a deadline `seconds` from now."""
    return SearchContext(view, _evaluate, seconds)


def execute(tree: Node, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> tuple[Matches, SearchContext]:
    """Return the matches of a query tree, and the context. Raises OutOfTime."""
    context = prepare(view, seconds)
    return context.evaluate(tree), context


def _evaluate(node: Node, context: SearchContext) -> Matches:
    match node:
        case nodes.Term():
            return leaves.term(node, context)
        case nodes.AllOf():
            return _all(node, context)
        case nodes.AnyOf() | nodes.BestOf():
            return _any(node, context)
        case nodes.Phrase():
            return spans.phrase(node, context)
        case nodes.Filter():
            found = context.evaluate(node.part)
            return constant(found.docs, 1.0, found.terms)
        case nodes.Without():
            return _without(node, context)
        case nodes.Near():
            return spans.near(node, context)
        case nodes.Prefix() | nodes.Wildcard() | nodes.Fuzzy():
            return expanded(node, context)
        case nodes.Range():
            return leaves.between(node, context)
        case nodes.AnyValue():
            return leaves.any_value(node, context)
        case nodes.Everything():
            return constant(context.view.live_docs, 1.0)
        case nodes.Nothing():
            return nothing()
        case _:
            assert_never(node)


def _all(node: nodes.AllOf, context: SearchContext) -> Matches:
    """Match documents that match all parts; sum their scores."""
    found: list[Matches] = []
    for part in node.parts:
        found.append(context.evaluate(part))
        if not len(found[-1].docs):
            return nothing()
    return intersection(found, context)


def _any(node: nodes.AnyOf | nodes.BestOf, context: SearchContext) -> Matches:
    """Match documents that match any part, or so many; sum their scores, or take the best."""
    if isinstance(node, nodes.AnyOf) and node.at_least == 1 and are_expansions(node.parts):
        return any_expanded(node.parts, context)
    found = [context.evaluate(part) for part in node.parts]
    if isinstance(node, nodes.BestOf):
        return union(found, context, np.maximum)
    return union(found, context, least=node.at_least)


def _without(node: nodes.Without, context: SearchContext) -> Matches:
    """Match documents that match the wanted node and not the denied one."""
    kept = context.evaluate(node.wanted)
    if not len(kept.docs):
        return kept
    left = kept.without(context.evaluate(node.denied).docs, context.max_doc)
    return left if len(left.docs) else nothing()
