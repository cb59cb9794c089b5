"""Explains the score of a question, as a tree whose parts add up to it.

    18.42  total                     recency 1.012
    └─ 18.20  all of
       ├─ 11.05  text:hertweet       idf 8.13, weight 6 saturated to 1.36 by a length of 0.9 times the average
       └─  7.15  best of
          …

A node is explained by evaluating it again and looking at one document; its parts are its children that match it.
"""

import datetime as dt
import math
from collections.abc import Sequence
from typing import assert_never

import numpy as np

from searchq.engines.embedded import ranking
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.execute import prepare
from searchq.engines.embedded.execution.leaves import postings_of
from searchq.engines.embedded.execution.matches import Matches, nothing
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.ranked_docs import RankedDocs, rank
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.schema import FIELDS
from searchq.limits import ENOUGH_FULL_MATCHES, EXPLANATION_DEADLINE_SECONDS
from searchq.query import tree as nodes
from searchq.query.explanation import Explanation
from searchq.query.language import parse
from searchq.query.request import Request
from searchq.query.tree import Node
from searchq.query.weights import K1

__all__ = ["explain", "name_of", "scored_parts"]


def explain(
    text: str,
    number: str,
    view: SnapshotCache,
    *,
    recency: bool = True,
    proximity: bool = True,
    today: dt.date | None = None,
    translate: bool = True,
) -> Explanation | None:
    """Explain the score of a question for a text; None if there is no such question, or the text does not match it.

    A question without all words is explained by the looser form of the text, as where few have all of them. It is the
    score of a search without filters; filters may change which matches get a proximity factor.
    """
    doc = view.snapshot.doc(number)
    if doc is None:
        return None
    if not text.strip():  # all questions, none before another
        return Explanation(name_of(nodes.Everything()), 0.0)
    parsed = parse(text, QueryVocabulary(view), today, translate=translate)
    context = prepare(view, EXPLANATION_DEADLINE_SECONDS)
    full, partial = context.evaluate(parsed.tree), nothing()
    found = explain_tree(parsed.tree, doc, context)
    looser = parsed.relaxed if len(full.docs) else parsed.loosest
    if looser is not None and (found is None or len(full.docs) < ENOUGH_FULL_MATCHES):
        partial = context.evaluate(looser).without(full.docs, context.max_doc)
        found = found or explain_tree(looser, doc, context)
    if found is None or not (recency or proximity):
        return found
    figures = {"recency": float(ranking.recency(view)[doc])} if recency else {}
    if proximity:
        ranked = rank(Request(text=text, recency=recency), parsed, full, partial, view)
        figures["as_typed"] = _raised(ranked, doc, found.value * math.prod(figures.values()))
    return Explanation("total", found.value * math.prod(figures.values()), figures, (found,))


def _raised(ranked: RankedDocs, doc: int, score: float) -> float:
    """Return the factor for words as they were typed, which raised a document's `score`; 1 for all but the best."""
    place = int(ranked.docs.searchsorted(doc))
    return float(ranked.scores[place]) / score if ranked.scores is not None and score else 1.0


def explain_tree(node: Node, doc: int, context: SearchContext) -> Explanation | None:
    """Explain what a node contributes to the score of a document; None if the document does not match."""
    value = _score(context.evaluate(node), doc)
    if value is None:
        return None
    if isinstance(node, nodes.Term) and FIELDS[node.field].scored:
        return Explanation(name_of(node), value, _term_figures(node, doc, context))
    found = (explain_tree(part, doc, context) for part in scored_parts(node))
    boost = (
        node.boost if isinstance(node, nodes.Term | nodes.Phrase | nodes.Prefix | nodes.Wildcard | nodes.Fuzzy) else 1.0
    )
    figures = {} if boost == 1.0 else {"boost": boost}
    parts = tuple(part for part in found if part is not None)
    return Explanation(name_of(node), value, figures, parts)


def scored_parts(node: Node) -> Sequence[Node]:
    """Return the parts of the score of a node."""
    match node:
        case nodes.AllOf() | nodes.AnyOf() | nodes.BestOf() | nodes.Near():
            return node.parts
        case nodes.Without():
            return (node.wanted,)
        case nodes.Phrase():
            return [nodes.Term(node.field, word) for word in node.words]
    return ()


def _score(matches: Matches, doc: int) -> float | None:
    place = int(matches.docs.searchsorted(doc))
    if place == len(matches.docs) or matches.docs[place] != doc:
        return None
    return float(matches.score(np.array([place]))[0])


def _term_figures(node: nodes.Term, doc: int, context: SearchContext) -> dict[str, float]:
    """Return the figures of the score of a term: idf × saturated × boost."""
    postings = postings_of(node, context)
    assert postings is not None  # the term matched
    weight = float(postings.weights[int(postings.docs.searchsorted(doc))])
    norm = float(ranking.norms(context.view, node.field)[doc])
    length, average = context.snapshot.lengths(node.field)[doc], context.snapshot.average_length(node.field) or 1.0
    return {
        "idf": ranking.idf(node, len(postings.docs), context.view),
        "weight": weight,
        "saturated": weight * (K1 + 1) / (weight + norm),
        "length": float(length) / average,
        "boost": node.boost,
    }


def name_of(node: Node) -> str:
    """Return the name of a node in an explanation: as it would be typed, or how it combines its parts."""
    match node:
        case nodes.Term() | nodes.Wildcard():
            return f"{node.field}:{node.text}"
        case nodes.Prefix():
            return f"{node.field}:{node.text}*"
        case nodes.Fuzzy():
            return f"{node.field}:{node.text}~"
        case nodes.Phrase():
            return f'{node.field}:"{" ".join(node.words)}"'
        case nodes.Range():
            first, last = ("" if end is None else str(end) for end in (node.first, node.last))
            return f"{node.field}:{first}..{last}"
        case nodes.Filter():
            return (
                " or ".join(map(name_of, node.part.parts)) if isinstance(node.part, nodes.AnyOf) else name_of(node.part)
            )
        case nodes.AnyValue():
            return f"{node.field}:*"
        case nodes.Everything():
            return "every question"
        case nodes.Nothing():
            return "no question"
        case nodes.AllOf():
            return "all of"
        case nodes.AnyOf():
            return "any of"
        case nodes.BestOf():
            return "best of"
        case nodes.Without():
            return "all but"
        case nodes.Near():
            return "near each other"
        case _:
            assert_never(node)
