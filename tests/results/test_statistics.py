import math
import statistics as standard
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.statistics import STATUSES, statistics
from searchq.query.statistics import Statistics, StatisticsRow

MISSING = -(2**31)


@dataclass
class Column:
    values: tuple[Any, ...]
    indptr: object
    codes: object


class Table:
    """Documents as (several facet values, status, delay), with the columns a snapshot would give."""

    def __init__(self, docs: Any, multi: Any) -> None:
        self.docs = docs
        values = tuple(sorted({value for found, _, _ in docs for value in found}))
        flat = [values.index(value) for found, _, _ in docs for value in found]
        first = [values.index(found[0]) if found else -1 for found, _, _ in docs]
        starts = np.cumsum([0, *(len(found) for found, _, _ in docs)])
        known = tuple(sorted({status for _, status, _ in docs if status}))
        self.columns = {
            "party": Column(values, starts if multi else None, np.array(flat if multi else first, np.int32)),
            "status": Column(
                known, None, np.array([known.index(s) if s else -1 for _, s, _ in docs], np.int32)
            ),
            "legislature": Column((), None, np.full(len(docs), -1, np.int32)),
        }  # fmt: skip
        self.delays = np.array([MISSING if delay is None else delay for _, _, delay in docs], np.int32)

    def facet(self, name: Any) -> Any:
        return self.columns[name]

    def integers(self, name: Any) -> Any:
        return self.delays


def plain_row(value: Any, docs: Any) -> Any:
    count = {status: sum(found == status for _, found, _ in docs) for status in STATUSES}
    delays = sorted(d for _, s, d in docs if s in STATUSES[:2] and d is not None)
    return StatisticsRow(
        value=value,
        questions=len(docs),
        answered=count["answered"] + count["answered-without-text"],
        without_text=count["answered-without-text"],
        open=count["open"],
        closed=count["closed"],
        end_of_legislature=count["end-of-legislature"],
        requalified=count["requalified"],
        median_days=standard.median(delays) if delays else None,
        p90_days=delays[math.ceil(len(delays) * 9 / 10) - 1] if delays else None,
        unknown=count["unknown"] + sum(found is None for _, found, _ in docs),
    )


def plain_statistics(docs: Any) -> Any:
    """The same table by loops over documents."""
    values = {value for found, _, _ in docs for value in found}
    rows = [plain_row(value, [doc for doc in docs if value in doc[0]]) for value in values]
    rows.sort(key=lambda row: (-row.questions, row.value))
    bare = [doc for doc in docs if not doc[0]]
    return Statistics("party", (*rows, *([plain_row(None, bare)] if bare else [])), plain_row(None, docs))


DOCS = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abc"), max_size=3, unique=True),
        st.sampled_from([*STATUSES, None]),
        st.none() | st.integers(0, 400),
    ),
    min_size=1,
    max_size=30,
)


@given(DOCS, st.booleans(), st.data())
def test_statistics_equal_those_of_plain_loops(docs: Any, multi: Any, data: Any) -> None:
    if not multi:
        docs = [(found[:1], status, delay) for found, status, delay in docs]
    chosen = sorted(data.draw(st.sets(st.integers(0, len(docs) - 1))))
    table = Table(docs, multi)
    assert statistics("party", np.array(chosen, np.int32), table, MISSING) == plain_statistics(
        [docs[place] for place in chosen]
    )


def test_lapsed_closed_and_open_questions_are_unanswered_and_requalified_or_unknown_ones_are_not() -> None:
    row = StatisticsRow("MR", 12, 6, 1, 1, 1, 1, 1, 30.0, 90, unknown=2)
    assert (row.unanswered, row.answered_share) == (3, 6 / 9)
