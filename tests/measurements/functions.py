"""The functions that a search spends its time in, by version: a table of the dearest by own time, as shares.

python -m tests.measurements.functions --version LABEL TREE INDEX …

A version is a checkout with its C built (`.` is this one) and an index of 40,000 questions that it can read. Queries of
three kinds are put to its engine, in a process of its own, as the benchmark asks: top 20 with records, no facets. The
profiler makes every call dearer, so compare shares, and the number of calls.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final, TypeAlias

import click

from tests.benchmarks.corpus import KINDS, workload
from tests.benchmarks.ours import WRITTEN

DEAREST: Final = ("title", "topic", "prefix")  # kinds
SHOWN: Final = 10  # functions
PROFILED: Final = Path(__file__).with_name("profiled_search.py")

Functions: TypeAlias = list[tuple[str, float, float]]  # each with its own seconds and calls a query, the dearest first
Profile: TypeAlias = dict[str, Functions]  # by kind


@click.command()
@click.option("--version", "versions", nargs=3, multiple=True, required=True, metavar="LABEL TREE INDEX")
@click.option("--count", default=40_000, show_default=True, help="Questions of the indexes.")
def main(versions: Sequence[tuple[str, str, str]], count: int) -> None:
    """Print the table."""
    work = workload(count)
    queries = json.dumps({kind: [WRITTEN[KINDS[kind]](text) for text in work[kind]] for kind in DEAREST})  # type: ignore[no-untyped-call]
    profiles = {label: _profile(tree, index, queries) for label, tree, index in versions}
    click.echo(f"| | {' | '.join(profiles)} |\n|{'---|' * (len(profiles) + 1)}")
    for kind in DEAREST:
        click.echo("\n".join(_rows(kind, [profile[kind] for profile in profiles.values()])))


def _profile(tree: str, index: str, queries: str) -> Profile:
    command = [sys.executable, "-P", str(PROFILED), tree, index]
    profile: Profile = json.loads(
        subprocess.run(command, input=queries, text=True, stdout=subprocess.PIPE, check=True).stdout
    )
    return profile


def _rows(kind: str, profiles: Sequence[Functions]) -> list[str]:
    """The calls a query, then a row a rank: of each version a function, with its share."""
    columns = [[f"{share:.1%} `{name}`" for name, share in _shares(profile)] for profile in profiles]
    calls = [f"**{sum(row[2] for row in profile):,.0f} calls**" for profile in profiles]
    lines = [calls, *zip_longest(*columns, fillvalue="")]
    return [f"| {kind if rank == 0 else ''} | {' | '.join(line)} |" for rank, line in enumerate(lines)]


def _shares(profile: Functions) -> list[tuple[str, float]]:
    total = sum(seconds for _, seconds, _ in profile)
    return [(name, seconds / total) for name, seconds, _ in profile[:SHOWN]]


if __name__ == "__main__":
    main()
