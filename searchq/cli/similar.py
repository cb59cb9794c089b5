"""`searchq similar`: find questions similar to a given one."""

import click
from msgspec.structs import replace

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import note
from searchq.cli.nearest import nearest_named
from searchq.cli.options import format_option, index_option, limit_option, number_argument
from searchq.cli.output import FORMATS, write_page
from searchq.cli.texts import gettext
from searchq.limits import MAX_PAGE_SIZE

__all__ = ["command"]


@click.command(
    "similar",
    epilog="""\b
Examples:
  searchq similar 5-8902 --limit 5
  searchq similar 5-8902 --format csv > alike.csv
""",
)
@number_argument
@index_option
@limit_option(10, MAX_PAGE_SIZE)
@format_option(*FORMATS)
def command(number: str, index: str, limit: int, form: str) -> int:
    """Find the questions most similar to question NUMBER, by its most significant words.

    Excludes its siblings (the same question to other ministers).
    """
    opened = searchq.open(index)
    with nearest_named(opened, number):
        found = opened.similar(number, limit, snippets=True)
    page = replace(found, total=len(found.hits), groups=len(found.hits))  # the total is meaningless
    write_page(page, form)
    if not page.hits:
        note(gettext("No similar question found."))
        return EXIT_NOTHING
    return 0
