"""Worker processes: tasks in order, faults by name, one killed and replaced, none left behind."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest

from searchq.errors import DocumentError
from searchq.index.write.writer import IndexWriter
from searchq.worker_pool import WorkerKilled, WorkerPool
from tests.wait import PATIENCE, wait_until

RUN = """
import os, sys, time
from searchq.index.write.writer import IndexWriter
from searchq.worker_pool import WorkerPool

with IndexWriter(sys.argv[1]):
    pools = [WorkerPool(2), WorkerPool(2)]
    while any(len(pool.process_ids) < 2 for pool in pools):
        time.sleep(0.01)
    print(*[worker for pool in pools for worker in pool.process_ids], flush=True)
    busy = pools[0].submit(time.sleep, 6000)
    time.sleep(6000)
"""


def test_a_killed_run_leaves_no_process_and_no_lock_behind(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        workers = [int(word) for word in run.stdout.readline().split()]
        assert len(workers) == 4
        assert all(map(alive, workers))
        run.kill()
    wait_for_end(workers)
    with IndexWriter(tmp_path):
        pass


def test_a_worker_busy_in_compiled_code_ends_with_its_pool() -> None:
    with WorkerPool(1) as pool:
        worker = pool.submit(os.getpid).get()
        pool.submit(pow, 7, 10**10)  # hours, without a moment for Python
        began = time.monotonic()
    wait_for_end([worker])
    assert time.monotonic() - began < PATIENCE


def test_a_dismissed_worker_ends_and_takes_no_task_any_more() -> None:
    with WorkerPool(1) as pool:
        worker = pool.submit(os.getpid).get()
        busy = pool.submit(time.sleep, 6000)
        pool.dismiss()
        for task in (busy, pool.submit(len, "abc")):
            with pytest.raises(WorkerKilled):
                task.get()
    wait_for_end([worker])


def test_results_come_back_in_the_order_of_the_tasks() -> None:
    with WorkerPool(2) as pool:
        results = [pool.submit(divmod, number, 7) for number in range(100)]
        assert [result.get() for result in results] == [divmod(number, 7) for number in range(100)]


@pytest.mark.parametrize("size", [0, 1, 2**16, 5_000_000])
def test_messages_of_any_size_pass(size: Any) -> None:
    with WorkerPool(1) as pool:
        assert pool.submit(bytes.upper, b"a" * size).get() == b"A" * size


def test_what_a_task_raises_is_raised_with_the_place_in_the_worker() -> None:
    with WorkerPool(1) as pool:
        with pytest.raises(ZeroDivisionError) as raised:
            pool.submit(divmod, 1, 0).get()
        assert "perform" in raised.value.__notes__[0]
        with pytest.raises(DocumentError, match="no question"):
            pool.submit(fail, "no question").get()
        with pytest.raises(RuntimeError, match="Unreadable: x"):
            pool.submit(fail_unreadably, "x").get()
        with pytest.raises(TypeError, match="pickle"):
            pool.submit(make_lock).get()
        assert pool.submit(len, "abc").get() == 3


def test_a_killed_worker_is_replaced_and_only_its_task_fails(tmp_path: Path) -> None:
    with WorkerPool(2) as pool:
        busy = [pool.submit(pause, tmp_path) for _ in range(2)]
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        first = pool.process_ids
        waiting = [pool.submit(len, "a" * number) for number in range(20)]
        for worker in first:
            os.kill(worker, signal.SIGKILL)
        for task in busy:
            with pytest.raises(WorkerKilled, match="was killed, probably out of memory"):
                task.get()
        assert [task.get() for task in waiting] == list(range(20))
        assert not pool.process_ids & first


def test_a_worker_that_ends_itself_is_named() -> None:
    with WorkerPool(1) as pool:
        with pytest.raises(WorkerKilled):
            pool.submit(os._exit, 0).get()
        assert pool.submit(len, "abc").get() == 3


def test_workers_share_what_was_loaded_before() -> None:
    with WorkerPool(2, load=partial(note, "loaded")) as pool:
        results = [pool.submit(noted, 0.2).get() for _ in range(4)]
    assert all([entry for entry, _ in entries] == ["loaded"] for entries in results)
    assert len({process for entries in results for entry, process in entries if entry == "loaded"}) == 1
    assert os.getpid() not in {process for entries in results for _, process in entries}


def test_threads_here_cause_no_warning_and_no_deadlock() -> None:
    done = threading.Event()
    threads = [threading.Thread(target=done.wait) for _ in range(4)]
    for thread in threads:
        thread.start()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with WorkerPool(2) as pool:
            assert pool.submit(warned).get() == []
    done.set()
    for thread in threads:
        thread.join()


def test_no_semaphore_and_no_shared_memory_is_needed() -> None:
    with WorkerPool(1) as pool:
        assert pool.submit(loaded, "multiprocessing").get() is False
        maps = pool.submit(Path.read_text, Path("/proc/self/maps")).get() if Path("/proc/self/maps").exists() else ""
    assert "/dev/shm" not in maps


def test_an_unguarded_script_may_index(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from searchq.worker_pool import WorkerPool\nimport os\nprint('once')\n"
        "with WorkerPool(2) as pool:\n    print(pool.submit(len, 'abc').get())\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("once\n3\n", "")


def refuse(*_: object, **__: object) -> NoReturn:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def refuse_thread(_: object) -> NoReturn:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize(
    ("what", "name", "by", "reason"),
    [
        (subprocess, "Popen", refuse, "Resource temporarily unavailable"),
        (threading.Thread, "start", refuse_thread, "can't start new thread"),
        (sys, "executable", "/nowhere/python", "No such file or directory"),
    ],
)
def test_where_no_process_can_start_this_one_works_and_warns_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, what: object, name: str, by: object, reason: str
) -> None:
    monkeypatch.setattr(what, name, by)
    with WorkerPool(2, load=partial(note, "loaded")) as pool:
        assert [pool.submit(os.getpid).get() for _ in range(3)] == [os.getpid()] * 3
        with pytest.raises(DocumentError, match="no question"):
            pool.submit(fail, "no question").get()
        assert pool.submit(noted, 0.0).get() == [("loaded", os.getpid())]
    assert [record.getMessage() for record in caplog.records] == [
        f"No worker process can be started ({reason}): this process does the work, without a bound on its memory."
    ]
    _notes.clear()


def test_a_server_that_cannot_fork_goes_on_and_this_process_works(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fork", os.fork)  # the load forbids forks in this process too, where it works at last
    with WorkerPool(1, load=forbid_forks) as pool:
        assert pool.submit(os.getpid).get() == os.getpid()
        assert pool.submit(len, "abc").get() == 3
    assert len(caplog.records) == 1


def test_what_cannot_be_loaded_does_not_matter_until_a_task_needs_it() -> None:
    with WorkerPool(1, load=partial(fail, "x")) as pool:
        assert pool.submit(len, "abc").get() == 3


class Unreadable(Exception):
    """Cannot be unpickled: it wants two arguments and keeps one."""

    def __init__(self, text: str, more: str) -> None:
        super().__init__(text)


def forbid_forks() -> None:
    os.fork = refuse


def fail(text: str) -> None:
    raise DocumentError(text)


def fail_unreadably(text: str) -> None:
    raise Unreadable(text, text)


def make_lock() -> object:
    return threading.Lock()


def pause(folder: Path) -> None:
    """Tell that the task has begun, and sleep."""
    (folder / str(os.getpid())).touch()
    time.sleep(6000)


_notes: list[tuple[str, int]] = []


def note(entry: str) -> None:
    if entry not in dict(_notes):
        _notes.append((entry, os.getpid()))


def noted(seconds: float) -> list[tuple[str, int]]:
    time.sleep(seconds)
    return _notes


def warned() -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with WorkerPool(1) as pool:
            pool.submit(len, "abc").get()
    return [str(warning.message) for warning in caught]


def loaded(module: str) -> bool:
    return module in sys.modules


def wait_for_end(processes: list[int]) -> None:
    """Wait until all have ended; what has not is killed, and a failure."""
    try:
        wait_until(lambda: not any(map(alive, processes)))
    finally:
        for process in filter(alive, processes):
            os.kill(process, signal.SIGKILL)


def alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not yet buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
