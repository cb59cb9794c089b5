"""Counts drawn as bars in a terminal: facets, histograms and statistics."""

from collections.abc import Iterator, Sequence
from typing import Final

import click

from searchq.cli.names import facet_name, missing_name, value_name
from searchq.cli.terminal import fitted, width
from searchq.cli.texts import count, gettext, gettext_noop, number
from searchq.query.hits import FacetCounts, Histogram, HistogramBar
from searchq.query.request import Interval

__all__ = ["bar", "bar_lines", "facet_lines", "histogram_lines"]

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_BAR_COLUMNS: Final = 24
_MIN_LABEL: Final = 12  # columns
_ASKED: Final = {
    "year": gettext_noop("asked, by year"),
    "quarter": gettext_noop("asked, by quarter"),
    "month": gettext_noop("asked, by month"),
    "day": gettext_noop("asked, by day"),
}


def bar(share: float, columns: int = _BAR_COLUMNS) -> str:
    """A bar of `share` (0 to 1) of the columns, to an eighth of a column; never empty for a share above 0."""
    eighths = max(round(share * columns * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def bar_lines(rows: Sequence[tuple[str, int]], marks: Sequence[str] | None = None) -> Iterator[str]:
    """One line per row: mark, label, count, bar; the row of missing values does not scale the bars."""
    most = max((amount for label, amount in rows if label != missing_name()), default=0) or 1
    figures = max((len(number(amount)) for _, amount in rows), default=1)
    room = width() - _BAR_COLUMNS - figures - len(" +   " + "  ")  # a mark, and spaces between the columns
    longest = min(max((len(label) for label, _ in rows), default=0), max(room, _MIN_LABEL))
    for place, (label, amount) in enumerate(rows):
        mark = marks[place] if marks else " "
        drawn = click.style(bar(min(amount / most, 1)), fg="cyan") if amount else ""
        yield f" {mark} {fitted(label, longest).ljust(longest)}  {number(amount):>{figures}}  {drawn}".rstrip()


def facet_lines(facet: FacetCounts) -> Iterator[str]:
    """A facet under its name: + marks what is selected, - what is excluded."""
    shown = len(facet.values)
    of = gettext("{shown} of {all}").format(shown=number(shown), all=number(facet.distinct))
    yield click.style(facet_name(facet.name), bold=True) + (f" ({of})" if facet.distinct > shown else "")
    marks = ["+" if value.selected else "-" if value.excluded else " " for value in facet.values]
    rows = [(value_name(facet.name, value.value), value.count) for value in facet.values]
    if facet.missing or facet.missing_selected or facet.missing_excluded:
        rows.append((missing_name(), facet.missing))
        marks.append("+" if facet.missing_selected else "-" if facet.missing_excluded else " ")
    yield from bar_lines(rows, marks)
    if facet.undated:
        left_out = gettext("   {answers} of the Chamber left out: it does not publish their days")
        yield click.style(left_out.format(answers=count(facet.undated, "answer", "answers")), dim=True)


def histogram_lines(histogram: Histogram) -> Iterator[str]:
    """A histogram by date: one bar per year, quarter, month or day."""
    yield click.style(gettext(_ASKED[histogram.interval]), bold=True)
    rows = [(_period(bar_, histogram.interval), bar_.count) for bar_ in histogram.bars]
    yield from bar_lines(rows)
    if histogram.undated:
        without = gettext("   {questions} without a date")
        yield click.style(without.format(questions=count(histogram.undated, "question", "questions")), dim=True)


def _period(bar_: HistogramBar, interval: Interval) -> str:
    """The period of a bar: 2013, 2013 Q2, 2013-04, 2013-04-30."""
    if interval == "quarter":
        return gettext("{year} Q{quarter}").format(year=bar_.first.year, quarter=(bar_.first.month + 2) // 3)
    return bar_.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[interval]]
