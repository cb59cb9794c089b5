"""`searchq demo`: build an index from the sample questions, search it, and show what to try next."""

from collections.abc import Iterator
from typing import Final

import click

import searchq
from searchq.cli.clock import now
from searchq.cli.index import sum_of
from searchq.cli.options import index_option
from searchq.cli.output import page_text
from searchq.cli.progress import progress
from searchq.cli.say import say
from searchq.cli.texts import gettext, gettext_noop
from searchq.errors import IndexMissing, RequestError
from searchq.indexing import index_paths
from searchq.samples import samples_path

__all__ = ["command"]

_QUERY: Final = "sociale media"
_NEXT: Final = (
    ("searchq search wachttijden spoed", gettext_noop("words in all their forms")),
    ("searchq search '\"sociale media\"' --party sp.a", gettext_noop("an exact phrase under a filter")),
    ("searchq search 'titel:fiets* datum:2012..2019'", gettext_noop("fields, beginnings of words, dates")),
    ("searchq facets --facet portfolio --facet year", gettext_noop("how the questions spread")),
    ("searchq stats --by party", gettext_noop("how long answers take")),
    ("searchq show {number}", gettext_noop("one question in full")),
    ("searchq serve", gettext_noop("the search page in a browser")),
)


@click.command(
    "demo",
    epilog="""\b
Examples:
  searchq demo
  searchq demo --index demo-index --serve
""",
)
@index_option
@click.option("--serve", is_flag=True, help="Then serve the search page for these questions.")
def command(index: str, serve: bool) -> None:
    """Build an index from the sample questions shipped with searchq, search it, and show what to try next.

    The questions are invented. An index that contains other questions is not changed.
    """
    _refuse_other_questions(index)
    with progress(gettext("indexing")) as advance:
        report = index_paths([str(samples_path())], index, rebuild=True, moment=now(), jobs=1, progress=advance)
    say(f"{sum_of(report)}\n")
    say(click.style(f"$ searchq search {_QUERY} --limit 3 --facet party:5", bold=True))
    page = searchq.open(index).search(_QUERY, limit=3, facets=["party:5"])
    for line in page_text(page, "table"):
        say(line)
    say(click.style("\n" + gettext("Now try"), bold=True))
    for line in _suggestions(index, page.hits[0].question.number):
        say(line)
    if serve:
        from searchq.cli.serve import serve as run  # only --serve needs it

        say()
        run(index)


def _suggestions(index: str, number: str) -> Iterator[str]:
    option = "" if index == "index" else f" --index {index}"
    commands = [(command.format(number=number) + option, why) for command, why in _NEXT]
    longest = max(len(command) for command, _ in commands)
    for command, why in commands:
        yield f"  {command.ljust(longest)}   {click.style(gettext(why), dim=True)}"


def _refuse_other_questions(index: str) -> None:
    """Refuse to replace an index that contains other questions than the samples."""
    home = str(samples_path())
    try:
        questions = searchq.open(index).questions()
    except IndexMissing:
        return
    for question in questions:
        if not (question.source.path or "").startswith(home):
            others = gettext(
                "{index} contains other questions ({number}); choose another folder: `searchq demo --index demo-index`."
            )
            raise RequestError(others.format(index=index, number=question.number))
