"""A progress bar with rate and remaining time on a terminal, silence everywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]


@contextmanager
def progress(task: str, quiet: bool = False) -> Iterator[Callable[[int, int | None], None]]:
    """A callback `advance(done, total)`; `total` is None while it is unknown."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console  # only a terminal pays for the drawing library
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        bar = drawn.add_task(task, total=None, rate="")

        def advance(done: int, total: int | None) -> None:
            speed = drawn.tasks[0].speed
            drawn.update(bar, completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

        yield advance
