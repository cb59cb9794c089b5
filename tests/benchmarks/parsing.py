"""Measure files to records: `python -m tests.benchmarks.parsing`; prints files a second on one process and on two.

The files are real texts in the layouts of the site, a third of them garbled, where the shared data is there; else the
sample documents of the package, many times over. Wall time is what a user waits for, processor time what a busy
machine cannot blur; the best of the rounds counts.
"""

import itertools
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from searchq.documents import Parsed, read
from searchq.samples import samples_path
from tests.benchmarks.corpus import SHARED

ROUNDS: Final = 3


@dataclass(frozen=True)
class Pace:
    """Files a second, by the clock and by the processors' time, children included."""

    files: int
    wall: float
    processor: float


@click.command()
@click.option("--count", default=4000, show_default=True, help="How many files.")
@click.option("--jobs", default="1,2", show_default=True, help="Numbers of parsing processes.")
def main(count: int, jobs: str) -> None:
    """Files to records, timed."""
    with _files(count) as folders:
        click.echo(f"{'processes':>9}  {'files':>7}  {'files/s':>8}  {'files/s of processor time':>26}")
        for number in map(int, jobs.split(",")):
            paces = [_measure(folders, number) for _ in range(ROUNDS)]
            wall, processor = max(pace.wall for pace in paces), max(pace.processor for pace in paces)
            click.echo(f"{number:>9}  {paces[0].files:>7,}  {wall:>8,.0f}  {processor:>26,.0f}")


def _measure(folders: list[Path], jobs: int) -> Pace:
    clock, spent = time.perf_counter(), processor_seconds()
    files = sum(1 for item in read(folders, jobs=jobs) if isinstance(item, Parsed))
    return Pace(files, files / (time.perf_counter() - clock), files / (processor_seconds() - spent))


def processor_seconds() -> float:
    """What this process and its children have used."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def peak_megabytes() -> float:
    """The most memory that this process has held, or one of its children."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


@contextmanager
def _files(count: int) -> Iterator[list[Path]]:
    """Folders with that many files, gone afterwards."""
    with TemporaryDirectory(prefix="searchq-parsing-") as name:
        folder, maker = Path(name), SHARED / "corpus" / "make-senate-texts"
        if maker.exists():
            subprocess.run([sys.executable, str(maker), name, "--count", str(count)], check=True)
        else:
            _copy_samples(folder / "samples", count)
        yield sorted(path for path in folder.iterdir() if path.is_dir())


def _copy_samples(folder: Path, count: int) -> None:
    folder.mkdir()
    samples = sorted(path for path in samples_path().rglob("*") if path.suffix in {".txt", ".html"})
    for number, sample in zip(range(count), itertools.cycle(samples)):  # the cycle never ends
        shutil.copy(sample, folder / f"{number:06}-{sample.name}")


if __name__ == "__main__":
    main()
