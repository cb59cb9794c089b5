"""Who may make a page now: so many at once, the rest in the order they came, and a failure gives its turn back."""

import threading
import time
from typing import Any

import pytest

from searchq.web.fair_semaphore import FairSemaphore


def until(condition: Any) -> None:
    """Waits for what other threads are about to do."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_those_who_wait_enter_in_the_order_they_came(lanes: int) -> None:
    turns, entered, doors = FairSemaphore(lanes), [], [threading.Event() for _ in range(8)]

    def visit(name: int) -> None:
        with turns:
            entered.append(name)
            doors[name].wait(10)

    threads = [threading.Thread(target=visit, args=(name,)) for name in range(8)]
    for name, thread in enumerate(threads):
        thread.start()
        until(
            lambda name=name: len(entered) == min(name + 1, lanes) and len(turns._waiting) == max(name + 1 - lanes, 0)
        )
    for name in range(8):
        doors[name].set()
        until(lambda name=name: len(entered) == min(name + 1 + lanes, 8))
    for thread in threads:
        thread.join(10)
    assert entered == list(range(8))


def test_never_more_are_inside_than_there_are_lanes() -> None:
    turns, lock, inside, most = FairSemaphore(2), threading.Lock(), 0, 0

    def visit() -> None:
        nonlocal inside, most
        for _ in range(200):
            with turns:
                with lock:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=visit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (inside, most <= 2) == (0, True)


def test_a_failure_gives_the_turn_back() -> None:
    turns = FairSemaphore(1)
    for _ in range(3):
        with pytest.raises(ValueError), turns:
            raise ValueError
    with turns:
        pass
