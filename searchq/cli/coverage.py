"""`searchq coverage`: what a fetched archive holds, and what it lacks and why."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from searchq.cli.fetch import archive_option
from searchq.cli.options import format_option
from searchq.cli.output import json_text
from searchq.cli.terminal import columns
from searchq.fetching import sites
from searchq.fetching.coverage import ChamberCoverage, CoverageSummary, Missing, SenateCoverage, summary
from searchq.fetching.ledger import Ledger

__all__ = ["command"]

_SHOWN: Final = 10  # runs of missing numbers written out; JSON has them all


@click.command(
    "coverage",
    epilog="""\b
Examples:
  searchq coverage
  searchq coverage --archive archive --format json
""",
)
@archive_option
@format_option("text", "json")
def command(archive: Path, form: str) -> None:
    """Say what a fetched archive holds: by legislature how many questions are here, which are missing, and why.

    A gap is a number for which the site shows what it shows for numbers that cannot exist; whatever else is missing is
    called unknown.
    """
    with Ledger(archive) as ledger:
        found = summary(ledger, sites.SENATE.highest)
    for line in [json_text(found.to_json())] if form == "json" else _lines(found):
        click.echo(line)


def _lines(found: CoverageSummary) -> Iterator[str]:
    if found.senate:
        heads: Sequence[str] = ("senate", "numbers", "here", "answered", "waiting", "gaps", "unknown", "last looked at")
        yield from columns([heads, *map(_row, found.senate)], None)
        for one in found.senate:
            yield from _missing(one)
    if found.chamber:
        heads = ("chamber", "archive", "MB", "stored", "last looked at")
        yield from columns([heads, *map(_zip_row, found.chamber)], None)
    if not found.senate and not found.chamber:
        yield "Nothing was fetched yet."


def _row(one: SenateCoverage) -> Sequence[str]:
    share = f" ({one.answered / one.here:.0%})" if one.here else ""
    gaps, unknown = (sum(run.count for run in runs) for runs in (one.gaps, one.unknown))
    counts = (f"{one.here:,}", f"{one.answered:,}{share}", f"{one.waiting:,}", f"{gaps:,}", f"{unknown:,}")
    return (str(one.legislature), f"1-{one.last:,}" if one.last else "none", *counts, one.looked or "never")


def _missing(one: SenateCoverage) -> Iterator[str]:
    """Which numbers are missing, a few runs written out."""
    for kind, runs in (("gap", one.gaps), ("unknown", one.unknown)):
        for run in runs[:_SHOWN]:
            yield f"{kind}  {_span(one.legislature, run)}: {run.reason}"
        if len(runs) > _SHOWN:
            yield f"and {len(runs) - _SHOWN:,} more; --format json has all"


def _span(legislature: int, run: Missing) -> str:
    return f"{legislature}-{run.first}" + (f" to {legislature}-{run.last}" if run.last > run.first else "")


def _zip_row(one: ChamberCoverage) -> Sequence[str]:
    return (str(one.legislature), one.name, f"{one.bytes / 1e6:,.1f}", one.fetched, one.looked)
