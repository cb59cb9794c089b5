"""Measure the search page: `python -m tests.benchmarks.web --index FOLDER` prints what a visitor waits for.

    server time   from the request to the whole answer, compressed, inside the application: one visitor after the
                  other, then as many threads as the server has, each asking without a pause
    loopback      wrk against `searchq serve` in a process of its own, where wrk is installed
    memory        of that process, without the mapped files of the index, before and after many requests

Every request is a faceted result page with its timeline, one in ten a question; the queries are those of the other
benchmarks. Each address carries a number of its own, which the page ignores, so that none is answered from the copies
the server keeps; what such a copy costs is the figure "asked again".
"""

import itertools
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote_plus

import click
from werkzeug.test import EnvironBuilder

from searchq.web import create_app
from tests.benchmarks import corpus
from tests.benchmarks.ours import WRITTEN

THREADS: Final = 4
CONNECTIONS: Final = 50
PAGE_LIMIT: Final = 60_000  # bytes of HTML a result page may have


class Taken(NamedTuple):
    """What one answer took: milliseconds on the clock and of this thread's processor, bytes of HTML."""

    wall: float
    cpu: float
    bytes: int


@click.command()
@click.option("--index", required=True, help="Folder of an index, of 40,000 questions say.")
@click.option("--requests", default=2000, show_default=True, help="Requests a measurement.")
@click.option("--seconds", default=20, show_default=True, help="How long wrk asks.")
@click.option("--soak", default=0, show_default=True, help="Further requests before memory is read again.")
def main(index: str, requests: int, seconds: int, soak: int) -> None:
    """Print the figures of the search page over one index."""
    addresses = _addresses(requests)
    app = create_app(index)
    ask = _asker(app)  # type: ignore[arg-type]
    sizes = [ask(address).bytes for address in addresses[:200]]  # warms up, too
    click.echo(f"HTML: median {statistics.median(sizes):,.0f}, most {max(sizes):,} bytes (bound {PAGE_LIMIT:,})")
    alone, together = [ask(address) for address in addresses], _together(ask, addresses)
    again = [ask(address, 0) for address in addresses[:100] for _ in range(2)][1::2]
    click.echo(
        f"one visitor: {_spread([one.wall for one in alone])}; of the processor {_spread([one.cpu for one in alone])}"
    )
    click.echo(f"{THREADS} visitors without a pause: {_spread([one.wall for one in together])}")
    click.echo(f"asked again: {_spread([one.wall for one in again])}")
    if shutil.which("wrk"):
        _loopback(index, addresses, seconds, soak)
    else:
        click.echo("loopback: wrk is not installed")


def _addresses(count: int) -> list[str]:
    chance = random.Random(11)
    workload = corpus.workload(40_000).items()
    queries = [_written(label, text) for label, texts in workload for text in texts]
    numbers = [question.number for question in corpus.questions(4000)]
    return [
        f"/vraag/{chance.choice(numbers)}?" if chance.random() < 0.1 else f"/?q={quote_plus(chance.choice(queries))}"
        for _ in range(count)
    ]


def _written(label: str, text: str) -> str:
    """As a visitor writes it: titles as they stand, whose words need not all be found."""
    return text if label == "title" else WRITTEN[corpus.KINDS[label]](text)  # type: ignore[no-untyped-call]


def _asker(app: Callable[..., Sequence[bytes]]) -> Callable[..., Taken]:
    """A function from an address to what its answer took; without a number given, as an address never asked before."""
    numbers = itertools.count(1)

    def ask(address: str, number: int | None = None) -> Taken:
        address = f"{address}&nr={next(numbers) if number is None else number}"
        environ = EnvironBuilder(address, headers={"Accept-Encoding": "gzip"}).get_environ()  # type: ignore[dict-item]
        sent: dict[str, str] = {}
        began, cpu = time.perf_counter(), time.thread_time()
        body = b"".join(app(environ, lambda status, headers, _=None: sent.update(headers, status=status)))
        wall, cpu = 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - cpu)
        assert sent["status"][0] in "23", f"{address}: {sent['status']}"
        packed = sent.get("Content-Encoding") == "gzip"
        return Taken(wall, cpu, int.from_bytes(body[-4:], "little") if packed else len(body))

    return ask


def _together(ask: Callable[..., Taken], addresses: Sequence[str]) -> list[Taken]:
    taken: list[Taken] = []

    def visit(mine: Sequence[str]) -> None:
        taken.extend([ask(address) for address in mine])

    threads = [threading.Thread(target=visit, args=(addresses[at::THREADS],)) for at in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _spread(milliseconds: Sequence[float]) -> str:
    parts = statistics.quantiles(milliseconds, n=100)
    return f"p50 {parts[49]:.1f} ms, p99 {parts[98]:.1f} ms, most {max(milliseconds):.1f} ms"


def _loopback(index: str, addresses: Sequence[str], seconds: int, soak: int) -> None:
    options = ["--index", index, "--port", "0", "--threads", str(THREADS)]
    command = [sys.executable, "-m", "searchq.cli.main", "serve", *options]
    with tempfile.TemporaryDirectory() as folder, Path(folder, "log").open("w") as log:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            assert server.stdout is not None
            site = re.search(r"http://\S+?(?=/?\s)", server.stdout.readline() + " ")
            assert site, "the server did not say where it listens"
            script = Path(folder, "ask.lua")
            script.write_text(_lua(addresses), encoding="utf-8")
            click.echo(_wrk(site[0], script, seconds))
            before = _resident(server.pid)
            asked = Path(folder, "log").read_text().count("\n")
            while asked < soak:
                _wrk(site[0], script, 30)
                asked = Path(folder, "log").read_text().count("\n")
            click.echo(f"memory: {before:.0f} MB after warming up, {_resident(server.pid):.0f} MB after {asked:,}")
        finally:
            server.terminate()
            server.wait()


def _lua(addresses: Sequence[str]) -> str:
    listed = ",\n".join(f'"{address}"' for address in addresses)
    return f"""local all = {{{listed}}}
local at = 0
wrk.headers["Accept-Encoding"] = "gzip"
request = function() at = at + 1; return wrk.format("GET", all[at % #all + 1] .. "&nr=" .. at) end
done = function(summary, latency)
  local e = summary.errors
  local wrong = e.connect + e.read + e.write + e.status + e.timeout
  local rate = summary.requests / summary.duration * 1e6
  local middle, high = latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  io.write(string.format("loopback, {CONNECTIONS} connections: %.0f requests a second, ", rate))
  io.write(string.format("p50 %.0f ms, p99 %.0f ms, %d errors in %d\\n", middle, high, wrong, summary.requests))
end
"""


def _wrk(site: str, script: Path, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), site]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return next(line for line in printed.splitlines() if line.startswith("loopback"))


def _resident(process: int) -> float:
    """Megabytes in memory that are not pages of mapped files."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    main()
