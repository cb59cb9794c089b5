"""Boolean nodes: how the matches of parts become the matches of the whole.

Scores follow Whoosh: those of AllOf and AnyOf add up. Where Whoosh 2.7.4 departs from its own documentation, the
documentation is followed: BestOf compares scores of one document (there of whatever documents its parts stand on), and
AnyOf heeds `at_least`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import (
    Docs,
    Matches,
    Places,
    Scores,
    among,
    locate,
    nothing,
    select,
    summed,
)
from searchq.query.tree import AllOf, AnyOf, BestOf, Node, Without

__all__ = ["boosted", "conjunction", "difference", "disjunction", "intersection", "maximum", "union", "within"]


_FEW: Final = 4  # when fewer than one match in so many is to be scored, each is looked up


def conjunction(node: AllOf, context: SearchContext) -> Matches:
    """What all parts match, scores added."""
    found: list[Matches] = []
    for part in node.parts:
        found.append(context.evaluate(part))
        if not len(found[-1].docs):
            return nothing()
    return intersection(found, context)


def disjunction(node: AnyOf, context: SearchContext) -> Matches:
    """What any part matches, or at least so many of them; scores added."""
    return union([context.evaluate(part) for part in node.parts], context, least=node.at_least)


def maximum(node: BestOf, context: SearchContext) -> Matches:
    """What any part matches, with the greatest of their scores."""
    return union([context.evaluate(part) for part in node.parts], context, np.maximum)


def difference(node: Without, context: SearchContext) -> Matches:
    """What is wanted, without what is denied."""
    kept = context.evaluate(node.wanted)
    if not len(kept.docs):
        return kept
    with context.denying():
        denied = context.evaluate(node.denied)
    return select(kept, (~among(kept.docs, denied.docs, context.max_doc)).nonzero()[0])


def intersection(found: Sequence[Matches], context: SearchContext) -> Matches:
    """What all match, scores added in the order given; the rarest are compared first."""
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
    """Documents that all nodes match, scores added in the order given; nodes are evaluated when something is scored."""

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        total = np.zeros(len(chosen), np.float32)
        for matches in map(context.evaluate, nodes):
            total += matches.score(locate(chosen, matches.docs, context.max_doc)[1])
        return total

    return Matches(docs, score)


def union(found: Sequence[Matches], context: SearchContext, join: np.ufunc = np.add, least: int = 1) -> Matches:
    """What any match, or at least `least` of them, scores joined (`join` of float32s, none negative) in that order."""
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
        if len(chosen) * _FEW < len(docs):
            return _joined_at(chosen, found, context, join)
        totals = np.zeros(context.max_doc, np.float32)
        for matches in found:
            context.check()
            join.at(totals, matches.docs, matches.score(None))
        return totals[chosen]

    return Matches(docs, score)


def _joined_at(docs: Docs, found: Sequence[Matches], context: SearchContext, join: np.ufunc) -> Scores:
    """The joined scores of a few documents, without scoring the others."""
    totals = np.zeros(len(docs), np.float32)
    for matches in found:
        context.check()
        here, there = locate(docs, matches.docs, context.max_doc)
        totals[here] = join(totals[here], matches.score(there))
    return totals


def boosted(matches: Matches, factor: float) -> Matches:
    """The same matches, their scores times `factor`."""
    if factor == 1.0:
        return matches
    return Matches(matches.docs, lambda places: matches.score(places) * np.float32(factor))
