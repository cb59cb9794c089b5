"""`searchq index`: documents in, an index that is up to date out."""

import json
from pathlib import Path

import click

from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import index_option
from searchq.cli.progress import progress
from searchq.indexing import IndexReport, index_paths, report_json

__all__ = ["command", "summary"]

_SHOWN = 10  # rejections and problems written out; the report has them all


@click.command(
    "index",
    short_help="Read documents and bring the index up to date.",
    epilog="""\b
Examples:
  searchq index pages/
  searchq index 'saved/*.html' archive.zip crawl.warc.gz --report report.json
  searchq export | searchq index - --index copy
""",
)
@click.argument("paths", nargs=-1, required=True)
@index_option
@click.option("--rebuild", is_flag=True, help="Begin anew; the old index answers until the new one is whole.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write the full report, as JSON, to this file.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a document was rejected or read with problems.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read and analyse."
)
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def command(
    paths: tuple[str, ...], index: str, rebuild: bool, report: str | None, strict: bool, jobs: int, quiet: bool
) -> int:
    """Read files, folders, globs, archives (zip, tar, gz, WARC, WET) or standard input (-) into the index.

    Unchanged documents are not indexed again, changed ones replace their old version; all is committed at the end or
    not at all, and the old index answers until then.
    """
    with progress("indexing", quiet) as advance:
        done = index_paths(list(paths), index, rebuild=rebuild, jobs=jobs, progress=advance)
    if report:
        Path(report).write_text(json.dumps(report_json(done), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if not quiet:
        for line in summary(done, report):
            click.echo(line)
    return EXIT_NOTHING if strict and (done.rejected or done.problems) else 0


def summary(report: IndexReport, path: str | None = None) -> list[str]:
    """The report in lines for people: the sum first, then what was rejected or read with problems."""
    rate = f", {report.read / report.seconds:,.0f} a second" if report.seconds > 0 else ""
    lines = [
        f"read {report.read} = added {report.added} + updated {report.updated} + unchanged {report.unchanged}"
        f" + rejected {report.rejected}  ({report.seconds:.1f} s{rate})"
    ]
    lines += [f"rejected: {one.name}: {one.reason}" for one in report.rejections[:_SHOWN]]
    lines += [f"problem: {name}: {' '.join(sentences)}" for name, sentences in report.problems[:_SHOWN]]
    hidden = max(len(report.rejections) - _SHOWN, 0) + max(len(report.problems) - _SHOWN, 0)
    if hidden:
        lines.append(f"and {hidden} more in {path}" if path else f"and {hidden} more; --report FILE writes them all")
    return lines
