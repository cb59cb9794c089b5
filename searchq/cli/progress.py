"""A progress line with rate and remaining time, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

import click
from msgspec import Struct

from searchq.cli.texts import gettext, number

__all__ = ["Advance", "Progress", "progress", "rate", "remaining"]

_BAR_COLUMNS: Final = 30
_ERASE_LINE: Final = "\r\x1b[K"


class Advance(Protocol):
    """Report progress; `total` is None while unknown, `note` adds a detail."""

    def __call__(self, done: int, total: int | None, note: str = "") -> None: ...


class Progress(Struct, frozen=True):
    """How far a task is; `speed` is steps a second, `seconds` what remains, both None while unknown."""

    done: int
    total: int | None
    speed: float | None
    seconds: float | None
    note: str = ""


@contextmanager
def progress(task: str, quiet: bool = False, tell: Callable[[Progress], str] | None = None) -> Iterator[Advance]:
    """Yield a callback `advance(done, total)`; `tell` formats the state of the task."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, note="": None
        return
    shown = click.progressbar(
        length=1,
        label=task,
        file=sys.stderr,
        width=_BAR_COLUMNS,
        show_eta=False,
        show_percent=False,
        fill_char="━",
        empty_char="┄",
        bar_template="%(label)s %(bar)s %(info)s",
        item_show_func=lambda line: line or "",
    )
    with shown as bar:
        before, last = "", time.time()

        def advance(done: int, total: int | None, note: str = "") -> None:
            nonlocal before, last
            bar.length, bar.finished = total, False
            if done < bar.pos or (note and not before):  # what is counted now is another thing, begun after the last
                bar.pos, bar.start, bar.avg = 0, last, []
            before, last = note, time.time()
            step = bar.time_per_iteration  # the mean of the last seconds; 0 in the first
            state = Progress(done, total, 1 / step if step else None, bar.eta if step and total else None, note)
            bar.update(done - bar.pos, (tell or _told)(state))

        try:
            yield advance
        finally:
            sys.stderr.write(_ERASE_LINE)


def _told(state: Progress) -> str:
    """1,089 of 3,811 · 677 a second · 0:04 left; unknown values are omitted."""
    is_read = state.total is not None and state.done >= state.total and not state.note
    if is_read:  # analysing and writing go on
        return gettext("{read} read · writing the index").format(read=number(state.done))
    text = gettext("{shown} of {all}") if state.total else gettext("{shown} documents")
    done = text.format(shown=number(state.done), all=number(state.total or 0))
    parts = [f"{done} {state.note}" if state.note else done]
    if state.speed:
        parts.append(rate(state.speed))
    if state.seconds is not None:
        parts.append(remaining(state.seconds))
    return " · ".join(parts)


def rate(a_second: float) -> str:
    """677 a second; 24 a minute."""
    if a_second >= 2:
        return gettext("{number} a second").format(number=number(round(a_second)))
    return gettext("{number} a minute").format(number=number(round(a_second * 60)))


def remaining(seconds: float) -> str:
    """0:04 left; 18:20:00 left."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    time = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return gettext("{time} left").format(time=time)
