"""Evaluates a whole query tree against a snapshot: each kind of node by its own function."""

from typing import assert_never

from searchq.engines.embedded.execution import boolean, leaves, spans
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.expansion import any_expanded, expanded
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
            return boolean.conjunction(node, context)
        case nodes.BestOf():
            return boolean.maximum(node, context)
        case nodes.AnyOf():
            return any_expanded(node, context)
        case nodes.Phrase():
            return spans.phrase(node, context)
        case nodes.Filter():
            return constant(context.evaluate(node.part).docs, 1.0)
        case nodes.Without():
            return boolean.difference(node, context)
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
