"""What workers count in shared memory: nothing is lost with a worker, and no counter goes backwards."""

import os
import signal
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.web.measures import OTHER, Board, Counter, Gauge, Histogram


@pytest.fixture
def board() -> Board:
    return Board()


def in_a_process(board: Board, block: int, work: object) -> None:
    """Run a function in a process that writes a block, and is killed after it."""
    pid = os.fork()
    if pid == 0:
        board.write_to(block)
        try:
            assert callable(work)
            work()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # the child runs no thread of ours
def test_the_counts_of_all_workers_are_added_and_outlive_them(board: Board) -> None:
    seen = Counter("seen", "…", board, kind=("page", "feed"))
    board.share(3)
    seen.add("page")
    in_a_process(board, 0, lambda: seen.add("page", by=2))
    in_a_process(board, 1, lambda: seen.add("feed"))
    assert dict(seen.totals()) == {("page",): 3, ("feed",): 1}
    in_a_process(board, 0, lambda: seen.add("page"))  # the successor counts on
    assert dict(seen.totals()) == {("page",): 4, ("feed",): 1}


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # the child runs no thread of ours
def test_of_a_worker_that_ended_what_was_now_is_forgotten_and_what_was_counted_stays(board: Board) -> None:
    seen, open_now, pid = Counter("seen", "…", board), Gauge("open", "…", board), Gauge("pid", "…", board)
    board.share(2)

    def work() -> None:
        seen.add()
        open_now.add(by=5)
        pid.set(7)

    in_a_process(board, 0, work)
    in_a_process(board, 1, work)
    assert (list(open_now.totals()), pid.by_block()) == ([((), 10)], [7, 7])
    board.forget_now(0)
    assert (list(open_now.totals()), pid.by_block()) == ([((), 5)], [0, 7])
    assert list(seen.totals()) == [((), 2)]


def test_a_label_that_is_not_known_is_counted_as_another(board: Board) -> None:
    answered = Counter("answered", "…", board, kind=("page",), status=("200", OTHER))
    answered.add("page", "418")
    assert dict(answered.totals()) == {("page", "200"): 0, ("page", OTHER): 1}


def test_threads_lose_no_count(board: Board) -> None:
    seen = Counter("seen", "…", board)

    def count() -> None:
        for _ in range(2000):
            seen.add()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(seen.totals()) == [((), 8000)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 100) | st.sampled_from(Histogram.bounds)))
def test_a_histogram_tells_how_many_took_at_most_each_bound(taken: list[float]) -> None:
    board = Board()
    took = Histogram("took", "…", board, stage=("search", "render"))
    for seconds in taken:
        took.observe(seconds, "render")
    (_, none, nothing), (labels, counts, total) = took.distributions()
    assert (labels, set(none), nothing) == (("render",), {0}, 0)
    ordered = sorted(taken)
    assert counts == [*(sum(one <= bound for one in ordered) for bound in Histogram.bounds), len(taken)]
    assert total == pytest.approx(sum(taken))
