"""The leaves of a query tree that stand for one term, one range of numbers, or every document."""

from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.query import DateRange, NumericRange

from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.matches import Docs, Matches, Places, Scores, constant, nothing
from searchq.engines.embedded.ranking import idf, impacts
from searchq.index.schema import FIELDS, MISSING

__all__ = ["date_range", "every", "null", "numeric_range", "term"]


def term(node: Any, run: Run) -> Matches:
    """Documents that hold a term, scored by BM25F; where the field is not scored, by the weight of the term."""
    spec = FIELDS.get(node.fieldname)
    if spec is None:
        return nothing()
    if spec.kind == "integer":
        return _integer(node, run)
    text = _text(node.text)
    postings = run.postings(node.fieldname, text)
    if postings is None:
        return nothing()
    run.note(node.fieldname, text)
    docs = postings.docs.astype(np.intp)
    if not spec.scored:
        return constant(docs, node.boost)  # a value stands once in a document, its weight is 1
    rarity = idf(run.view, node.fieldname, text, len(docs)) * node.boost
    impact = impacts(run.view, node.fieldname, rarity)

    def score(places: Places | None) -> Scores:
        weights = postings.weights  # decoded only when something is scored
        return impact(docs, weights) if places is None else impact(docs[places], weights[places])

    return Matches(docs, score)


def every(node: Any, run: Run) -> Matches:
    """Every document, or every one that has anything in a field; their score is the boost."""
    spec = None if node.fieldname is None else FIELDS.get(node.fieldname)
    if node.fieldname is None:
        return constant(run.view.live_docs, node.boost)
    if spec is None:
        return nothing()
    if spec.kind == "integer":
        return constant(_alive(run.snapshot.integers(spec.name) != MISSING, run), node.boost)
    if spec.kind == "facet":
        column = run.snapshot.facet(spec.name)
        held = column.codes >= 0 if column.indptr is None else np.diff(column.indptr) > 0
        return constant(_alive(held, run), node.boost)
    if spec.kind == "id":
        return constant(run.view.live_docs, node.boost)
    return constant(_alive(np.asarray(run.snapshot.lengths(spec.name)) > 0, run), node.boost)


def numeric_range(node: NumericRange, run: Run) -> Matches:
    """Documents whose number lies in a range; an open end is None; their score is the boost."""
    return _between(node, node.start, node.end, run)


def date_range(node: DateRange, run: Run) -> Matches:
    """Documents whose day lies in a range of datetimes."""
    first, last = (None if day is None else day.toordinal() for day in (node.startdate, node.enddate))
    return _between(node, first, last, run)


def null(node: Any, run: Run) -> Matches:
    """No document."""
    return nothing()


def _integer(node: Any, run: Run) -> Matches:
    try:
        value = int(_text(node.text))
    except ValueError:
        return nothing()
    return constant(_alive(run.snapshot.integers(node.fieldname) == value, run), node.boost)


def _between(node: Any, first: int | None, last: int | None, run: Run) -> Matches:
    spec = FIELDS.get(node.fieldname)
    if spec is None or spec.kind != "integer":
        return nothing()
    column = run.snapshot.integers(node.fieldname)
    held = column != MISSING
    if first is not None:
        held &= (column > first) if node.startexcl else (column >= first)
    if last is not None:
        held &= (column < last) if node.endexcl else (column <= last)
    return constant(_alive(held, run), node.boost)


def _alive(mask: npt.NDArray[np.bool_], run: Run) -> Docs:
    live = run.snapshot.live
    return (mask if live is None else mask & live).nonzero()[0]


def _text(text: object) -> str:
    return text.decode() if isinstance(text, bytes) else str(text)
