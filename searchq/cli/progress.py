"""A progress line with rate and remaining time on a terminal, silence everywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Task

__all__ = ["progress"]

Advance = Callable[[int, int | None], None]


@contextmanager
def progress(task: str, quiet: bool = False) -> Iterator[Advance]:
    """A callback `advance(done, total)`; `total` is None while it is unknown."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console  # only a terminal pays for the drawing library
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30, complete_style="cyan", finished_style="cyan", pulse_style="cyan"),
        TextColumn("{task.fields[told]}"),
        console=Console(stderr=True, highlight=False),
        transient=True,
    ) as drawn:
        bar = drawn.add_task(task, total=None, told="")

        def advance(done: int, total: int | None) -> None:
            drawn.update(bar, completed=done, total=total)
            drawn.update(bar, told=_told(drawn.tasks[0]))

        yield advance


def _told(task: "Task") -> str:
    """1,089 of 3,811 · 677 a second · 0:04 left; what is not known yet is left out."""
    if task.finished:  # reading is; what was read last is still analysed and written
        return f"{task.completed:,.0f} read · writing the index"
    parts = [f"{task.completed:,.0f}" + (f" of {task.total:,.0f}" if task.total else " documents")]
    if task.speed:
        parts.append(f"{task.speed:,.0f} a second")
    if task.time_remaining is not None:
        minutes, seconds = divmod(round(task.time_remaining), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    return " · ".join(parts)
