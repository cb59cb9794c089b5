"""Indexing measured: questions a second, bytes a question and where they go, memory, and the opening of the result.

    python -m tests.benchmarks.indexing                     40,000 questions, ours and tantivy
    python -m tests.benchmarks.indexing --count 400000 --only ours
    python -m tests.benchmarks.indexing --count 4000 --peers tantivy,whoosh,fts5

Ours prepares in two processes and merges in a third, as `searchq index` does; tantivy writes with two threads. All
begin with parsed questions in memory.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from searchq.index.format.arrays import map_arrays
from searchq.index.read.reader import open_snapshot
from tests.benchmarks.corpus import questions
from tests.benchmarks.ours import Searchq
from tests.benchmarks.peers import PEERS, folder_bytes


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=40_000)
    options.add_argument("--peers", default="tantivy", help="by comma: " + ", ".join(peer.lower() for peer in PEERS))
    options.add_argument("--only", choices=["ours"])
    given = options.parse_args()
    records = list(questions(given.count))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ours = _measured("ours", lambda: Searchq().build(records, folder / "ours"), folder / "ours", len(records))
        for name in [] if given.only else given.peers.split(","):
            peer = {known.lower(): kind for known, kind in PEERS.items()}[name]()
            place = folder / name
            theirs = _measured(name, lambda: peer.build(records, place), place, len(records))  # noqa: B023
            print(f"{'':8} against {name}: {ours[0] / theirs[0]:.2f} × its speed, {ours[1] / theirs[1]:.2f} × its size")
        own, child = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
        print(f"peak memory of this process {own} MB, of a worker {child}")
        _opening(folder / "ours")
        _sizes(folder / "ours", len(records))


def _measured(name: str, build: Callable[[], None], folder: Path, count: int) -> tuple[float, float]:
    shutil.rmtree(folder, ignore_errors=True)
    began = time.perf_counter()
    build()
    rate = count / (time.perf_counter() - began)
    size = folder_bytes(folder) / count
    print(f"{name:8} {rate:8,.0f} questions/s {size:8,.0f} bytes a question", flush=True)
    return rate, size


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss >> 10


def _opening(folder: Path) -> None:
    """How long until the first postings are there, in a warm process and in a new one."""
    began = time.perf_counter()
    snapshot = open_snapshot(folder)
    opened = time.perf_counter()
    snapshot.postings("text", "trein")
    print(f"opened in {(opened - began) * 1e3:.2f} ms, first term in {(time.perf_counter() - opened) * 1e3:.2f} ms")
    program = f"from searchq.index.read.reader import open_snapshot as o; o({str(folder)!r}).postings('text', 'trein')"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    print(f"a new process, imports and first term: {(time.perf_counter() - began) * 1e3:.0f} ms")


def _sizes(folder: Path, count: int) -> None:
    """Bytes a question by kind of array."""
    sizes: Counter[str] = Counter()
    for path in folder.glob("MAIN_*"):
        for name, array in map_arrays(path).items():
            sizes[f"{path.suffix[1:]}: {name.split('/')[-1]}"] += array.nbytes
    for name, size in sizes.most_common(16):
        print(f"{size / count:10.1f}  {name}")


if __name__ == "__main__":
    main()
