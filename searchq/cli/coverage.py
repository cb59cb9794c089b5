"""`searchq coverage`: what is here of what there is, what is missing, and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

import searchq
from searchq.cli.fetch import archive_option
from searchq.cli.options import format_option, index_option
from searchq.cli.output import json_text
from searchq.cli.say import say
from searchq.cli.terminal import columns
from searchq.cli.texts import day, gettext, number, translated
from searchq.coverage.ledgers import Kind
from searchq.coverage.report import ChamberArchive, Coverage, Legislature, MissingRun, coverage_of_ledger
from searchq.coverage.summary import CoverageSummary
from searchq.errors import IndexMissing
from searchq.fetching import sites
from searchq.fetching.coverage import summary
from searchq.fetching.ledger import LEDGER, Ledger

__all__ = ["command"]

_SHOWN: Final = 10  # runs of missing numbers, and reasons, written out; JSON has them all
_WORDS: Final[Mapping[Kind, Callable[[MissingRun], str]]] = {
    "never-asked": lambda run: _told(
        gettext("never asked; the site shows what it shows for no question ({reason})"), run
    ),
    "not-fetched": lambda run: _told(gettext("not fetched: {reason}"), run),
    "rejected": lambda run: _told(gettext("rejected: {reason}"), run),
    "removed": lambda run: gettext("removed from the index by number"),
    "not-indexed": lambda run: gettext("fetched, not in the index"),
    "unknown": lambda run: gettext("not here, reason unknown"),
}


@click.command(
    "coverage",
    epilog="""\b
Examples:
  searchq coverage
  searchq coverage --archive archive --format json
""",
)
@index_option
@archive_option
@format_option("text", "json")
@click.pass_context
def command(context: click.Context, index: str, archive: Path, form: str) -> None:
    """Say what is here of what there is: which questions are missing, and why.

    Tells it from the index, and from the ledger of the archive where there is one; where there is no index, from the
    ledger alone. "Never asked" is a number for which the site shows what it shows for numbers that cannot exist. Of
    the Chamber no gaps are claimed.
    """
    found = _coverage(index, archive, context.get_parameter_source("archive") != ParameterSource.DEFAULT)
    for line in [json_text(found.to_json())] if form == "json" else _lines(found):
        say(line)


def _coverage(index: str, archive: Path, is_asked_for: bool) -> Coverage:
    ledger = _ledger(archive) if is_asked_for or (archive / LEDGER).exists() else None
    try:
        opened = searchq.open(index)
    except IndexMissing:
        if ledger is None:
            raise
        no_index = gettext("There is no index in {index}; this is what the ledger tells.")
        say(no_index.format(index=index), err=True)
        return coverage_of_ledger(str(archive), ledger)
    return opened.coverage(ledgers={str(archive): ledger} if ledger else {})


def _ledger(archive: Path) -> CoverageSummary:
    with Ledger(archive) as ledger:
        return summary(ledger, sites.SENATE.highest)


def _lines(found: Coverage) -> Iterator[str]:
    if found.senate:
        yield from columns([_senate_heads(), *map(_row, found.senate)], None)
        for one in found.senate:
            yield from _shortened([f"{_span(one.legislature, run)}: {_WORDS[run.kind](run)}" for run in one.missing])
    if found.chamber:
        yield from columns([_chamber_heads(), *map(_archive_row, found.chamber)], None)
    if removed := [name for name in found.removed if name.count("-") > 1]:
        yield gettext("removed from the index by number:")
        yield from _shortened(removed)
    if found.rejected:
        yield gettext("documents that gave no question:")
        by_count = sorted(found.rejected.items(), key=lambda item: (-item[1], item[0]))
        yield from _shortened([f"{number(amount)}  {translated(reason)}" for reason, amount in by_count])
    if found.rejected_unnamed:
        unnamed = gettext("and {number} more, of which the reason was not kept")
        yield unnamed.format(number=number(found.rejected_unnamed))
    if not found.senate and not found.chamber:
        yield gettext("Nothing is here yet.")


def _senate_heads() -> Sequence[str]:
    found = (
        gettext("here"),
        gettext("answered"),
        gettext("never asked"),
        gettext("missing"),
        gettext("last looked at"),
    )
    return (gettext("senate"), gettext("numbers"), *found)


def _chamber_heads() -> Sequence[str]:
    found = (gettext("routes"), gettext("cancelled"), gettext("day"), gettext("last looked at"))
    return (gettext("chamber"), *found, gettext("archive"))


def _told(text: str, run: MissingRun) -> str:
    return text.format(reason=translated(run.reason or ""))


def _row(one: Legislature) -> Sequence[str]:
    share = "" if one.answered_share is None else f" ({one.answered_share:.0%})"
    answered = gettext("unknown") if one.answered is None else number(one.answered) + share
    never = one.counts["never-asked"]
    missing = sum(run.count for run in one.missing) - never
    looked = day(one.looked, gettext("never") if one.has_ledger else gettext("unknown"))
    span = f"{number(one.first)}-{number(one.last)}" if one.last else gettext("none")
    return (str(one.legislature), span, number(one.here), answered, number(never), number(missing), looked)


def _archive_row(one: ChamberArchive) -> Sequence[str]:
    legislatures = ", ".join(map(str, one.legislatures)) or gettext("unknown")
    days = [day(date, gettext("unknown")) for date in (one.day, one.looked)]
    return (legislatures, number(one.routes), number(one.cancelled), *days, one.name)


def _shortened(lines: Sequence[str]) -> Iterable[str]:
    hidden = len(lines) - _SHOWN
    more = gettext("and {number} more; --format json lists all").format(number=number(hidden))
    return lines if hidden <= 0 else [*lines[:_SHOWN], more]


def _span(legislature: int, run: MissingRun) -> str:
    first, last = f"{legislature}-{run.first}", f"{legislature}-{run.last}"
    return gettext("{first} to {last}").format(first=first, last=last) if run.last > run.first else first
