"""Measure the Chamber's archives to records: `python -m tests.benchmarks.chamber`; routes a second, and memory.

The zips hold the real questions of the shared data where that is there, else made-up ones. One of five times the size
holds the same records under other routes, so that only the table of siblings may grow. Both passes are timed; each
size runs in a process of its own, whose peak of memory counts.
"""

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from searchq.documents import Parsed, read
from searchq.documents.chamber.routes import routes_in, with_siblings
from tests.benchmarks.corpus import SHARED
from tests.benchmarks.parsing import peak_megabytes, processor_seconds

TIMES: Final = (1, 5)
MADE_UP: Final = 5000  # records without the shared data


@click.command()
@click.option("--jobs", default=2, show_default=True, help="Parsing processes.")
@click.option("--measure", type=click.Path(path_type=Path), hidden=True)
def main(jobs: int, measure: Path | None) -> None:
    """Routes a second and peak memory, of an archive and of one five times as large."""
    if measure:
        click.echo(_measured(measure, jobs))
        return
    with TemporaryDirectory(prefix="searchq-chamber-") as name:
        click.echo(f"{'size':>4}  {'routes':>7}  {'routes/s':>9}  {'per processor s':>15}  {'peak MB':>8}")
        for times in TIMES:
            archive = Path(name) / f"times-{times}.zip"
            _write(archive, times)
            own = [sys.executable, "-m", "tests.benchmarks.chamber", "--jobs", str(jobs), "--measure", str(archive)]
            told = json.loads(subprocess.run(own, check=True, capture_output=True, text=True).stdout)
            click.echo(
                f"{times:>4}  {told['routes']:>7,}  {told['wall']:>9,.0f}  {told['processor']:>15,.0f}  "
                f"{told['megabytes']:>8,.0f}"
            )


def _measured(archive: Path, jobs: int) -> str:
    clock, spent = time.perf_counter(), processor_seconds()
    routes, count = routes_in([archive]), 0
    for item in read([archive], jobs=jobs):
        if isinstance(item, Parsed):
            count += len([with_siblings(one, routes.of(one.docname or "")) for one in item.questions])
    wall, processor = time.perf_counter() - clock, processor_seconds() - spent
    figures = {"routes": count, "wall": count / wall, "processor": count / processor, "megabytes": peak_megabytes()}
    return json.dumps(figures)


def _write(archive: Path, times: int) -> None:
    """A zip of every record so many times, each time under another name of its question."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in _records():
            route = name.rpartition(".")[0]
            for time_ in range(times):
                other = route[:-13] + f"{int(route[-13:]) + time_ * 10**9:013}"
                out.writestr(name.replace(route, other), content.replace(route, other))


def _records() -> Iterator[tuple[str, str]]:
    maker = SHARED / "corpus" / "make-chamber-archive"
    if not maker.exists():
        for number in range(MADE_UP):
            route = f"56-B001-{number % 18 + 1}-{number % 9999:04}-20252026{number // 3:05}"
            text = {"br": [f"{number}. Hoeveel waren er?", "2. Waarom?"] * 20}
            record = {"SDOCNAME": route, "STATUSQ": "transmited", "TITN": "Vraag.", "TEXTQN": text, "TEXTQF": text}
            yield f"{route}.json", json.dumps(record)
        return
    with TemporaryDirectory(prefix="searchq-chamber-") as name:
        subprocess.run([sys.executable, str(maker), name, "--xml", "0.2"], check=True)
        for path in sorted(Path(name).glob("*.zip")):
            with zipfile.ZipFile(path) as archive:
                yield from ((member, archive.read(member).decode()) for member in archive.namelist())


if __name__ == "__main__":
    main()
