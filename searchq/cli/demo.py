"""`searchq demo`: from nothing to answers in one command, on the sample questions of the package."""

from collections.abc import Sequence

import click

import searchq
from searchq.cli.index import summary
from searchq.cli.options import index_option
from searchq.cli.output import render_page
from searchq.cli.progress import progress
from searchq.errors import IndexMissing, RequestError
from searchq.indexing import index_paths
from searchq.query.request import FacetQuery, Request
from searchq.samples import samples_path

__all__ = ["command"]

_QUERY = "sociale media"
_NEXT = (
    ("searchq search wachttijden spoed", "words in all their forms"),
    ("searchq search '\"sociale media\"' --party sp.a", "an exact phrase under a filter"),
    ("searchq search 'titel:fiets* datum:2012..2019'", "fields, prefixes and dates"),
    ("searchq facets --facet portfolio --facet year", "how the questions spread"),
    ("searchq show {number}", "one question in full"),
    ("searchq serve", "the search page in a browser"),
)


@click.command("demo", epilog="Example: searchq demo --serve")
@index_option
@click.option("--serve", is_flag=True, help="Then serve the search page on these questions.")
def command(index: str, serve: bool) -> None:
    """Build an index from the sample questions shipped with searchq, search it, and say what to try next.

    The questions are invented; an index that holds others is left alone.
    """
    _refuse_other_questions(index)
    with progress("indexing samples") as advance:
        report = index_paths([str(samples_path())], index, rebuild=True, jobs=1, progress=advance)
    click.echo(f"{summary(report)[0]}\n")
    click.echo(click.style(f"$ searchq search {_QUERY}", bold=True))
    request = Request(text=_QUERY, limit=3, facets=(FacetQuery("portfolio", 5), FacetQuery("party", 5)))
    page = searchq.open(index).page(request)
    for line in render_page(page, "table", ()):
        click.echo(line)
    click.echo(click.style("\nNow try", bold=True))
    number = page.hits[0].question.number if page.hits else "5-1"
    for line in _suggestions(index, number):
        click.echo(line)
    if serve:
        from searchq.cli.serve import serve as run  # only --serve needs the server

        run(index)


def _suggestions(index: str, number: str) -> Sequence[str]:
    option = "" if index == "index" else f" --index {index}"
    commands = [(command_.format(number=number) + option, why) for command_, why in _NEXT]
    longest = max(len(command_) for command_, _ in commands)
    return [f"  {command_.ljust(longest)}   {click.style(why, dim=True)}" for command_, why in commands]


def _refuse_other_questions(index: str) -> None:
    """Never replace an index somebody built from documents of their own."""
    home = str(samples_path())
    try:
        for question in searchq.open(index).questions():
            if not (question.source.path or "").startswith(home):
                raise RequestError(
                    f"{index} holds questions of your own ({question.number}); name another place: "
                    "searchq demo --index demo-index"
                )
    except IndexMissing:
        return
