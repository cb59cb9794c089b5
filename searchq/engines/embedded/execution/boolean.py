"""The inner nodes of a query tree: how the matches of children become the matches of their parent.

Scores follow Whoosh: And and Or add, Not gives 1, a compound of one child is that child, boost and all. Where
Whoosh 2.7.4 departs from its own documentation, the documentation is followed: `Require` keeps what both match (there
it behaves as AndNot), `Otherwise` looks at the whole index (there at each segment), `DisjunctionMax` compares scores
of one document (there of whatever documents its children stand on), and `Or` heeds `minmatch`.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.matches import (
    Docs,
    Matches,
    Places,
    Scores,
    among,
    constant,
    locate,
    nothing,
    select,
    summed,
)

__all__ = [
    "conjunction",
    "constant_score",
    "difference",
    "disjunction",
    "intersection",
    "inverse",
    "maximum",
    "maybe",
    "otherwise",
    "required",
    "union",
    "within",
]


_FEW: Final = 4  # when fewer than one match in so many is to be scored, each is looked up


def conjunction(node: Any, run: Run) -> Matches:
    """And: what all children match, scores added."""
    children = node.subqueries
    if len(children) < 2:
        return run.evaluate(children[0]) if children else nothing()
    found = []
    for child in children:
        found.append(run.evaluate(child))
        if not len(found[-1].docs):
            return nothing()
    return boosted(intersection(found, run), node.boost)


def disjunction(node: Any, run: Run) -> Matches:
    """Or: what any child matches, or at least `minmatch` of them; scores added."""
    children = node.subqueries
    if node.scale:
        return run.otherwise(node, run)
    if len(children) < 2:
        return run.evaluate(children[0]) if children else nothing()
    found = [run.evaluate(child) for child in children]
    return boosted(union(found, run, least=node.minmatch), node.boost)


def maximum(node: Any, run: Run) -> Matches:
    """DisjunctionMax: what any child matches, with the greatest of their scores."""
    children = node.subqueries
    if len(children) < 2:
        return run.evaluate(children[0]) if children else nothing()
    found = [run.evaluate(child) for child in children]
    return boosted(union(found, run, np.maximum), node.boost)


def inverse(node: Any, run: Run) -> Matches:
    """Not: every live document the child does not match; their score is 1."""
    with run.barring():
        barred = run.evaluate(node.query)
    docs = run.view.live_docs
    return constant(docs[~among(docs, barred.docs, run.max_doc)], 1.0)


def difference(node: Any, run: Run) -> Matches:
    """AndNot: what the first matches and the second does not."""
    kept = run.evaluate(node.a)
    if not len(kept.docs):
        return kept
    with run.barring():
        barred = run.evaluate(node.b)
    return select(kept, (~among(kept.docs, barred.docs, run.max_doc)).nonzero()[0])


def required(node: Any, run: Run) -> Matches:
    """Require: what both match, with the scores of the first."""
    kept = run.evaluate(node.a)
    if not len(kept.docs):
        return kept
    other = run.evaluate(node.b)
    return select(kept, among(kept.docs, other.docs, run.max_doc).nonzero()[0])


def maybe(node: Any, run: Run) -> Matches:
    """AndMaybe: what the first matches; the scores of the second are added where it matches too."""
    kept, other = run.evaluate(node.a), run.evaluate(node.b)
    here, there = locate(kept.docs, other.docs, run.max_doc)
    if not len(here):
        return kept
    place = np.full(len(kept.docs), -1, np.intp)  # of each kept document in `other`
    place[here] = there

    def score(places: Places | None) -> Scores:
        scores = kept.score(places).copy()
        in_other = place if places is None else place[places]
        both = (in_other >= 0).nonzero()[0]
        scores[both] += other.score(in_other[both])
        return scores

    return Matches(kept.docs, score)


def otherwise(node: Any, run: Run) -> Matches:
    """Otherwise: what the first matches; only if that is nothing, what the second does."""
    found = run.evaluate(node.a)
    return found if len(found.docs) else run.evaluate(node.b)


def constant_score(node: Any, run: Run) -> Matches:
    """ConstantScoreQuery: what the child matches, each with one score."""
    return constant(run.evaluate(node.child).docs, node.score)


def intersection(found: Sequence[Matches], run: Run) -> Matches:
    """What all match, scores added in the order given; the rarest are compared first."""
    by_size = sorted(range(len(found)), key=lambda number: len(found[number].docs))
    docs = found[by_size[0]].docs
    places: dict[int, Places] = {by_size[0]: np.arange(len(docs))}
    for number in by_size[1:]:
        run.check()
        here, there = locate(docs, found[number].docs, run.max_doc)
        docs = docs[here]
        places = {other: at[here] for other, at in places.items()}
        places[number] = there
    return Matches(docs, summed([(matches.score, places[number]) for number, matches in enumerate(found)]))


def within(docs: Docs, nodes: Sequence[Any], run: Run) -> Matches:
    """Documents that all nodes match, scores added in the order given; nodes are evaluated when something is scored."""

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        total = np.zeros(len(chosen), np.float32)
        for matches in map(run.evaluate, nodes):
            total += matches.score(locate(chosen, matches.docs, run.max_doc)[1])
        return total

    return Matches(docs, score)


def union(found: Sequence[Matches], run: Run, join: np.ufunc = np.add, least: int = 0) -> Matches:
    """What any match, or at least `least` of them, scores joined (`join` of float32s, none negative) in that order."""
    if least > 1:
        counts = np.zeros(run.max_doc, np.uint16)
        for matches in found:
            counts[matches.docs] += 1
        docs = (counts >= least).nonzero()[0]
    else:
        held = np.zeros(run.max_doc, np.bool_)
        for matches in found:
            held[matches.docs] = True
        docs = held.nonzero()[0]

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        if len(chosen) * _FEW < len(docs):
            return _joined_at(chosen, found, run, join)
        totals = np.zeros(run.max_doc, np.float32)
        for matches in found:
            run.check()
            join.at(totals, matches.docs, matches.score(None))
        return totals[chosen]

    return Matches(docs, score)


def _joined_at(docs: Docs, found: Sequence[Matches], run: Run, join: np.ufunc) -> Scores:
    """The joined scores of a few documents, without scoring the others."""
    totals = np.zeros(len(docs), np.float32)
    for matches in found:
        run.check()
        here, there = locate(docs, matches.docs, run.max_doc)
        totals[here] = join(totals[here], matches.score(there))
    return totals


def boosted(matches: Matches, factor: float) -> Matches:
    """The same matches, their scores times `factor`."""
    if factor == 1.0:
        return matches
    return Matches(matches.docs, lambda places: matches.score(places) * np.float32(factor))
