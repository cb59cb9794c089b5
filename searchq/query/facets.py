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

_DENSE: Final = 3  # with more than one match in so many documents, whole columns are read instead of gathered


def count_facet(query: FacetQuery, docs: Docs, chosen: Sequence[Chosen], view: View) -> FacetCounts:
    """The values asked for, and all that were chosen; `docs` are what matches without the facet's own selection."""
    counts, missing = _counts(query.name, docs, view)
    values = view.snapshot.facet(query.name).values
    marked = {code_of(values, value): each.excluded for each in chosen for value in each.values}
    shown = dict.fromkeys([*_top(query, counts, view), *marked])
    found = [
        FacetValue(values[code], int(counts[code]), marked.get(code) is False, marked.get(code, False))
        for code in shown
    ]
    if chosen:
        found += [_elsewhere(each, docs) for each in chosen if not each.values]
        found.sort(key=_ORDERS[query.order])
    return FacetCounts(query.name, tuple(found), int(np.count_nonzero(counts)), missing)


def _elsewhere(chosen: Chosen, docs: Docs) -> FacetValue:
    """A chosen value that is none of the facet's own: a portfolio among ministers, or one nobody carries."""
    count = 0 if chosen.mask is None else int(np.count_nonzero(chosen.mask[docs]))
    return FacetValue(chosen.typed, count, not chosen.excluded, chosen.excluded)


def _counts(name: FacetName, docs: Docs, view: View) -> tuple[Counts, int]:
    """How many of the documents carry each value, and how many none."""
    column = view.snapshot.facet(name)
    size = len(column.values)
    codes, owners = _codes(name, view)
    if column.indptr is None:
        counts = np.bincount(codes[docs], minlength=size + 1)  # the code after the last: no value
        return counts[:size], int(counts[size])
    if len(docs) * _DENSE > view.snapshot.max_doc:
        held = np.zeros(view.snapshot.max_doc, np.bool_)
        held[docs] = True
        counts = np.bincount(codes[held[owners]], minlength=size)
        carrying = np.diff(column.indptr) > 0
        return counts, len(docs) - int(np.count_nonzero(carrying[docs]))
    starts = column.indptr[docs].astype(np.intp)
    lengths = column.indptr[docs + 1] - starts
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    places = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return np.bincount(codes[places], minlength=size), int(np.count_nonzero(lengths == 0))


def _codes(name: FacetName, view: View) -> tuple[Counts, Counts]:
    """The codes of a facet as indices, and the document each belongs to where a document has several."""

    def made() -> tuple[Counts, Counts]:
        column = view.snapshot.facet(name)
        codes = column.codes.astype(np.intp)
        if column.indptr is None:
            codes[codes < 0] = len(column.values)
            return codes, codes[:0]
        return codes, np.repeat(np.arange(view.snapshot.max_doc), np.diff(column.indptr))

    return view.once(("codes", name), made)


def _top(query: FacetQuery, counts: Counts, view: View) -> list[int]:
    """The codes of the values to show, in order: those that occur, and hold `contains` where it is given."""
    limit = min(max(query.limit, 0), MAX_FACET_VALUES)
    places = counts.nonzero()[0]
    if query.contains:
        places = places[_holding(query.name, query.contains, view)[places]]
    if query.order == "value":
        return places[:limit].tolist()
    keys = counts[places] * len(counts) - places  # most first, then by value; each key occurs once
    if len(keys) > limit:
        places = places[np.argpartition(keys, len(keys) - limit)[len(keys) - limit :]] if limit else places[:0]
        keys = counts[places] * len(counts) - places
    return places[np.argsort(-keys)].tolist()


def _holding(name: FacetName, part: str, view: View) -> npt.NDArray[np.bool_]:
    """Which values of a facet hold a text, but for case, accents and punctuation."""
    wanted = " ".join(plain_words(part))
    plain = view.once(("plain", name), lambda: [" ".join(plain_words(v)) for v in view.snapshot.facet(name).values])
    return np.fromiter((wanted in value for value in plain), np.bool_, len(plain))


_ORDERS: Final = {
    "count": lambda value: (-value.count, value.value),
    "value": lambda value: value.value,
}
