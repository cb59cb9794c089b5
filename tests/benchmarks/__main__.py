"""Measure searchq and its peers in one sitting: `python -m tests.benchmarks`; writes docs/benchmarks.md and its plot.

Every engine and every size has a process of its own, one after another, so that memory is its own and caches are cold
in the same way. Ratios between figures of one sitting hold; the figures themselves are this machine's.
"""

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from searchq.api import Index
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.hits import Hits
from searchq.query.request import FacetQuery, Request
from searchq.results.highlights import Highlighter
from searchq.results.snippets import shown
from tests.benchmarks import corpus, growth, report
from tests.benchmarks.ours import WRITTEN, Searchq, bytes_apart
from tests.benchmarks.peers import FACET_FIELDS, PEERS, Peer, folder_bytes

T = TypeVar("T")

ENGINES: Final[dict[str, Callable[[], Peer]]] = {"searchq": Searchq, **PEERS}
WAYS: Final = ("whole page", "without snippets", "snippets alone")
WORK: Final = corpus.CACHE / "indexes"
TURNS: Final = 3  # of each engine, one after the other: this machine has quick and slow minutes, 1.6 times apart
SLOW: Final = frozenset({"fts5", "whoosh"})  # for whom one turn of minutes must do, and one round
ROUNDS: Final = 3  # the workload is gone through so often; of each query the least time counts


@click.group(invoke_without_command=True)
@click.pass_context
@click.option("--counts", default="4000,40000", show_default=True, help="Sizes, in questions.")
@click.option("--engines", default=",".join(ENGINES), show_default=True)
@click.option("--whoosh-most", default=4000, show_default=True, help="Of more, stock Whoosh answers no queries.")
@click.option("--write/--no-write", default=True, show_default=True, help="Write docs/benchmarks.md and its plot.")
def main(context: click.Context, counts: str, engines: str, whoosh_most: int, write: bool) -> None:
    """Measure everything in one sitting."""
    if context.invoked_subcommand:
        return
    results = []
    for count in map(int, counts.split(",")):
        sum(1 for _ in corpus.questions(count))  # texts are made before anything is timed
        names = engines.split(",")
        results += _in_turn([("build", name, str(count)) for name in names])
        asked = [name for name in names if name != "whoosh" or count <= whoosh_most]
        results += _in_turn([("query", name, str(count)) for name in asked])
        if "searchq" in names:
            results += _in_turn([("api", str(count), way) for way in WAYS])
            click.echo("cold command line …", err=True)
            results.append(_cold(count))
    for line in report.tables(results):
        click.echo(line)
    if write:
        report.write(results, _machine())


def _in_turn(commands: Sequence[tuple[str, ...]]) -> list[dict[str, Any]]:
    """What each command gives at its quickest, after several turns of all of them; the slow engines have one."""
    runs: dict[tuple[str, ...], list[dict[str, Any]]] = {command: [] for command in commands}
    for turn in range(TURNS):
        for command, own in runs.items():
            if turn == 0 or SLOW.isdisjoint(command):
                click.echo(f"{' '.join(command)} …", err=True)
                own.append(_in_own_process(*command))
    return [_quickest(own) for own in runs.values()]


