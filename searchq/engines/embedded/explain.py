"""How one question gets its score: the parts of the score as a tree that adds up.

    18.42  total                     recency 1.012
    └─ 18.20  all of
       ├─ 11.05  text:hertweet       idf 8.13, weight 6 saturated to 1.36 by a length of 0.9 times the average
       └─  7.15  best of
          …

A node is explained by evaluating it again and looking at one document; its parts are its children that match it.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from whoosh.query import And, AndMaybe, AndNot, DisjunctionMax, Or, Otherwise, Phrase, Require, Term
from whoosh.query.spans import SpanNear, SpanNear2, SpanOr

from searchq.engines.embedded import ranking
from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.execute import prepare
from searchq.engines.embedded.execution.matches import Matches
from searchq.engines.embedded.search import nearer_first
from searchq.engines.embedded.snapshot_cache import View
from searchq.index.schema import FIELDS
from searchq.limits import EXPLANATION_DEADLINE_SECONDS
from searchq.query.explanation import Explanation
from searchq.query.language import parse

__all__ = ["explain"]


def explain(text: str, number: str, view: View, *, recency: bool = True, proximity: bool = True) -> Explanation | None:
    """The score of a question for a text; None where no question has the number, or the text does not match it.

    It is the score of a search without filters: with them, others may be among the best whose nearness counts.
    """
    doc = view.snapshot.doc(number)
    if doc is None:
        return None
    parsed = parse(text, view.snapshot)
    run = prepare(view, EXPLANATION_DEADLINE_SECONDS)
    tree, matches = parsed.tree, run.evaluate(parsed.tree)
    if parsed.relaxed is not None and not len(matches.docs):
        tree, matches = parsed.relaxed, run.evaluate(parsed.relaxed)
    found = explain_tree(tree, doc, run)
    if found is None or not (recency or proximity):
        return found
    figures = {"recency": float(ranking.recency(view)[doc])} if recency else {}
    if proximity:
        figures["proximity"] = _nearness(matches, parsed.words, doc, recency, view)
    return Explanation("total", found.value * math.prod(figures.values()), figures, (found,))


def _nearness(matches: Matches, words: tuple[str, ...], doc: int, recency: bool, view: View) -> float:
    """The factor of a document for the nearness of words; only the best matches have one but 1."""
    docs, place = matches.docs, int(matches.docs.searchsorted(doc))
    scores = matches.score(None) * (ranking.recency(view)[docs] if recency else np.float32(1))
    return float(nearer_first(scores, words, docs, view)[place] / scores[place]) if scores[place] else 1.0


def explain_tree(node: Any, doc: int, run: Run) -> Explanation | None:
    """What a node of a query tree gives to the score of a document; None where it does not match it."""
    value = _score(run.evaluate(node), doc)
    if value is None:
        return None
    if type(node) is Term and FIELDS[node.fieldname].scored:
        return Explanation(f"{node.fieldname}:{node.text}", value, _term_figures(node, doc, run))
    children_of = _CHILDREN.get(type(node))
    found = (explain_tree(child, doc, run) for child in (children_of(node) if children_of else ()))
    boost = getattr(node, "boost", 1.0)
    figures = {} if boost == 1.0 else {"boost": boost}
    parts = tuple(part for part in found if part is not None)
    return Explanation(_NAMES.get(type(node)) or str(node), value, figures, parts)


def _score(matches: Matches, doc: int) -> float | None:
    place = int(matches.docs.searchsorted(doc))
    if place == len(matches.docs) or matches.docs[place] != doc:
        return None
    return float(matches.score(np.array([place]))[0])


def _term_figures(node: Term, doc: int, run: Run) -> dict[str, float]:
    """What the score of a term is made of: idf × saturated × boost."""
    postings = run.postings(node.fieldname, node.text)
    assert postings is not None  # the term matched
    weight = float(postings.weights[int(postings.docs.searchsorted(doc))])
    norm = float(ranking.norms(run.view, node.fieldname)[doc])
    length, average = run.snapshot.lengths(node.fieldname)[doc], run.snapshot.average_length(node.fieldname) or 1.0
    return {
        "idf": ranking.idf(run.view, node.fieldname, node.text, len(postings.docs)),
        "weight": weight,
        "saturated": weight * (ranking.K1 + 1) / (weight + norm),
        "length": float(length) / average,
        "boost": node.boost,
    }


_NAMES: Final[Mapping[type, str]] = {
    And: "all of",
    Or: "any of",
    DisjunctionMax: "best of",
    AndNot: "all but",
    AndMaybe: "preferably with",
    Require: "provided",
    Otherwise: "else",
    SpanNear: "near each other",
    SpanNear2: "near each other",
    SpanOr: "any of",
}
_CHILDREN: Final[Mapping[type, Callable[[Any], Any]]] = {
    And: lambda node: node.subqueries,
    Or: lambda node: node.subqueries,
    DisjunctionMax: lambda node: node.subqueries,
    AndNot: lambda node: (node.a,),
    AndMaybe: lambda node: (node.a, node.b),
    Require: lambda node: (node.a,),
    Otherwise: lambda node: (node.a, node.b),
    Phrase: lambda node: [Term(node.fieldname, word) for word in node.words],
    SpanNear: lambda node: (node.a, node.b),
    SpanNear2: lambda node: node.qs,
    SpanOr: lambda node: node.subqs,
}
