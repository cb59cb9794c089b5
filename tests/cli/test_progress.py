"""The progress line: drawn on a terminal only, with what is known, and gone when the task ends."""

import io
from contextlib import redirect_stderr
from typing import Any

import pytest

from searchq.cli.progress import Progress, progress, rate, remaining


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Any:
    return Terminal()


def test_each_step_shows_how_far_a_task_is(terminal: Any) -> None:
    with redirect_stderr(terminal), progress("indexing") as advance:
        advance(1, None)
        advance(128, 512)
        advance(512, 512)
    lines = terminal.getvalue().split("\r")
    assert any(line.rstrip().endswith("1 documents") for line in lines)
    assert any(line.rstrip().endswith("128 of 512") and line.count("━") == 7 for line in lines)
    assert any(line.rstrip().endswith("512 read · writing the index") for line in lines)


def test_a_second_thing_that_is_counted_says_what_it_is_and_begins_anew(terminal: Any) -> None:
    with redirect_stderr(terminal), progress("indexing") as advance:
        advance(512, 512)
        advance(128, 512, "written")
        advance(512, 512, "written")
    lines = [line.rstrip() for line in terminal.getvalue().split("\r")]
    assert any(line.endswith("128 of 512 written") and line.count("━") == 7 for line in lines)
    assert lines[-2].endswith("512 of 512 written")


def test_the_line_is_erased_at_the_end_even_of_a_task_that_fails(terminal: Any) -> None:
    with redirect_stderr(terminal), pytest.raises(ValueError), progress("indexing") as advance:
        advance(1, 2)
        raise ValueError
    assert "\r\x1b[K" in terminal.getvalue().rpartition("1 of 2")[2]


def test_a_total_may_grow_and_a_task_may_tell_its_state_in_its_own_way(terminal: Any) -> None:
    told = progress("fetching", tell=lambda state: f"<{state.done}/{state.total} {state.note}>")
    with redirect_stderr(terminal), told as advance:
        advance(5, 5, "a")
        advance(6, 10, "b")
    assert "<5/5 a>" in terminal.getvalue() and "<6/10 b>" in terminal.getvalue()


def test_without_a_terminal_or_when_quiet_nothing_is_drawn(terminal: Any) -> None:
    with redirect_stderr(terminal), progress("indexing", quiet=True) as advance:
        advance(1, 2)
    with redirect_stderr(io.StringIO()) as file, progress("indexing") as advance:
        advance(1, 2)
    assert terminal.getvalue() == file.getvalue() == ""


def test_rates_and_times_are_told_in_fitting_units() -> None:
    assert (rate(677.2), rate(0.4)) == ("677 a second", "24 a minute")
    assert (remaining(4), remaining(66000)) == ("0:04 left", "18:20:00 left")
    assert Progress(1, 2, None, None).note == ""
