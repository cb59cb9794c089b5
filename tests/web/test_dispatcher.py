"""Requests begin one after the other, in one thread; what takes long holds nobody up, and no request is forgotten."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from searchq.web import dispatcher
from searchq.web.dispatcher import Dispatcher
from searchq.web.fair_semaphore import WAITED, FairSemaphore, TooBusy
from tests.wait import PATIENCE, wait_until


class Visit:
    """A request of a visitor; it is answered when its door opens."""

    def __init__(self, visitor: str, answer: Callable[[], object] = lambda: None) -> None:
        self.visitor = visitor
        self.door = threading.Event()
        self.thread: int | None = None
        self.is_answered = self.is_cancelled = False
        self._answer = answer

    def service(self) -> None:
        """Answer."""
        self.thread = threading.get_ident()
        self.door.wait(PATIENCE)
        self._answer()
        self.is_answered = True

    def cancel(self) -> None:
        """Drop it."""
        self.is_cancelled = True


def visitor_of(visit: Any) -> str:
    return str(visit.visitor)


@pytest.fixture
def dispatch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Dispatcher]]:
    """A function that makes a dispatcher of so many threads, whose requests have such a head start."""
    made: list[Dispatcher] = []

    def make(threads: int, head_start: float) -> Dispatcher:
        monkeypatch.setattr(dispatcher, "HEAD_START_SECONDS", head_start)
        made.append(Dispatcher(threads, visitor_of))
        return made[-1]

    yield make
    for one in made:
        assert one.shutdown(timeout=PATIENCE)


def test_one_thread_answers_all_that_wait_in_turn(dispatch: Callable[..., Dispatcher]) -> None:
    pool = dispatch(8, PATIENCE)
    order: list[str] = []
    visits = [Visit(name, partial(order.append, name)) for name in "aaabc"]
    pool.add_task(visits[0])
    wait_until(lambda: visits[0].thread)
    for visit in visits[1:]:
        pool.add_task(visit)
    assert [visit.thread for visit in visits[1:]] == [None] * 4
    for visit in visits:
        visit.door.set()
    wait_until(lambda: all(visit.is_answered for visit in visits))
    assert "".join(order) == "aabca"  # the first had begun when the others came
    assert len({visit.thread for visit in visits}) == 1


def test_what_takes_longer_than_its_head_start_holds_nobody_up(dispatch: Callable[..., Dispatcher]) -> None:
    pool = dispatch(8, 0.001)
    visits = [Visit(name) for name in "abcd"]
    for visit in visits:
        pool.add_task(visit)
    wait_until(lambda: all(visit.thread for visit in visits))
    assert len({visit.thread for visit in visits}) == 4
    visits[2].door.set()
    pool.add_task(late := Visit("e"))
    wait_until(lambda: visits[2].is_answered and late.thread)
    for visit in [*visits, late]:
        visit.door.set()


def test_one_visitor_has_a_quarter_of_the_threads(dispatch: Callable[..., Dispatcher]) -> None:
    pool = dispatch(8, 0.0)
    visits = [Visit("greedy") for _ in range(4)]
    for visit in visits:
        pool.add_task(visit)
    pool.add_task(other := Visit("other"))
    wait_until(lambda: other.thread and sum(bool(visit.thread) for visit in visits) == 2)
    for visit in [other, *visits]:
        visit.door.set()
    wait_until(lambda: all(visit.is_answered for visit in visits))


@pytest.mark.parametrize("threads", [1, 2, 8])
@pytest.mark.parametrize("head_start", [0.0, 0.0005, 0.02])
def test_every_request_is_answered(dispatch: Callable[..., Dispatcher], threads: int, head_start: float) -> None:
    pool, seconds = dispatch(threads, head_start), (0.0, 0.0, 0.001, 0.0, 0.003)
    visits = [Visit("abc"[place % 3], partial(time.sleep, seconds[place % 5])) for place in range(120)]
    for place, visit in enumerate(visits):
        visit.door.set()
        pool.add_task(visit)
        if place % 7 == 0:
            time.sleep(0.0005)
    wait_until(lambda: all(visit.is_answered for visit in visits))


def test_a_failure_ends_no_thread(dispatch: Callable[..., Dispatcher]) -> None:
    pool = dispatch(1, PATIENCE)
    pool.add_task(broken := Visit("a", lambda: 1 // 0))
    pool.add_task(next_one := Visit("a"))
    broken.door.set()
    next_one.door.set()
    wait_until(lambda: next_one.is_answered)


def test_what_has_not_begun_is_cancelled_at_the_end(dispatch: Callable[..., Dispatcher]) -> None:
    pool = dispatch(2, PATIENCE)
    pool.add_task(first := Visit("a"))
    wait_until(lambda: first.thread)
    pool.add_task(second := Visit("b"))
    assert not pool.shutdown(timeout=0.01)
    assert (second.is_cancelled, second.is_answered) == (True, False)
    first.door.set()


def test_who_waited_too_long_for_a_thread_is_told_so(dispatch: Callable[..., Dispatcher]) -> None:
    pool, turns = dispatch(1, PATIENCE), FairSemaphore(1)
    told: list[str] = []

    def ask() -> None:
        try:
            with turns.turn(max_wait=0.05):
                told.append("a page")
        except TooBusy:
            told.append("too busy")
        with turns.turn(max_wait=0.05, long=True):
            told.append("a piece")

    pool.add_task(first := Visit("a", ask))
    pool.add_task(second := Visit("b", ask))
    wait_until(lambda: first.thread)
    time.sleep(0.06)
    first.door.set()
    second.door.set()
    wait_until(lambda: second.is_answered)
    assert told == ["a page", "a piece", "too busy", "a piece"]
    assert WAITED.get() == 0
