"""Plot geometry: numbers to coordinates; the template draws them as SVG.

Coordinates are in view box units, x to the right and y down. The style sheet sets colours and strokes.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from searchq.query.statistics import StatisticsRow

__all__ = ["DelayChart", "Point", "Spread", "delay_chart", "nice_ticks", "spreads"]

WIDTH: Final = 720.0
HEIGHT: Final = 260.0
LEFT: Final = 44.0  # room for the numbers of the axis
RIGHT: Final = 12.0
TOP: Final = 12.0
BOTTOM: Final = 28.0
MAX_LABELS: Final = 12
FEW_LABELS: Final = 4  # fit on a phone


class Point(NamedTuple):
    """One year: where its median and its 90th percentile lie."""

    label: str
    x: float
    median: float
    p90: float
    row: StatisticsRow


class Tick(NamedTuple):
    """A line of the grid."""

    value: float
    place: float


class DelayChart(Struct, frozen=True):
    """A line of medians and a band up to the 90th percentiles, by year."""

    width: float
    height: float
    left: float
    base: float
    line: str  # points of a polyline
    band: str  # points of a polygon
    points: list[Point]
    labelled: frozenset[str]
    minor: frozenset[str]  # labels hidden on a narrow screen
    ticks: list[Tick]


class Spread(NamedTuple):
    """A row's median and 90th percentile as percentages of the largest, for a bar with a whisker."""

    median: float
    p90: float


def delay_chart(rows: Sequence[StatisticsRow]) -> DelayChart | None:
    """The chart of answer delays by year; None with fewer than two years."""
    known = [row for row in rows if row.value and row.median_days is not None and row.p90_days is not None]
    if len(known) < 2:
        return None
    ticks = nice_ticks(max(row.p90_days or 0 for row in known))
    top = ticks[-1] or 1.0

    def height(days: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - days / top), 1)

    first, last = (int(row.value or 0) for row in (known[0], known[-1]))
    step = (WIDTH - LEFT - RIGHT) / max(last - first, 1)
    points = [
        Point(row.value or "", _across(row, first, step), height(row.median_days or 0), height(row.p90_days or 0), row)
        for row in known
    ]
    line = " ".join(f"{point.x},{point.median}" for point in points)
    roof = " ".join(f"{point.x},{point.p90}" for point in points)
    floor = " ".join(f"{point.x},{point.median}" for point in reversed(points))
    every = -(-len(points) // MAX_LABELS)
    labelled = [point.label for point in points[::every]]
    return DelayChart(
        WIDTH, HEIGHT, LEFT, HEIGHT - BOTTOM, line, f"{roof} {floor}", points,
        frozenset(labelled), frozenset(labelled[1::2] if len(labelled) > FEW_LABELS else ()),
        [Tick(tick, height(tick)) for tick in ticks],
    )  # fmt: skip


def _across(row: StatisticsRow, first: int, step: float) -> float:
    """The x coordinate of a year; years without answers keep their space."""
    return round(LEFT + (int(row.value or 0) - first) * step, 1)


def spreads(rows: Sequence[StatisticsRow]) -> list[Spread]:
    """Each row's delays relative to the slowest row."""
    widest = max((row.p90_days or 0 for row in rows), default=0) or 1
    return [
        Spread(round(100 * (row.median_days or 0) / widest, 1), round(100 * (row.p90_days or 0) / widest, 1))
        for row in rows
    ]


_STEPS: Final = (1, 2, 5, 10)


def nice_ticks(most: float, about: int = 4) -> list[float]:
    """Round tick values from 0 to at least `most`, about as many as asked: 0, 100, 200, 300."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / about
    power = 1.0
    while power * 10 <= rough:
        power *= 10
    step = max(1.0, next(power * one for one in _STEPS if power * one >= rough))
    ticks = [0.0]
    while ticks[-1] < most:
        ticks.append(ticks[-1] + step)
    return ticks
