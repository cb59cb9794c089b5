"""`searchq backup`: copy one generation of the index, verified, into a folder of its own."""

from typing import Final

import click
from msgspec import to_builtins

from searchq.cli.options import format_option, index_option
from searchq.cli.output import json_text
from searchq.cli.progress import Progress, progress
from searchq.cli.say import say
from searchq.cli.texts import count, decimal, gettext, number
from searchq.indexing import BackupReport, backup_index

__all__ = ["command", "copying", "say_report"]

_MB: Final = 1_000_000


@click.command(
    "backup",
    epilog="""\b
Examples:
  searchq backup /media/backup/questions
  searchq backup "/media/backup/$(date +%u)" --format json
""",
)
@click.argument("folder", metavar="FOLDER")
@index_option
@format_option("text", "json")
@click.option("--quiet", is_flag=True, help="Print errors only.")
def command(folder: str, index: str, form: str, quiet: bool) -> None:
    """Back up the index into a folder: one generation, whole, each file compared with its SHA-256 as it was written.

    The folder is a new or an empty one, or that of an earlier backup, which answers until the new one is complete;
    files that it holds already are not written again. Documents may be indexed meanwhile. A backup is itself an index:
    `searchq check --index FOLDER`.
    """
    with progress(gettext("backup"), quiet, copying) as advance:
        report = backup_index(index, folder, advance)
    say_report(
        gettext("backed up generation {generation}: {questions}, {files}, {size} MB in {seconds} s"),
        report,
        form,
        quiet,
    )


def copying(state: Progress) -> str:
    """12.3 of 95.1 MB."""
    done, total = decimal(state.done / _MB, 1), decimal((state.total or 0) / _MB, 1)
    return gettext("{done} of {total} MB").format(done=done, total=total)


def say_report(sentence: str, report: BackupReport, form: str, quiet: bool) -> None:
    """Print the report of a backup or a restoration."""
    if form == "json":
        say(json_text({**to_builtins(report), "seconds": round(report.seconds, 3)}))
    elif not quiet:
        shown = {
            "generation": number(report.generation),
            "questions": count(report.questions, "question", "questions"),
            "files": count(report.files, "file", "files"),
            "size": decimal(report.bytes / _MB, 1),
            "seconds": decimal(report.seconds, 1),
        }
        say(sentence.format(**shown))
