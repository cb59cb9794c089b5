"""Answer delays drawn by matplotlib, as SVG or PNG."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from searchq.cli.texts import gettext
from searchq.errors import RequestError
from searchq.query.statistics import StatisticsRow

try:
    from matplotlib.figure import Figure
except ImportError as error:
    raise RequestError(gettext("Plotting requires the extra 'plot': pip install 'searchq[plot]'.")) from error

__all__ = ["draw_delays"]

_LABEL_LETTERS: Final = 48
_ROW_INCHES: Final = 0.3
_DOTS_PER_INCH: Final = 150
_PALE, _DARK = "#c9d6e2", "#1f4e79"


def draw_delays(rows: Sequence[tuple[str, StatisticsRow]], path: Path) -> None:
    """Draw medians as bars with 90th percentiles behind them; the extension of `path` is the format."""
    known = [(label[:_LABEL_LETTERS], row) for label, row in rows if row.median_days is not None][::-1]
    labels = [label for label, _ in known]
    figure = Figure(figsize=(9, 1.2 + _ROW_INCHES * len(known)), layout="constrained")
    axes = figure.subplots()
    axes.barh(labels, [row.p90_days or 0 for _, row in known], color=_PALE, label=gettext("nine in ten answers within"))
    medians = [row.median_days or 0 for _, row in known]
    axes.barh(labels, medians, color=_DARK, label=gettext("half of the answers within"), height=0.5)
    axes.set_xlabel(gettext("days from question to answer"))
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(frameon=False, loc="outside lower right", ncols=2)
    figure.savefig(path, dpi=_DOTS_PER_INCH)
