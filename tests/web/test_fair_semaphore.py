"""Who may make a page now: so many at once, visitors in turn, long work in slices, no turn is lost."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from searchq.time_slices import pause
from searchq.web import fair_semaphore
from searchq.web.fair_semaphore import FairSemaphore, TooBusy
from tests.wait import PATIENCE, wait_until


def start(work: Callable[..., None], *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_those_who_wait_enter_in_the_order_they_came(lanes: int) -> None:
    turns, entered, doors = FairSemaphore(lanes), [], [threading.Event() for _ in range(8)]

    def visit(name: int) -> None:
        with turns.turn(str(name)):
            entered.append(name)
            doors[name].wait(PATIENCE)

    threads = []
    for name in range(8):
        threads.append(start(visit, name))
        wait_until(lambda name=name: len(entered) == min(name + 1, lanes) and turns.waiting == max(name + 1 - lanes, 0))
    for name in range(8):
        doors[name].set()
        wait_until(lambda name=name: len(entered) == min(name + 1 + lanes, 8))
    for thread in threads:
        thread.join(PATIENCE)
    assert entered == list(range(8))


def test_visitors_take_turns_however_much_one_of_them_asks() -> None:
    turns, entered, door = FairSemaphore(1), [], threading.Event()

    def visit(visitor: str) -> None:
        with turns.turn(visitor):
            entered.append(visitor)
            door.wait(PATIENCE)

    threads = [start(visit, "first")]
    wait_until(lambda: entered)
    for place, visitor in enumerate("aaaabca", 1):
        threads.append(start(visit, visitor))
        wait_until(lambda place=place: turns.waiting == place)
    door.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert "".join(entered) == "firstabcaaaa"


def test_long_work_lets_a_new_request_go_first_at_a_pause_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair_semaphore, "SLICE_SECONDS", 0.0)
    turns, done = FairSemaphore(1), []

    def visit() -> None:
        with turns.turn("other"):
            done.append("short")

    with turns.turn("one"):
        assert pause() == 0  # nobody waits
        thread = start(visit)
        wait_until(lambda: turns.waiting)
        assert pause() > 0
        done.append("long")
        thread.join(PATIENCE)
    assert done == ["short", "long"]
    assert pause() == 0  # outside of a turn


def test_long_work_within_its_slice_does_not_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair_semaphore, "SLICE_SECONDS", 60.0)
    turns, done = FairSemaphore(1), []

    def visit() -> None:
        with turns.turn("other"):
            done.append("short")

    with turns.turn("one"):
        thread = start(visit)
        wait_until(lambda: turns.waiting)
        assert pause() == 0
        done.append("long")
    thread.join(PATIENCE)
    assert done == ["long", "short"]


def test_long_work_is_not_put_off_for_ever_by_new_requests() -> None:
    turns, entered, door = FairSemaphore(1), [], threading.Event()

    def visit(visitor: str, long: bool) -> None:
        with turns.turn(visitor, long=long):
            entered.append(visitor)
            door.wait(PATIENCE)

    threads = [start(visit, "first", False)]
    wait_until(lambda: entered)
    for place, visitor in enumerate(["long", *map(str, range(8))], 1):
        threads.append(start(visit, visitor, visitor == "long"))
        wait_until(lambda place=place: turns.waiting == place)
    door.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert 1 < entered.index("long") < 8


def test_who_waits_too_long_is_told_so_and_takes_no_turn() -> None:
    turns = FairSemaphore(1)
    with turns.turn():
        with pytest.raises(TooBusy), turns.turn(max_wait=0.01):
            pass
        assert turns.waiting == 0
    with turns.turn():
        pass


def test_never_more_are_inside_than_there_are_lanes() -> None:
    turns, lock, inside, most = FairSemaphore(2), threading.Lock(), 0, 0

    def visit(visitor: str) -> None:
        nonlocal inside, most
        for _ in range(200):
            with turns.turn(visitor):
                with lock:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0)
                with lock:
                    inside -= 1

    threads = [start(visit, str(name % 3)) for name in range(6)]
    for thread in threads:
        thread.join(PATIENCE)
    assert (inside, most <= 2, turns.waiting) == (0, True, 0)


def test_a_failure_gives_the_turn_back() -> None:
    turns = FairSemaphore(1)
    for _ in range(3):
        with pytest.raises(ValueError), turns.turn():
            raise ValueError
    with turns.turn():
        pass
