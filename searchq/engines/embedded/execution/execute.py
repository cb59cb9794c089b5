"""A whole query tree against a snapshot: each kind of node with the function that evaluates it."""

from collections.abc import Mapping
from typing import Any, Final

from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    ConstantScoreQuery,
    DateRange,
    DisjunctionMax,
    Every,
    FuzzyTerm,
    Not,
    NullQuery,
    NumericRange,
    Or,
    Otherwise,
    Phrase,
    Prefix,
    Regex,
    Require,
    Term,
    TermRange,
    Wildcard,
)
from whoosh.query.spans import SpanNear, SpanNear2, SpanOr

from searchq.engines.embedded.execution import boolean as combine
from searchq.engines.embedded.execution import leaves
from searchq.engines.embedded.execution import spans as near
from searchq.engines.embedded.execution.context import Handler, Run
from searchq.engines.embedded.execution.expansion import any_expanded, expanded
from searchq.engines.embedded.execution.matches import Matches
from searchq.engines.embedded.snapshot_cache import View
from searchq.limits import QUERY_DEADLINE_SECONDS

__all__ = ["COMBINE", "execute", "prepare"]

COMBINE: Final[Mapping[type, Handler]] = {
    Term: leaves.term,
    Every: leaves.every,
    NumericRange: leaves.numeric_range,
    DateRange: leaves.date_range,
    type(NullQuery): leaves.null,
    And: combine.conjunction,
    Or: any_expanded,
    DisjunctionMax: combine.maximum,
    Not: combine.inverse,
    AndNot: combine.difference,
    AndMaybe: combine.maybe,
    Require: combine.required,
    Otherwise: combine.otherwise,
    ConstantScoreQuery: combine.constant_score,
    Prefix: expanded,
    Wildcard: expanded,
    Regex: expanded,
    FuzzyTerm: expanded,
    TermRange: expanded,
    Phrase: near.phrase,
    SpanNear: near.near,
    SpanNear2: near.near_list,
    SpanOr: near.span_or,
}


def prepare(view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> Run:
    """A run that may take so many seconds from now."""
    return Run(view, COMBINE, _by_whoosh, seconds)


def _by_whoosh(node: Any, run: Run) -> Matches:
    from searchq.engines.embedded.execution.bridge import (
        by_whoosh,  # Whoosh's scorers and our codec: 30 ms few queries need
    )

    return by_whoosh(node, run)


def execute(tree: Any, view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> tuple[Matches, Run]:
    """What a tree of `whoosh.query` matches, and what was learnt on the way; raises OutOfTime."""
    run = prepare(view, seconds)
    return run.evaluate(tree), run
