"""Processes of a run end with the process that started them, even when that is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from searchq.index.write.writer import IndexWriter

RUN = """
import os, sys, time
from searchq.index.write.writer import IndexWriter
from searchq.processes import Processes

with IndexWriter(sys.argv[1]):
    pools = [Processes(2, os.getpid), Processes(2, os.getpid)]
    for pool in pools:
        for future in [pool.submit(time.sleep, 0.2) for _ in range(2)]:
            future.result()
    print(*[process.pid for pool in pools for process in pool._started], flush=True)
    time.sleep(60)
"""


def test_a_killed_run_leaves_no_process_and_no_lock_behind(tmp_path):
    with subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, text=True) as run:
        processes = [int(word) for word in run.stdout.readline().split()]
        assert len(processes) == 4
        assert all(map(alive, processes))
        run.kill()
    deadline = time.monotonic() + 20
    while any(map(alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.01)
    left = list(filter(alive, processes))
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert left == []
    with IndexWriter(tmp_path):
        pass


def alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not yet buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
