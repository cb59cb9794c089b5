"""`searchq remove`: remove questions from the index, by number."""

import click

from searchq.cli.index import sentence_of
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import translated
from searchq.indexing import remove_questions

__all__ = ["command"]


@click.command(
    "remove",
    epilog="""\b
Examples:
  searchq remove 5-8902
  searchq remove 5-8902 6-512 --index mine
""",
)
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@index_option
def command(numbers: tuple[str, ...], index: str) -> int:
    """Remove questions from the index by number. Their documents are not touched.

    A question returns if its document changes and is indexed again, or with `searchq index --rebuild`.
    Exits with 1 if a number is not in the index; the others are removed.
    """
    removed = remove_questions(numbers, index)
    for removal in removed:
        say(sentence_of(removal))
    missing = set(numbers) - {removal.number for removal in removed}
    for number in sorted(missing):
        say(translated(f"The index does not contain question {number}."), err=True)
    return EXIT_NOTHING if missing else 0
