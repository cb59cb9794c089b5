"""Matches combined: in all, in any, scored by several.

Scores follow Whoosh: those of AllOf and AnyOf are summed. Where Whoosh 2.7.4 differs from its documentation, we follow
the documentation: BestOf compares scores of the same document (Whoosh: of the documents its parts are positioned at),
and AnyOf respects `at_least`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from searchq.engines.embedded.array_steps import count_docs, counted_docs, join_scores, locate
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import (
    Docs,
    FieldTerm,
    Matches,
    Places,
    Score,
    Scores,
    summed,
)
from searchq.query.tree import Node

__all__ = ["boosted", "intersection", "union", "within"]


_SPARSE: Final = 4  # if fewer than one match in this many is scored, each is looked up


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
    score = summed([(matches.score, places[number]) for number, matches in enumerate(found)])
    return Matches(docs, score, _terms_of(found, docs))


def within(docs: Docs, nodes: Sequence[Node], terms: tuple[FieldTerm, ...], context: SearchContext) -> Matches:
    """Return documents that all nodes match by these terms; evaluates the nodes only when scored, and sums in order."""

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        total = np.zeros(len(chosen), np.float32)
        for matches in map(context.evaluate, nodes):
            total += matches.score(locate(chosen, matches.docs, context.max_doc)[1])
        return total

    return Matches(docs, score, terms if len(docs) else ())


def union(found: Sequence[Matches], context: SearchContext, join: np.ufunc = np.add, least: int = 1) -> Matches:
    """Return documents in at least `least` of the matches; `join` combines scores (float32, none negative) in order."""
    counts = np.zeros(context.max_doc, np.uint16)
    for matches in found:
        count_docs(matches.docs, counts)
    docs = counted_docs(counts, least)
    parts = [(matches.docs, matches.score) for matches in found]
    return Matches(docs, _joined(docs, parts, context, join), _terms_of(found, docs))


def _joined(docs: Docs, parts: Sequence[tuple[Docs, Score]], context: SearchContext, join: np.ufunc) -> Score:
    """Return the joined scores of several parts; of a few documents, without scoring the others."""

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        is_sparse = len(chosen) * _SPARSE < len(docs)
        totals = np.zeros(len(chosen) if is_sparse else context.max_doc, np.float32)
        for own, score_of in parts:
            context.check()
            if is_sparse:
                here, there = locate(chosen, own, context.max_doc)
                totals[here] = join(totals[here], score_of(there))
            else:
                join_scores(own, score_of(None), join, totals)
        return totals if is_sparse else totals[chosen]

    return score


def _terms_of(found: Sequence[Matches], docs: Docs) -> tuple[FieldTerm, ...]:
    """Return the terms by which some documents match."""
    return tuple([term for matches in found for term in matches.terms]) if len(docs) else ()


def boosted(matches: Matches, factor: float) -> Matches:
    """Multiply the scores of matches by `factor`."""
    if factor == 1.0:
        return matches
    return matches._replace(score=lambda places: matches.score(places) * np.float32(factor))
