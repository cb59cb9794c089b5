"""`searchq facets`: count questions by minister, party, year and more."""

from typing import Any, Final

import click
from msgspec.structs import replace

import searchq
from searchq.cli.bars import facet_lines, histogram_lines
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import say_notes
from searchq.cli.options import QueryCommand, facets_option, filter_options, format_option, index_option
from searchq.cli.output import json_text
from searchq.cli.requests import request_of
from searchq.cli.say import say
from searchq.cli.texts import count
from searchq.results.page import ResultPage
from searchq.results.serialize import facet_to_json, histogram_to_json

__all__ = ["command"]

_USUAL: Final = ("portfolio", "party", "author:5", "keyword:5", "year:20", "status")


@click.command(
    "facets",
    cls=QueryCommand,
    epilog="""\b
Examples:
  searchq facets
  searchq facets sociale media --facet minister:20 --facet year:30
  searchq facets --facet keyword:10 --contains media
  searchq facets energie --party Groen --party Ecolo --histogram
""",
)
@click.argument("query", nargs=-1)
@index_option
@filter_options
@facets_option("Which facet", _USUAL)
@click.option("--contains", metavar="TEXT", help="Only values that contain this text.")
@click.option("--histogram", is_flag=True, help="Draw a histogram by date, too.")
@format_option("text", "json")
def command(query: tuple[str, ...], index: str, contains: str | None, form: str, **options: Any) -> int:
    """Count the questions that match QUERY (all questions without one) by facet, drawn as bars.

    Each facet is counted under all filters except its own, so its counts show what selecting a value would give.
    """
    request = request_of(query, options, facets=options["facets"], histogram=options["histogram"], limit=1)
    asked = tuple(replace(one, contains=contains) for one in request.facets)
    page = searchq.open(index).page(replace(request, facets=asked), snippets=False)
    if form == "json":
        say(json_text(_as_data(page)))
    elif page.total:
        _draw(page)
    say_notes(page)
    return 0 if page.total else EXIT_NOTHING


def _draw(page: ResultPage) -> None:
    say(count(page.total, "question", "questions"))
    parts = [facet_lines(facet) for facet in page.facets]
    if page.histogram:
        parts.append(histogram_lines(page.histogram))
    for lines in parts:
        say()
        for line in lines:
            say(line)


def _as_data(page: ResultPage) -> dict[str, Any]:
    return {
        "query": page.request.text,
        "total": page.total,
        "facets": {facet.name: facet_to_json(facet) for facet in page.facets},
        "histogram": histogram_to_json(page.histogram) if page.histogram else None,
    }
