"""`searchq upgrade`: upgrade an index of an earlier version from the records stored in it."""

import click

from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import count, gettext, number, translated
from searchq.indexing.upgrade import upgrade_index

__all__ = ["command"]

_SHOWN = 10  # questions to read again that are listed


@click.command(
    "upgrade",
    epilog="""\b
Examples:
  searchq upgrade
  searchq upgrade --index copy --all
""",
)
@index_option
@click.option("--all", "everything", is_flag=True, help="List every question whose page must be read again.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help="Processes.")
def command(index: str, everything: bool, jobs: int) -> int:
    """Upgrade an index made by an earlier version from the records stored in it; the old one answers until then.

    Lists the questions whose records lack something: `searchq index` reads their pages again.
    """
    report = upgrade_index(index, jobs)
    if report.questions is None:
        say(gettext("The index is up to date; nothing to upgrade."))
        return 0
    say(gettext("renewed {questions}").format(questions=count(report.questions, "question", "questions")))
    if report.reread:
        again = gettext("To read again, with `searchq index SOURCES`: {pages}.")
        say(again.format(pages=count(len(report.reread), "page", "pages")))
    shown = report.reread if everything else report.reread[:_SHOWN]
    for one in shown:
        say(f"{one.number}  {one.document}: {translated(one.reason)}")
    if len(shown) < len(report.reread):
        more = gettext("and {hidden} more; --all lists them")
        say(more.format(hidden=number(len(report.reread) - len(shown))))
    return 0
