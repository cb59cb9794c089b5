"""`searchq restore`: make what a backup holds the newest generation of the index."""

import click

from searchq.cli.backup import copying, say_report
from searchq.cli.options import format_option, index_option
from searchq.cli.progress import progress
from searchq.cli.texts import gettext
from searchq.indexing import restore_index

__all__ = ["command"]


@click.command(
    "restore",
    epilog="""\b
Examples:
  searchq restore /media/backup/questions
  searchq restore /media/backup/questions --index copy
""",
)
@click.argument("folder", metavar="FOLDER")
@index_option
@format_option("text", "json")
@click.option("--quiet", is_flag=True, help="Print errors only.")
def command(folder: str, index: str, form: str, quiet: bool) -> None:
    """Restore the index from a backup; the old index answers until the backup is complete beside it, and verified.

    A server that is running goes on with what was restored. What came into the index since the backup is gone; the next
    `searchq index` reads it again.
    """
    with progress(gettext("restore"), quiet, copying) as advance:
        report = restore_index(folder, index, advance)
    say_report(
        gettext("restored as generation {generation}: {questions}, {files}, {size} MB in {seconds} s"),
        report,
        form,
        quiet,
    )
