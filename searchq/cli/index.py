"""`searchq index`: read documents and update the index."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

import searchq
from searchq.cli.clock import now
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import told_warnings
from searchq.cli.options import index_option
from searchq.cli.output import output_file
from searchq.cli.progress import progress, rate
from searchq.cli.say import say
from searchq.cli.texts import decimal, gettext, gettext_noop, ngettext, number, translated
from searchq.indexing import COUNTS, IndexReport, Removal, index_paths, report_json

__all__ = ["command", "sentence_of", "sum_of"]

_SHOWN: Final = 10  # rejections and problems printed; the report lists all


@click.command(
    "index",
    epilog="""\b
Examples:
  searchq index pages/
  searchq index 'saved/*.html' archive.zip crawl.warc.gz --report report.json
  searchq export | searchq index - --index copy
""",
)
@click.argument("paths", nargs=-1, required=True)
@index_option
@click.option(
    "--rebuild", is_flag=True, help="Rebuild from scratch; the old index answers until the new one is complete."
)
@click.option("--prune", is_flag=True, help="Remove the questions of documents that no longer exist.")
@click.option("--prune-emptied", is_flag=True, help="Prune folders, too, that hold no document any more.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the full report to this file, as JSON.",
)
@click.option("--bulk", is_flag=True, help="Then make the file with every record that the search page offers.")
@click.option("--alerts", is_flag=True, help="Then write and send what is new, as `searchq alert run` does.")
@click.option(
    "--alerts-db", type=click.Path(dir_okay=False), envvar="SEARCHQ_ALERTS", show_envvar=True, metavar="FILE",
    help="File of the alerts; unless told, beside the index.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit with 1 if a document is rejected or read with problems.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help="Number of reader processes."
)
@click.option("--quiet", is_flag=True, help="Print errors only.")
def command(
    paths: tuple[str, ...],
    index: str,
    rebuild: bool,
    prune: bool,
    prune_emptied: bool,
    report_file: Path | None,
    bulk: bool,
    alerts: bool,
    alerts_db: str | None,
    strict: bool,
    jobs: int,
    quiet: bool,
) -> int:
    """Read documents into the index: files, folders, globs, archives (zip, tar, gz, WARC, WET) or - for standard input.

    Skips unchanged documents and replaces changed ones. Commits everything at the end, or nothing; the old index
    answers until then. Questions of deleted documents remain, unless --prune; it refuses where
    a folder that held documents holds none, as one does that is not mounted. Questions and answers that are new
    were first seen now, or at SOURCE_DATE_EPOCH (Unix seconds) where it is set. Exits with 1 if no question was read.
    """
    send = _sender(index, alerts_db, quiet) if alerts else None
    with output_file(report_file) if report_file else nullcontext() as file:
        with progress(gettext("indexing"), quiet) as advance, told_warnings(quiet):
            report = index_paths(
                list(paths),
                index,
                rebuild=rebuild,
                prune=prune,
                prune_emptied=prune_emptied,
                moment=now(),
                jobs=jobs,
                progress=advance,
                written=partial(advance, note=gettext("written")),
            )
        if file:
            json.dump(report_json(report), file, ensure_ascii=False, indent=2)
    if not quiet:
        _say(report, report_file)
    if bulk:
        path = searchq.open(index).bulk()
        if not quiet:
            size = gettext("{number} bytes").format(number=number(path.stat().st_size))
            say(f"{_head('bulk')}{path} ({size})")
    faults = strict and (report.rejected or report.problems)
    unsent = send() if send else 0
    return EXIT_NOTHING if faults or unsent or report.read == report.rejected else 0


def _sender(index: str, alerts_db: str | None, quiet: bool) -> Callable[[], int]:
    """Does a run of alerts once the index is written; a setting that is missing is reported now."""
    from searchq.cli.alert import prepare_alerts  # imports the page: 0.2 s that most runs skip

    return prepare_alerts(index, alerts_db, quiet)


def sum_of(report: IndexReport) -> str:
    """The report on one line."""
    speed = f", {rate(report.read / report.seconds)}" if report.read > report.seconds > 0 else ""
    told = (name for name in COUNTS if name != "completed" or report.completed)
    read, *others = (f"{gettext(_COUNTS[name])} {number(getattr(report, name))}" for name in told)
    return f"{read} = {' + '.join(others)}  ({decimal(report.seconds, 1)} s{speed})"


def _say(report: IndexReport, file: Path | None) -> None:
    """Print the summary, then the first few rejections and problems."""
    say(sum_of(report))
    for one in report.rejections[:_SHOWN]:
        say(f"{_head('rejected', fg='red')}{one.name}: {translated(one.reason)}")
    for name, sentences in report.problems[:_SHOWN]:
        say(f"{_head('problem', fg='yellow')}{name}: {'; '.join(map(translated, sentences))}")
    for removal in report.removed[:_SHOWN]:
        say(f"{_head('removed', fg='yellow')}{sentence_of(removal)}")
    for cancelled in report.cancelled[:_SHOWN]:
        since = gettext("{number}: the Chamber has cancelled it since").format(number=cancelled)
        say(_head("closed", fg="yellow") + since)
    told = (report.rejections, report.problems, report.removed, report.cancelled)
    hidden = sum(max(len(found) - _SHOWN, 0) for found in told)
    if hidden:
        more = (
            gettext("and {number} more, all in {file}")
            if file
            else gettext("and {number} more; --report FILE names all")
        )
        say(more.format(number=number(hidden), file=file))
    if report.gone:
        gone = ngettext(
            "{number} document indexed before; its questions remain (--prune removes them)",
            "{number} documents indexed before; their questions remain (--prune removes them)",
            len(report.gone),
        )
        say(_head("gone") + gone.format(number=number(len(report.gone))))


def _head(name: str, **style: Any) -> str:
    """The first column of a line: what the line is about."""
    text = gettext(_HEADS[name])
    return (click.style(text, **style) if style else text) + " " * max(_HEAD_COLUMNS - len(text), 1)


_HEAD_COLUMNS: Final = 10
_HEADS: Final = {
    "rejected": gettext_noop("rejected"),
    "problem": gettext_noop("problem"),
    "removed": gettext_noop("removed"),
    "closed": gettext_noop("closed"),
    "gone": gettext_noop("gone"),
    "bulk": gettext_noop("bulk"),
}
_COUNTS: Final = {
    "read": gettext_noop("read"),
    "added": gettext_noop("added"),
    "updated": gettext_noop("updated"),
    "completed": gettext_noop("completed"),
    "unchanged": gettext_noop("unchanged"),
    "rejected": gettext_noop("rejected"),
}


def sentence_of(removal: Removal) -> str:
    """A removed question or page, and the reason."""
    part = "" if removal.whole else ", " + gettext("this page only")
    return f"{removal.number}{part}: {removal.name}: {translated(removal.reason)}"
