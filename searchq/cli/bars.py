"""Counts drawn as bars in a terminal: facets, histograms and statistics."""

from collections.abc import Iterator, Sequence
from typing import Final

import click

from searchq.cli.terminal import counted, fitted, width
from searchq.query.facet_table import MISSING_VALUE
from searchq.query.hits import FacetCounts, Histogram, HistogramBar
from searchq.query.request import Interval

__all__ = ["bar", "bar_lines", "facet_lines", "histogram_lines"]

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_BAR_COLUMNS: Final = 24
_MIN_LABEL: Final = 12  # columns


def bar(share: float, columns: int = _BAR_COLUMNS) -> str:
    """A bar of `share` (0 to 1) of the columns, to an eighth of a column; never empty for a share above 0."""
    eighths = max(round(share * columns * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def bar_lines(rows: Sequence[tuple[str, int]], marks: Sequence[str] | None = None) -> Iterator[str]:
    """One line per row: mark, label, count, bar; the row of missing values does not scale the bars."""
    most = max((count for label, count in rows if label != MISSING_VALUE), default=0) or 1
    figures = max((len(f"{count:,}") for _, count in rows), default=1)
    room = width() - _BAR_COLUMNS - figures - len(" +   " + "  ")  # a mark, and spaces between the columns
    longest = min(max((len(label) for label, _ in rows), default=0), max(room, _MIN_LABEL))
    for place, (label, count) in enumerate(rows):
        mark = marks[place] if marks else " "
        drawn = click.style(bar(min(count / most, 1)), fg="cyan") if count else ""
        yield f" {mark} {fitted(label, longest).ljust(longest)}  {count:>{figures},}  {drawn}".rstrip()


def facet_lines(facet: FacetCounts) -> Iterator[str]:
    """A facet under its name: + marks what is selected, - what is excluded."""
    shown = len(facet.values)
    more = f" ({shown:,} of {facet.distinct:,})" if facet.distinct > shown else ""
    yield click.style(facet.name.replace("_", "-"), bold=True) + more
    marks = ["+" if value.selected else "-" if value.excluded else " " for value in facet.values]
    rows = [(value.value, value.count) for value in facet.values]
    if facet.missing or facet.missing_selected or facet.missing_excluded:
        rows.append((MISSING_VALUE, facet.missing))
        marks.append("+" if facet.missing_selected else "-" if facet.missing_excluded else " ")
    yield from bar_lines(rows, marks)
    if facet.undated:
        answers = counted(facet.undated, "answer")
        yield click.style(f"   {answers} of the Chamber left out: it does not publish their days", dim=True)


def histogram_lines(histogram: Histogram) -> Iterator[str]:
    """A histogram by date: one bar per year, quarter, month or day."""
    yield click.style(f"asked, by {histogram.interval}", bold=True)
    rows = [(_period(bar_, histogram.interval), bar_.count) for bar_ in histogram.bars]
    yield from bar_lines(rows)
    if histogram.undated:
        yield click.style(f"   {counted(histogram.undated, 'question')} without a date", dim=True)


def _period(bar_: HistogramBar, interval: Interval) -> str:
    """The period of a bar: 2013, 2013 Q2, 2013-04, 2013-04-30."""
    if interval == "quarter":
        return f"{bar_.first.year} Q{(bar_.first.month + 2) // 3}"
    return bar_.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[interval]]
