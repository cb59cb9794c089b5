"""Counts: how many matching documents carry each value of a facet, and how they spread along time.

Every count is exact. Matches are document numbers, a facet is a column of codes, and a count is one `bincount` over
the codes of the matches. Values stand sorted, so ordering by code is ordering by value.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.limits import MAX_FACET_VALUES
from searchq.query.execute.matches import Docs
from searchq.query.filters import Chosen, code_of
from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import FacetName, FacetQuery
from searchq.query.values import plain_words
from searchq.query.view import View

__all__ = ["count_facet"]

Counts = npt.NDArray[np.intp]

_DENSE: Final = 3  # from one match in so many documents, reading a whole column beats gathering from it


def count_facet(query: FacetQuery, docs: Docs, chosen: Sequence[Chosen], view: View) -> FacetCounts:
    """The values asked for, and all that were chosen; `docs` are what matches without the facet's own selection."""
    counts, missing = _counts(query.name, docs, view)
    values = view.snapshot.facet(query.name).values
    carried = counts.nonzero()[0]
    distinct, top = len(carried), _top(query, carried, counts, view)
    if not chosen:
        shown = zip(top.tolist(), counts[top].tolist(), strict=True)
        found = [FacetValue(values[code], count) for code, count in shown]
        return FacetCounts(query.name, tuple(found), distinct, missing)
    marked = {code_of(values, value): each.excluded for each in chosen for value in each.values}
    found = [
        FacetValue(values[code], int(counts[code]), marked.get(code) is False, marked.get(code, False))
        for code in dict.fromkeys([*top.tolist(), *marked])
    ]
    found += [_elsewhere(each, docs) for each in chosen if not each.values]
    found.sort(key=_ORDERS[query.order])
    return FacetCounts(query.name, tuple(found), distinct, missing)


def _elsewhere(chosen: Chosen, docs: Docs) -> FacetValue:
    """A chosen value that is none of the facet's own: a portfolio among ministers, or one nobody carries."""
    count = 0 if chosen.mask is None else int(np.count_nonzero(chosen.mask[docs]))
    return FacetValue(chosen.typed, count, not chosen.excluded, chosen.excluded)


def _counts(name: FacetName, docs: Docs, view: View) -> tuple[Counts, int]:
    """How many of the documents carry each value, and how many none; of most documents, by counting the others."""
    if len(docs) * 2 <= view.snapshot.doc_count:
        return _counted(name, docs, view)
    totals, missing = view.once(("totals", name), lambda: _counted(name, view.live_docs, view))
    others = np.ones(view.snapshot.max_doc, np.bool_) if view.snapshot.live is None else view.snapshot.live.copy()
    others[docs] = False
    counts, without = _counted(name, others.nonzero()[0], view)
    return totals - counts, missing - without


def _counted(name: FacetName, docs: Docs, view: View) -> tuple[Counts, int]:
    column = view.snapshot.facet(name)
    size = len(column.values)
    codes = view.once(("codes", name), lambda: np.where(column.codes < 0, size, column.codes).astype(np.intp))
    if column.indptr is None:
        counts = np.bincount(codes[docs], minlength=size + 1)  # the code after the last: no value
        return counts[:size], int(counts[size])
    starts = column.indptr[docs].astype(np.intp)
    lengths = column.indptr[docs + 1] - starts
    missing = len(docs) - int(np.count_nonzero(lengths))
    if len(docs) * _DENSE > view.snapshot.max_doc and size:
        return _counted_by_value(name, docs, view), missing
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return np.bincount(codes[places], minlength=size), missing


def _counted_by_value(name: FacetName, docs: Docs, view: View) -> Counts:
    """The same for a facet of several values, reading the whole column in the order of its values."""

    def made() -> tuple[Docs, Counts]:
        column = view.snapshot.facet(name)
        assert column.indptr is not None  # several values a document
        order = np.argsort(column.codes, kind="stable")
        owners = np.repeat(np.arange(view.snapshot.max_doc), np.diff(column.indptr))
        return owners[order], column.codes[order].searchsorted(np.arange(len(column.values)))

    owners, starts = view.once(("by value", name), made)
    held = np.zeros(view.snapshot.max_doc, np.uint8)
    held[docs] = 1
    counts: Counts = np.add.reduceat(held[owners], starts, dtype=np.intp)
    return counts


def _top(query: FacetQuery, codes: Counts, counts: Counts, view: View) -> Counts:
    """Of the codes that occur those to show, in order; where `contains` is given, those whose values hold it."""
    limit = min(max(query.limit, 0), MAX_FACET_VALUES)
    if query.contains:
        codes = codes[_holding(query.name, query.contains, view)[codes]]
    if query.order == "count":
        keys = codes - counts[codes] * len(counts)  # the most frequent first, then the first value; all different
        if 0 < limit < len(keys):
            best = keys.argpartition(limit)[:limit]
            codes, keys = codes[best], keys[best]
        codes = codes[keys.argsort()]
    return codes[:limit]


def _holding(name: FacetName, part: str, view: View) -> npt.NDArray[np.bool_]:
    """Which values of a facet hold a text, but for case, accents and punctuation."""
    wanted = " ".join(plain_words(part))
    plain: list[str] = view.once(
        ("plain", name), lambda: [" ".join(plain_words(v)) for v in view.snapshot.facet(name).values]
    )
    return np.fromiter((wanted in value for value in plain), np.bool_, len(plain))


_ORDERS: Final = {
    "count": lambda value: (-value.count, value.value),
    "value": lambda value: value.value,
}
