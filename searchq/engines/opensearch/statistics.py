"""Statistics by a facet: every combination of value, status and days is counted, so that medians are exact.

The cluster answers in pages of combinations; there are far fewer of them than questions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from searchq.engines.opensearch.fields import counted_as
from searchq.engines.opensearch.matches import Asked
from searchq.engines.opensearch.values import composite, labels_of
from searchq.legislatures import has_ended
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.statistics import Statistics, StatisticsRow

__all__ = ["statistics"]

_FIELDS: Final = {
    "status": "status",
    "legislature": "legislature",
    "delay": "delay_days",
    "published": "published_after",
}
_ANSWERED: Final = ("answered", "answered-without-text")
Days = Counter[int]


class _Group:
    """The questions of one value."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.exact: Days = Counter()
        self.at_most: Days = Counter()

    def add(self, key: Mapping[str, Any], count: int) -> None:
        """Add so many questions alike."""
        self.statuses[_status(key)] += count
        if key["status"] in _ANSWERED:
            if key["delay"] is not None:
                self.exact[key["delay"]] += count
            elif key["published"] is not None:
                self.at_most[key["published"]] += count


def statistics(by: FacetName, asked: Asked) -> Statistics:
    """Return one row per value, one for questions without any, and the total."""
    facet, view = facet_named(by), asked.view
    query, labels = asked.passing(asked.matching()), labels_of(by, view)
    groups, every = dict[str | None, _Group](), _Group()
    for key, count in composite({"value": counted_as(facet), **_FIELDS}, query, view):
        label = None if key["value"] is None else labels[key["value"]]
        groups.setdefault(label, _Group()).add(key, count)
    for key, count in composite(_FIELDS, query, view):
        every.add(key, count)
    rows = [_row(value, group) for value, group in groups.items()]
    rows.sort(
        key=lambda row: (row.value is None, 0 if facet.by_value else -row.questions, *facet.rank(row.value or ""))
    )
    return Statistics(by, tuple(rows), _row(None, every))


def _status(key: Mapping[str, Any]) -> str:
    """Return the status; what is open of a legislature that ended has lapsed with it."""
    status, legislature = key["status"] or "unknown", key["legislature"]
    lapsed = status == "open" and legislature is not None and has_ended(int(legislature))
    return "end-of-legislature" if lapsed else status


def _row(value: str | None, group: _Group) -> StatisticsRow:
    counts = group.statuses
    return StatisticsRow(
        value,
        questions=counts.total(),
        answered=sum(counts[one] for one in _ANSWERED),
        without_text=counts["answered-without-text"],
        open=counts["open"],
        closed=counts["closed"],
        end_of_legislature=counts["end-of-legislature"],
        requalified=counts["requalified"],
        unknown=counts["unknown"],
        median_days=_median(group.exact),
        p90_days=_at(group.exact, -(-9 * group.exact.total() // 10)),
        median_days_at_most=_median(group.at_most),
        p90_days_at_most=_at(group.at_most, -(-9 * group.at_most.total() // 10)),
    )


def _median(days: Days) -> float | None:
    total = days.total()
    low, high = _at(days, (total + 1) // 2), _at(days, total // 2 + 1)
    return None if low is None or high is None else (low + high) / 2


def _at(days: Days, place: int) -> int | None:
    """Return the n-th of the days in order, from 1; None if there are none."""
    for day, count in _ordered(days):
        place -= count
        if place <= 0:
            return day
    return None


def _ordered(days: Days) -> Iterable[tuple[int, int]]:
    return sorted(days.items())
