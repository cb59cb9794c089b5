"""A bound on processor time in this process, given back afterwards."""

import re
import resource
import signal
import threading

import pytest

from searchq.cpu_limit import cpu_limited


class Exceeded(Exception):
    pass


def state() -> object:
    return resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)


def test_work_within_the_bound_changes_nothing() -> None:
    before = state()
    with cpu_limited(600, Exceeded):
        assert state() != before
    assert state() == before


def test_work_without_end_is_stopped_and_the_next_begins_anew() -> None:
    before = state()
    for _ in range(2):
        with pytest.raises(Exceeded), cpu_limited(0.1, Exceeded):
            while True:
                pass
    assert state() == before


def test_a_signal_that_comes_before_the_time_is_used_stops_nothing() -> None:
    with cpu_limited(600, Exceeded):
        signal.raise_signal(signal.SIGXCPU)


def test_an_expression_that_never_ends_is_stopped() -> None:
    with pytest.raises(Exceeded), cpu_limited(0.1, Exceeded):
        re.match(r"(a+)+$", "a" * 60 + "b")


def test_a_thread_that_gets_no_signal_is_not_bounded() -> None:
    found: list[object] = []

    def work() -> None:
        before = state()
        with cpu_limited(600, Exceeded):
            found.append(state() == before)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [True]
