"""Boolean nodes: combine the matches of their parts.

Scores follow Whoosh: those of AllOf and AnyOf are summed. Where Whoosh 2.7.4 differs from its documentation, we follow
the documentation: BestOf compares scores of the same document (Whoosh: of the documents its parts are positioned at),
and AnyOf respects `at_least`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from searchq.engines.embedded.array_steps import join_scores, locate
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import (
    Docs,
    Matches,
    Places,
    Scores,
    among,
    nothing,
    select,
    summed,
)
from searchq.query.tree import AllOf, AnyOf, BestOf, Node, Without

__all__ = ["boosted", "conjunction", "difference", "disjunction", "intersection", "maximum", "union", "within"]


_SPARSE: Final = 4  # if fewer than one match in this many is scored, each is looked up


def conjunction(node: AllOf, context: SearchContext) -> Matches:
    """Match documents that match all parts; sum their scores."""
    found: list[Matches] = []
    for part in node.parts:
        found.append(context.evaluate(part))
        if not len(found[-1].docs):
            return nothing()
    return intersection(found, context)


def disjunction(node: AnyOf, context: SearchContext) -> Matches:
    """Match documents that match any part, or at least `at_least` parts; sum their scores."""
    return union([context.evaluate(part) for part in node.parts], context, least=node.at_least)


def maximum(node: BestOf, context: SearchContext) -> Matches:
    """Match documents that match any part; take their greatest score."""
    return union([context.evaluate(part) for part in node.parts], context, np.maximum)


def difference(node: Without, context: SearchContext) -> Matches:
    """Match documents that match the wanted node and not the denied one."""
    kept = context.evaluate(node.wanted)
    if not len(kept.docs):
        return kept
    with context.unnoted():
        denied = context.evaluate(node.denied)
    return select(kept, (~among(kept.docs, denied.docs, context.max_doc)).nonzero()[0])


def intersection(found: Sequence[Matches], context: SearchContext) -> Matches:
    """Intersect matches, smallest first; sum scores in the given order."""
    by_size = sorted(range(len(found)), key=lambda number: len(found[number].docs))
    docs = found[by_size[0]].docs
    places: dict[int, Places] = {by_size[0]: np.arange(len(docs))}
    for number in by_size[1:]:
        context.check()
        here, there = locate(docs, found[number].docs, context.max_doc)
        docs = docs[here]
        places = {other: at[here] for other, at in places.items()}
        places[number] = there
    return Matches(docs, summed([(matches.score, places[number]) for number, matches in enumerate(found)]))


def within(docs: Docs, nodes: Sequence[Node], context: SearchContext) -> Matches:
    """Return documents that all nodes match; evaluates the nodes only when scored, and sums scores in order."""

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        total = np.zeros(len(chosen), np.float32)
        with context.unnoted():
            for matches in map(context.evaluate, nodes):
                total += matches.score(locate(chosen, matches.docs, context.max_doc)[1])
        return total

    return Matches(docs, score)


def union(found: Sequence[Matches], context: SearchContext, join: np.ufunc = np.add, least: int = 1) -> Matches:
    """Return documents in at least `least` of the matches; `join` combines scores (float32, none negative) in order."""
    if least > 1:
        counts = np.zeros(context.max_doc, np.uint16)
        for matches in found:
            counts[matches.docs] += 1
        docs = (counts >= least).nonzero()[0]
    else:
        held = np.zeros(context.max_doc, np.bool_)
        for matches in found:
            held[matches.docs] = True
        docs = held.nonzero()[0]

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        if len(chosen) * _SPARSE < len(docs):
            return _joined_at(chosen, found, context, join)
        totals = np.zeros(context.max_doc, np.float32)
        for matches in found:
            context.check()
            join_scores(matches.docs, matches.score(None), join, totals)
        return totals[chosen]

    return Matches(docs, score)


def _joined_at(docs: Docs, found: Sequence[Matches], context: SearchContext, join: np.ufunc) -> Scores:
    """Return the joined scores of a few documents, without scoring the others."""
    totals = np.zeros(len(docs), np.float32)
    for matches in found:
        context.check()
        here, there = locate(docs, matches.docs, context.max_doc)
        totals[here] = join(totals[here], matches.score(there))
    return totals


def boosted(matches: Matches, factor: float) -> Matches:
    """Multiply the scores of matches by `factor`."""
    if factor == 1.0:
        return matches
    return Matches(matches.docs, lambda places: matches.score(places) * np.float32(factor))
