"""A progress line with rate and remaining time, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Task

__all__ = ["Advance", "progress", "rate", "remaining"]


class Advance(Protocol):
    """Report progress; `total` is None while unknown, `note` adds a detail."""

    def __call__(self, done: int, total: int | None, note: str = "") -> None: ...


@contextmanager
def progress(task: str, quiet: bool = False, tell: "Callable[[Task], str] | None" = None) -> Iterator[Advance]:
    """Yield a callback `advance(done, total)`; `tell` formats the state of the task."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, note="": None
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
        bar = drawn.add_task(task, total=None, told="", note="")

        def advance(done: int, total: int | None, note: str = "") -> None:
            drawn.update(bar, completed=done, total=total, note=note)
            drawn.update(bar, told=(tell or _told)(drawn.tasks[0]))

        yield advance


def _told(task: "Task") -> str:
    """1,089 of 3,811 · 677 a second · 0:04 left; unknown values are omitted."""
    if task.finished:  # reading is finished; analysing and writing go on
        return f"{task.completed:,.0f} read · writing the index"
    parts = [f"{task.completed:,.0f}" + (f" of {task.total:,.0f}" if task.total else " documents")]
    if task.speed:
        parts.append(rate(task.speed))
    if task.time_remaining is not None:
        parts.append(remaining(task.time_remaining))
    return " · ".join(parts)


def rate(a_second: float) -> str:
    """677 a second; 24 a minute."""
    return f"{a_second:,.0f} a second" if a_second >= 2 else f"{a_second * 60:,.0f} a minute"


def remaining(seconds: float) -> str:
    """0:04 left; 18:20:00 left."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"
