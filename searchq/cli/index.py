"""`searchq index`: read documents and update the index."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import index_option
from searchq.cli.output import output_file
from searchq.cli.progress import progress
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
    strict: bool,
    jobs: int,
    quiet: bool,
) -> int:
    """Read documents into the index: files, folders, globs, archives (zip, tar, gz, WARC, WET) or - for standard input.

    Skips unchanged documents and replaces changed ones. Commits everything at the end, or nothing; the old index
    answers until then. Questions of deleted documents remain, unless --prune; it refuses where
    a folder that held documents holds none, as one does that is not mounted. Exits with 1 if no question was read.
    """
    with output_file(report_file) if report_file else nullcontext() as file:
        with progress("indexing", quiet) as advance:
            report = index_paths(
                list(paths),
                index,
                rebuild=rebuild,
                prune=prune,
                prune_emptied=prune_emptied,
                jobs=jobs,
                progress=advance,
            )
        if file:
            json.dump(report_json(report), file, ensure_ascii=False, indent=2)
    if not quiet:
        _say(report, report_file)
    if bulk:
        path = searchq.open(index).bulk()
        if not quiet:
            click.echo(f"bulk      {path} ({path.stat().st_size:,} bytes)")
    faults = strict and (report.rejected or report.problems)
    return EXIT_NOTHING if faults or report.read == report.rejected else 0


def sum_of(report: IndexReport) -> str:
    """The report on one line."""
    rate = f", {report.read / report.seconds:,.0f} a second" if report.read > report.seconds > 0 else ""
    counts = (f"{name} {getattr(report, name):,}" for name in COUNTS[1:] if name != "completed" or report.completed)
    return f"read {report.read:,} = {' + '.join(counts)}  ({report.seconds:.1f} s{rate})"


def _say(report: IndexReport, file: Path | None) -> None:
    """Print the summary, then the first few rejections and problems."""
    click.echo(sum_of(report))
    for one in report.rejections[:_SHOWN]:
        click.echo(f"{click.style('rejected', fg='red')}  {one.name}: {one.reason}")
    for name, sentences in report.problems[:_SHOWN]:
        click.echo(f"{click.style('problem', fg='yellow')}   {name}: {'; '.join(sentences)}")
    for removal in report.removed[:_SHOWN]:
        click.echo(f"{click.style('removed', fg='yellow')}   {sentence_of(removal)}")
    for number in report.cancelled[:_SHOWN]:
        click.echo(f"{click.style('closed', fg='yellow')}    {number}: the Chamber has cancelled it since")
    told = (report.rejections, report.problems, report.removed, report.cancelled)
    hidden = sum(max(len(found) - _SHOWN, 0) for found in told)
    if hidden:
        click.echo(f"and {hidden:,} more" + (f", all in {file}" if file else "; --report FILE names all"))
    if report.gone:
        what, whose = ("1 document", "its") if len(report.gone) == 1 else (f"{len(report.gone):,} documents", "their")
        click.echo(f"gone      {what} indexed before; {whose} questions remain (--prune removes them)")


def sentence_of(removal: Removal) -> str:
    """A removed question or page, and the reason."""
    what = removal.number if removal.whole else f"{removal.number}, this page only"
    return f"{what}: {removal.name}: {removal.reason}"
