"""Evaluates a whole query tree against a snapshot: each kind of node by its own function."""

from typing import assert_never

from searchq.engines.embedded.execution import boolean, leaves, spans
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.expansion import any_expanded, expanded
from searchq.engines.embedded.execution.matches import Matches, constant, nothing
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.tree import (
    AllOf,
    AnyOf,
    AnyValue,
    BestOf,
    Everything,
    Filter,
    Fuzzy,
    Near,
    Node,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Without,
)

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
        case Term():
            return leaves.term(node, context)
        case AllOf():
            return boolean.conjunction(node, context)
        case BestOf():
            return boolean.maximum(node, context)
        case AnyOf():
            return any_expanded(node, context)
        case Phrase():
            return spans.phrase(node, context)
        case Filter():
            return constant(context.evaluate(node.part).docs, 1.0)
        case Without():
            return boolean.difference(node, context)
        case Near():
            return spans.near(node, context)
        case Prefix() | Wildcard() | Fuzzy():
            return expanded(node, context)
        case Range():
            return leaves.between(node, context)
        case AnyValue():
            return leaves.any_value(node, context)
        case Everything():
            return constant(context.view.live_docs, 1.0)
        case Nothing():
            return nothing()
        case _:
            assert_never(node)
