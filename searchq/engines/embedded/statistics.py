"""Statistics per minister, party, author or year: number of questions, days to the answer, unanswered questions.

Computed over whole columns: the documents of a request, the codes of a facet, the days to the answer. A document with
several values of a facet counts for each of them.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from searchq.legislatures import has_ended
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.statistics import Statistics, StatisticsRow

__all__ = ["STATUSES", "Columns", "statistics"]

Ints = npt.NDArray[np.integer]
_Percentiles: TypeAlias = tuple[float | None, int | None]  # median, 90th

STATUSES: Final = (
    *("answered", "answered-without-text", "open", "closed", "end-of-legislature", "requalified"),
    "unknown",
)


class FacetColumn(Protocol):
    """A facet's values and the codes of each document, as in `searchq.index.read.columns`."""

    @property
    def values(self) -> tuple[str, ...]: ...
    @property
    def indptr(self) -> Ints | None: ...
    @property
    def codes(self) -> Ints: ...


class Columns(Protocol):
    """The part of a snapshot that statistics use."""

    def facet(self, name: str, /) -> FacetColumn: ...
    def integers(self, name: str, /) -> Ints: ...


def statistics(by: FacetName, docs: Ints, snapshot: Columns, missing: int) -> Statistics:
    """Return statistics of the documents `docs` (int[n]) by a facet; `missing` marks an unknown delay in its column."""
    column, status = snapshot.facet(by), _statuses(snapshot, docs)
    days = _days(snapshot, docs, _is_answered(status), missing)
    places, codes = _pairs(column, docs)
    groups = len(column.values) + 1  # the last group is the documents without a value
    rows = _rows([*column.values, None], np.where(codes < 0, groups - 1, codes), status[places], days.at(places))
    everything = np.zeros(len(docs), np.intp)
    (total,) = _rows([None], everything, status, days) or (_NOTHING,)
    return Statistics(by, tuple(sorted(rows, key=_order(by))), total)


class _Days(NamedTuple):
    """Days from question to answer and to its publication (int[n]); -1 where they are unknown or not wanted."""

    exact: Ints
    at_most: Ints

    def at(self, places: Ints) -> "_Days":
        return _Days(self.exact[places], self.at_most[places])


def _days(snapshot: Columns, docs: Ints, is_answered: npt.NDArray[np.bool_], missing: int) -> _Days:
    """The days of each document; of one whose delay is known exactly, the day of publication tells nothing more."""
    delays, asked, published = (np.asarray(snapshot.integers(name))[docs] for name in _DAYS)
    is_exact = is_answered & (delays != missing)
    is_bounded = is_answered & ~is_exact & (asked != missing) & (published != missing) & (published >= asked)
    return _Days(np.where(is_exact, delays, -1), np.where(is_bounded, published - asked, -1))


_DAYS: Final = ("delay_days", "date", "published")
_NOTHING: Final = StatisticsRow(None, 0, 0, 0, 0, 0, 0, 0, None, None)


def _order(by: FacetName) -> Callable[[StatisticsRow], tuple[bool, int, int, str]]:
    """Return a sort key for rows: without a value last; by size, or by value for facets with their own order."""
    facet = facet_named(by)
    return lambda row: (row.value is None, 0 if facet.by_value else -row.questions, *facet.rank(row.value or ""))


def _statuses(snapshot: Columns, docs: Ints) -> Ints:
    """Return the status of each document as a place in STATUSES (int[n]); open ones lapse with their legislature."""
    status, legislature = _own_order(snapshot.facet("status"), docs), snapshot.facet("legislature")
    ended = np.array([*map(has_ended, map(int, legislature.values)), False])
    lapsed = (status == STATUSES.index("open")) & ended[legislature.codes[docs]]
    return np.where(lapsed, STATUSES.index("end-of-legislature"), status)


def _own_order(status: FacetColumn, docs: Ints) -> Ints:
    """Return the status of each document as a place in STATUSES (int[n]); a missing status is unknown."""
    unknown = STATUSES.index("unknown")
    table = np.array([*(STATUSES.index(value) if value in STATUSES else unknown for value in status.values), unknown])
    own: Ints = table[status.codes[docs]]
    return own


def _is_answered(status: Ints) -> npt.NDArray[np.bool_]:
    return status <= STATUSES.index("answered-without-text")


def _pairs(column: FacetColumn, docs: Ints) -> tuple[Ints, Ints]:
    """Return each (place in docs, code) of the documents; code -1 once for a document without a value."""
    if column.indptr is None:
        return np.arange(len(docs)), np.asarray(column.codes)[docs]
    starts, ends = column.indptr[docs].astype(np.int64), column.indptr[np.asarray(docs) + 1].astype(np.int64)
    counts = ends - starts
    places = np.repeat(np.arange(len(docs)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    codes = np.asarray(column.codes)[np.repeat(starts, counts) + within]
    bare = np.flatnonzero(counts == 0)
    return np.concatenate([places, bare]), np.concatenate([codes, np.full(len(bare), -1)])


def _rows(values: list[str | None], groups: Ints, status: Ints, days: _Days) -> list[StatisticsRow]:
    """Return one row per group with documents; `groups` and `status` are int[n]."""
    kinds = len(STATUSES)
    table = np.bincount(groups * kinds + status, minlength=len(values) * kinds).reshape(len(values), kinds)
    exact, at_most = (list(zip(*_percentiles(groups, each, len(values)), strict=True)) for each in days)
    return [
        _row(values[group], counts.tolist(), exact[group], at_most[group])
        for group, counts in enumerate(table)
        if counts.any()
    ]


def _row(value: str | None, counts: list[int], exact: _Percentiles, at_most: _Percentiles) -> StatisticsRow:
    """Return a row from the counts of each status, in the order of STATUSES."""
    answered, without_text, open_, closed, ended, requalified, unknown = counts
    return StatisticsRow(
        value,
        sum(counts),
        answered + without_text,
        without_text,
        open_,
        closed,
        ended,
        requalified,
        *exact,
        unknown,
        *at_most,
    )


def _percentiles(groups: Ints, delays: Ints, size: int) -> tuple[list[float | None], list[int | None]]:
    """Return the median and 90th percentile of each group's known delays, from one sort of all."""
    known = delays >= 0
    groups, delays = groups[known], delays[known]
    delays = delays[np.lexsort((delays, groups))]
    counts = np.bincount(groups, minlength=size)
    starts = np.cumsum(counts) - counts
    medians: list[float | None] = [None] * size
    highs: list[int | None] = [None] * size
    for group in np.flatnonzero(counts):
        count, start = int(counts[group]), int(starts[group])
        middle = delays[start + (count - 1) // 2], delays[start + count // 2]
        medians[group] = (int(middle[0]) + int(middle[1])) / 2
        highs[group] = int(delays[start + -(-9 * count // 10) - 1])
    return medians, highs
