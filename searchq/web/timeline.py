"""The histogram of the hits by date; each bar links to its range of days."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from searchq.query.hits import Histogram, HistogramBar
from searchq.query.request import Interval, Request
from searchq.web import links, texts

__all__ = ["Bar", "Timeline", "timeline"]

MAX_LABELS: Final = 12  # under the bars; more would overlap
FEW_LABELS: Final = 6  # fit on a phone
MIN_QUESTIONS: Final = 5  # fewer need no chart
MIN_HEIGHT: Final = 2.0  # per cent; keeps a single question visible


class Bar(NamedTuple):
    """One range of days: the height of its bar and its URL."""

    name: str
    label: str  # under the axis; mostly empty if there are many bars
    minor: bool  # a label hidden on a narrow screen
    questions: int
    height: float  # per cent of the highest
    path: str


class Timeline(NamedTuple):
    """All bars, with their scale and totals."""

    bars: list[Bar]
    undated: int
    highest: int


def timeline(histogram: Histogram | None, request: Request) -> Timeline | None:
    """The histogram as links; None for a single bar or fewer than MIN_QUESTIONS questions."""
    if histogram is None or len(histogram.bars) < 2 or sum(bar.count for bar in histogram.bars) < MIN_QUESTIONS:
        return None
    highest = max(bar.count for bar in histogram.bars) or 1
    names = [texts.period(bar.first, bar.last) for bar in histogram.bars]
    labels = _labels(histogram)
    shown = [label for label in labels if label]
    minor = frozenset(shown[1::2] if len(shown) > FEW_LABELS else ())
    path = links.within_paths(request)
    bars = [
        Bar(name, label, label in minor, bar.count, _height(bar.count, highest), path(bar.first, bar.last))
        for bar, name, label in zip(histogram.bars, names, labels, strict=True)
    ]
    return Timeline(bars, histogram.undated, highest)


def _height(count: int, highest: int) -> float:
    return round(max(100 * count / highest, MIN_HEIGHT), 1) if count else 0.0


def _labels(histogram: Histogram) -> list[str]:
    """Labels for as many bars as fit: the first bar of each year or month, thinned to MAX_LABELS."""
    short = [_SHORT[histogram.interval](bar) for bar in histogram.bars]
    first = [at for at, label in enumerate(short) if at == 0 or label != short[at - 1]]
    step = -(-len(first) // MAX_LABELS)
    kept = set(first[::step])
    return [label if at in kept else "" for at, label in enumerate(short)]


_SHORT: Final[Mapping[Interval, Callable[[HistogramBar], str]]] = {
    "year": lambda bar: str(bar.first.year),
    "quarter": lambda bar: str(bar.first.year),
    "month": lambda bar: str(bar.first.year),
    "day": lambda bar: texts.date(bar.first).split(" ", 1)[1],
}