def _quickest(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The best of each figure of speed: a machine has slow moments, and none that are too quick."""
    best = dict(runs[-1])
    if "docs_per_second" in best:
        best["docs_per_second"] = max(run["docs_per_second"] for run in runs)
    if "queries" in best:
        best["queries"] = {
            label: {share: min(run["queries"][label][share] for run in runs) for share in shares}
            for label, shares in best["queries"].items()
        }
    return best


@main.command()
@click.argument("name")
@click.argument("count", type=int)
def build(name: str, count: int) -> None:
    """Index COUNT questions with one engine and print the figures as JSON."""
    records = list(corpus.questions(count))
    folder = _folder(name, count)
    started = time.perf_counter()
    ENGINES[name]().build(records, folder)
    seconds = time.perf_counter() - started
    figures = {"docs_per_second": count / seconds, "bytes": folder_bytes(folder), "apart": bytes_apart(folder)}
    print(json.dumps({"kind": "build", "engine": name, "count": count, **figures}))


@main.command()
@click.argument("name")
@click.argument("count", type=int)
def grow(name: str, count: int) -> None:
    """Index COUNT generated questions, made as they are read, and print the figures and the peaks of memory as JSON."""
    folder = _folder(name, count, generated=True)
    started = time.perf_counter()
    ENGINES[name]().build(corpus.questions(count, generated=True), folder)
    seconds = time.perf_counter() - started
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures = {
        "docs_per_second": count / seconds,
        "processor_seconds": own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime,
        "peak_mb": own.ru_maxrss >> 10,
        "peak_mb_of_a_worker": workers.ru_maxrss >> 10,
        "bytes": folder_bytes(folder),
    }
    print(json.dumps({"kind": "grow", "engine": name, "count": count, **figures}))


@main.command("plot-growth")
def plot_growth() -> None:
    """Draw the figures in growth.jsonl."""
    print(growth.plot())


@main.command()
@click.argument("name")
@click.argument("count", type=int)
@click.option("--generated", is_flag=True, help="Of the questions that `grow` indexed.")
def query(name: str, count: int, generated: bool) -> None:
    """Ask one engine the workload, without and with facets, and print the percentiles as JSON."""
    engine = ENGINES[name]()
    started = time.perf_counter()
    engine.open(_folder(name, count, generated))
    engine.search("vragen", "all")
    first = time.perf_counter() - started
    figures: dict[str, Any] = {}
    size = 20 if name == "whoosh" else 100
    for label, texts in corpus.workload(count, size=size, generated=generated).items():
        for facets in ((), FACET_FIELDS):
            ask = partial(_ask, engine, corpus.KINDS[label], facets)
            figures[f"{label}{' faceted' if facets else ''}"] = _percentiles(ask, texts, 1 if name in SLOW else ROUNDS)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"kind": "query", "engine": name, "count": count, "first": first, "resident_mb": memory,
             "private_mb": _private_mb(), "queries": figures}
        )
    )  # fmt: skip


def _ask(engine: Peer, kind: str, facets: tuple[str, ...], text: str) -> object:
    return engine.search(text, kind, facets)


@main.command()
@click.argument("count", type=int)
@click.argument("way", type=click.Choice(WAYS), default=WAYS[0])
def api(count: int, way: str) -> None:
    """Ask the Python API for pages (20 hits, five facets, siblings folded), or just for their snippets, whose questions
    are read before; print the percentiles."""
    engine = EmbeddedEngine(_folder("searchq", count))
    index = Index(engine)
    facets = tuple(map(FacetQuery, FACET_FIELDS))
    figures = {}
    for label, texts in corpus.workload(count).items():
        requests = [Request(text=WRITTEN[corpus.KINDS[label]](text), facets=facets) for text in texts]  # type: ignore[no-untyped-call]
        if way == "snippets alone":
            figures[label] = _percentiles(_snippets, [engine.search(request) for request in requests])
        else:
            figures[label] = _percentiles(partial(index.page, snippets=way == "whole page"), requests)
    print(json.dumps({"kind": "api", "engine": way, "count": count, "queries": figures}))


def _snippets(hits: Hits) -> object:
    return shown([hit.question for hit in hits.hits], Highlighter(hits.highlight))


def _percentiles(ask: Callable[[T], object], texts: Sequence[T], rounds: int = ROUNDS) -> dict[str, float]:
    """Round after round, so that no query finds the records of its own last answer at hand."""
    times = [float("inf")] * len(texts)
    for _ in range(rounds):
        for place, text in enumerate(texts):
            started = time.perf_counter()
            ask(text)
            times[place] = min(times[place], (time.perf_counter() - started) * 1000)
    return {"p50": statistics.median(times), "p99": sorted(times)[max(0, round(0.99 * len(times)) - 1)]}


def _cold(count: int) -> dict[str, Any]:
    """A search from the shell with nothing loaded: modules compiled, as an installation leaves them.

    Beside it what Python takes to load NumPy alone, since machines differ, and one machine from hour to hour.
    """
    searchq = [str(Path(sys.executable).with_name("searchq")), "search", "sociale media", "--index"]
    searches = _starts([*searchq, str(_folder("searchq", count))])
    numpy = _starts([sys.executable, "-c", "import numpy"])
    figures = {"p50": statistics.median(searches), "worst": max(searches), "numpy": statistics.median(numpy)}
    return {"kind": "cold", "engine": "searchq", "count": count, **figures}


def _starts(command: list[str]) -> list[float]:
    """How long each of eleven runs of a command takes, in milliseconds; a first one compiles the modules."""
    times = []
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        for _ in range(12):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            times.append((time.perf_counter() - started) * 1000)
    return times[1:]


def _in_own_process(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _private_mb() -> float:
    """Memory of this process that is not a mapped file, in MB (Linux)."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Anonymous:",))) / 1024


def _folder(name: str, count: int, generated: bool = False) -> Path:
    return WORK / f"{name}-{'generated-' if generated else ''}{count}"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    model = platform.processor() or platform.machine()
    if shutil.which("lscpu"):
        listed = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout
        model = next((line.split(":", 1)[1].strip() for line in listed.splitlines() if "Model name" in line), model)
    return f"{model}, {cores} cores, Python {platform.python_version()}, {platform.system()}"


if __name__ == "__main__":
    main()
