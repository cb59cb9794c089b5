"""`searchq facets`: how the questions spread over ministers, parties, years and more."""

import json
from typing import Any

import click

import searchq
from searchq.cli.bars import facet_lines, histogram_lines
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import FACET, filter_options, filters, index_option
from searchq.query.request import FacetQuery, Request
from searchq.results.exchange import facet_to_json, histogram_to_json

__all__ = ["command"]

_USUAL = (
    FacetQuery("portfolio"),
    FacetQuery("party"),
    FacetQuery("author", 5),
    FacetQuery("keyword", 5),
    FacetQuery("year", 20, order="value"),
    FacetQuery("status"),
)


@click.command(
    "facets",
    epilog="""\b
Examples:
  searchq facets
  searchq facets sociale media --facet minister:20 --facet year:30
  searchq facets --facet keyword:10 --contains media
""",
)
@click.argument("query", nargs=-1)
@index_option
@filter_options
@click.option("--facet", "facets", type=FACET, multiple=True, metavar="NAME[:N]", help="Which facet; repeat for more.")
@click.option("--contains", metavar="TEXT", help="Only values that hold this text.")
@click.option("--histogram", is_flag=True, help="Draw the questions along time, too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    query: tuple[str, ...],
    index: str,
    facets: tuple[FacetQuery, ...],
    contains: str | None,
    histogram: bool,
    form: str,
    **options: Any,
) -> int:
    """Count the questions that match QUERY (all without one) by facet, drawn as bars.

    Each facet is counted under all filters but its own, so that its other values show what choosing them would give.
    """
    asked = tuple(FacetQuery(one.name, one.limit, contains, one.order) for one in facets or _USUAL)
    request = Request(text=" ".join(query), facets=asked, histogram=histogram, limit=1, fold=False, **filters(options))
    page = searchq.open(index).page(request, snippets=False)
    if form == "json":
        found = {facet.name: facet_to_json(facet) for facet in page.facets}
        drawn = histogram_to_json(page.histogram) if page.histogram else None
        answer = {"query": request.text, "total": page.total, "facets": found, "histogram": drawn}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0 if page.total else EXIT_NOTHING
    for hint in page.hints:
        click.secho(f"note: {hint.sentence('en')}", fg="yellow", err=True)
    click.echo(f"{page.total} question{'' if page.total == 1 else 's'}")
    for facet in page.facets:
        click.echo()
        for line in facet_lines(facet):
            click.echo(line)
    if page.histogram:
        click.echo()
        for line in histogram_lines(page.histogram):
            click.echo(line)
    return 0 if page.total else EXIT_NOTHING
