"""How time, size and memory grow with a collection: the figures in growth.jsonl as a plot, docs/growth.svg.

A line of growth.jsonl joins what `grow` and `query --generated` printed of one size.
"""

import json
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.report import DOCS

__all__ = ["plot"]

_QUERIES: Final = ("topic", "title", "broad", "phrase", "prefix")
_MEMORY: Final = {"peak_mb": "writer, peak", "private_mb": "server, its own", "megabytes": "index on disk"}


def plot() -> Path:
    """Draw docs/growth.svg, and return its path."""
    from matplotlib.figure import Figure  # of the extra `bench`

    rows = [json.loads(line) for line in Path(__file__).with_name("growth.jsonl").read_text("utf-8").splitlines()]
    counts = [row["count"] for row in rows]
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    times, sizes = figure.subplots(1, 2)
    for kind in _QUERIES:
        _line(times, counts, [row["ms"][kind][0] for row in rows], kind)
    for key, label in _MEMORY.items():
        _line(sizes, counts, [row[key] for row in rows], label)
    for axes, title, unit in ((times, "Top 20, p50", "processor ms"), (sizes, "Memory and size", "MB")):
        axes.set_title(title, fontsize=11)
        axes.set_ylabel(unit)
        axes.set_xlabel("questions")
        axes.set_xticks(counts, [f"{count:,}" for count in counts])
        axes.minorticks_off()
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
    path = DOCS / "growth.svg"
    figure.savefig(path, metadata={"Date": None})
    return path


def _line(axes: Any, counts: list[int], values: list[float], label: str) -> None:
    axes.loglog(counts, values, marker="o", label=label)
