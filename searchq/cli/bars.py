"""Counts drawn as bars in a terminal: facets, histograms and statistics."""

from collections.abc import Iterator, Sequence

import click

from searchq.query.hits import FacetCounts, Histogram

__all__ = ["bar", "bar_lines", "facet_lines", "histogram_lines"]

_EIGHTHS = " ▏▎▍▌▋▊▉"
_BAR_COLUMNS = 24
_LABEL_COLUMNS = 60


def bar(share: float, columns: int = _BAR_COLUMNS) -> str:
    """A bar of `share` (0 to 1) of the columns, to an eighth of a column; never empty for a share above 0."""
    eighths = max(round(share * columns * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def bar_lines(rows: Sequence[tuple[str, int]], marks: Sequence[str] | None = None) -> Iterator[str]:
    """One line a row: mark, label, count, bar."""
    longest = min(max((len(label) for label, _ in rows), default=0), _LABEL_COLUMNS)
    most = max((count for _, count in rows), default=0) or 1
    figures = len(str(most))
    for place, (label, count) in enumerate(rows):
        shown = label if len(label) <= longest else label[: longest - 1] + "…"
        mark = marks[place] if marks else " "
        drawn = click.style(bar(count / most), fg="cyan") if count else ""
        yield f" {mark} {shown.ljust(longest)}  {count:>{figures}}  {drawn}".rstrip()


def facet_lines(facet: FacetCounts) -> Iterator[str]:
    """A facet under its name: + marks what is selected, - what is excluded."""
    shown = len(facet.values)
    more = f" ({shown} of {facet.distinct})" if facet.distinct > shown else ""
    yield click.style(facet.name.replace("_", "-"), bold=True) + more
    marks = ["+" if value.selected else "-" if value.excluded else " " for value in facet.values]
    yield from bar_lines([(value.value, value.count) for value in facet.values], marks)
    if facet.missing:
        yield click.style(f"   without: {facet.missing}", dim=True)


def histogram_lines(histogram: Histogram) -> Iterator[str]:
    """Questions along time, a bar a year, quarter, month or day."""
    yield click.style(f"asked, by {histogram.interval}", bold=True)
    cut = {"year": 4, "quarter": 7, "month": 7, "day": 10}[histogram.interval]
    yield from bar_lines([(bar_.first.isoformat()[:cut], bar_.count) for bar_ in histogram.bars])
    if histogram.undated:
        yield click.style(f"   undated: {histogram.undated}", dim=True)
