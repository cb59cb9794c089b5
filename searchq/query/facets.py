"""Counts: how many matching documents carry each value of a facet, and how they spread along time.

Every count is exact. Matches are document numbers, a facet is a column of codes, and a count is one `bincount` over
the codes of the matches; of many matches, and a facet of several values, one look at the documents of each value.
Values stand sorted, so ordering by code is ordering by value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.index.columns import FacetColumn
from searchq.index.encoding import starts_of
from searchq.limits import MAX_FACET_VALUES
from searchq.query.execute.matches import Docs
from searchq.query.filters import Chosen, code_of
from searchq.query.hits import FacetCounts, FacetValue
from searchq.query.request import FacetName, FacetQuery
from searchq.query.values import plain_words
from searchq.query.view import View

__all__ = ["count_facet"]

Counts = npt.NDArray[np.intp]

_FREQUENT: Final = 128  # the documents of a value that one in so many carries are quicker told by bits
_DENSE: Final = 6  # from one match in so many documents, reading a whole column beats gathering from it


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
    if len(docs) * _DENSE > view.snapshot.max_doc:
        counts = _counted_by_value(name, docs, view)
        return counts[:size], int(counts[size])
    starts = column.indptr[docs].astype(np.intp)
    lengths = column.indptr[docs + 1] - starts
    missing = len(docs) - int(np.count_nonzero(lengths))
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return np.bincount(codes[places], minlength=size), missing


@dataclass(frozen=True, slots=True, eq=False)
class _ByValue:
    """A facet of several values the other way round: the documents of each value, those of frequent ones as bits.

    frequent: codes, the one after the last of documents without a value; bits uint64[frequent, max_doc / 64]; owners
    intp[…]: the documents of all other codes, which are `others`, from `starts` on.
    """

    frequent: Counts
    bits: npt.NDArray[np.uint64]
    others: Counts
    starts: Counts
    owners: Docs


def _counted_by_value(name: FacetName, docs: Docs, view: View) -> Counts:
    """The same for a facet of several values, reading the whole column by value; at the end, how many carry none."""
    column = view.once(("by value", name), lambda: _by_value(view.snapshot.facet(name), view.snapshot.max_doc))
    held = np.zeros(view.snapshot.max_doc, np.bool_)
    held[docs] = True
    counts = np.zeros(len(view.snapshot.facet(name).values) + 1, np.intp)
    if len(column.frequent):
        counts[column.frequent] = np.bitwise_count(column.bits & _packed(held)).sum(axis=1, dtype=np.intp)
    if len(column.others):
        counts[column.others] = np.add.reduceat(held.view(np.uint8)[column.owners], column.starts, dtype=np.int32)
    return counts


def _by_value(column: FacetColumn, max_doc: int) -> _ByValue:
    assert column.indptr is not None  # several values a document
    held = np.diff(column.indptr)
    bare = (held == 0).nonzero()[0]
    codes = np.append(column.codes, np.full(len(bare), len(column.values)))
    order = np.argsort(codes, kind="stable")
    owners = np.append(np.repeat(np.arange(max_doc), held), bare)[order]
    counts = np.bincount(codes, minlength=len(column.values) + 1)
    often = counts * _FREQUENT > max_doc
    rows = np.zeros((np.count_nonzero(often), max_doc), np.bool_)
    of_frequent = np.repeat(often, counts)
    rows[np.repeat(np.arange(len(rows)), counts[often]), owners[of_frequent]] = True
    others = (~often & (counts > 0)).nonzero()[0]
    return _ByValue(often.nonzero()[0], _packed(rows), others, starts_of(counts[others])[:-1], owners[~of_frequent])


def _packed(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """Eight bools a byte, in numbers of 64; each row is filled up."""
    short = -rows.shape[-1] % 64
    filled = np.pad(rows, [*[(0, 0)] * (rows.ndim - 1), (0, short)])
    return np.packbits(filled, axis=-1).view(np.uint64)


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
