"""The leaves of a query tree: one term, one range of numbers, or any value of a facet."""

from typing import TYPE_CHECKING

import numpy as np

from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import Matches, Places, Scores, constant, nothing
from searchq.engines.embedded.ranking import impact_of
from searchq.engines.embedded.waiting import numbers_of
from searchq.index.schema import FIELDS, MISSING
from searchq.query.tree import AnyValue, Range, Term

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = ["any_value", "between", "postings_of", "term"]


def term(node: Term, context: SearchContext) -> Matches:
    """Match documents that contain a term, scored by BM25F, or by the boost if the field is not scored."""
    postings = postings_of(node, context) if node.field in FIELDS else None
    if postings is None:
        return nothing()
    docs = postings.docs.astype(np.intp)
    if not FIELDS[node.field].scored:
        return constant(docs, node.boost)  # a value occurs once per document, with weight 1
    impact = impact_of(node, len(docs), context.view)

    def score(places: Places | None) -> Scores:
        weights = postings.weights  # decoded only when something is scored
        return impact(docs, weights) if places is None else impact(docs[places], weights[places])

    return Matches(docs, score, ((node.field, node.text),))


def postings_of(node: Term, context: SearchContext) -> "Postings | None":
    """Return the postings of a term, read once per search; None if there are none."""
    key = (node.field, node.text)
    if key not in context.read:
        context.check()
        context.read[key] = context.view.postings(*key)
    return context.read[key]


def any_value(node: AnyValue, context: SearchContext) -> Matches:
    """Match documents that have a value of a facet."""
    column, live = context.snapshot.facet(node.field), context.snapshot.live
    held = column.codes >= 0 if column.indptr is None else np.diff(column.indptr) > 0
    return constant((held if live is None else held & live).nonzero()[0], 1.0)


def between(node: Range, context: SearchContext) -> Matches:
    """Match documents whose number is in a range, both ends included; an open end is None."""
    column = numbers_of(node.field, context.view)
    held = column != MISSING
    if node.first is not None:
        held &= column >= node.first
    if node.last is not None:
        held &= column <= node.last
    live = context.snapshot.live
    return constant((held if live is None else held & live).nonzero()[0], 1.0)
