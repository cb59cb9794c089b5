"""`searchq search`: a query and filters in, ranked hits out."""

from collections.abc import Iterator
from typing import Any

import click

import searchq
from searchq.cli.bars import histogram_lines
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import FACET, filter_options, filters, index_option
from searchq.cli.output import CSV_FIELDS, FORMATS, HIT_FIELDS, render_page, write_rows
from searchq.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from searchq.query.request import SORTS, FacetQuery, Request
from searchq.question import Question, to_json
from searchq.results.page import ResultPage

__all__ = ["command"]

_RECORD_FIELDS = (*Question.__dataclass_fields__, "score", "snippet", "snippets", "siblings")


@click.command(
    "search",
    short_help="Find questions.",
    epilog="""\b
Examples:
  searchq search sociale media
  searchq search '"permanente aandacht"' --from 2013 --to 2013
  searchq search 'titel:fietspaden OF titel:fietsers' --portfolio Mobiliteit
  searchq search 'wachttijd*' --exclude-party 'Open Vld' --facet party:5
  searchq search 'termijn:>200' --sort longest-delay --format csv > traag.csv
  searchq search antwoorden --all --format jsonl --fields number,answer
""",
)
@click.argument("query", nargs=-1)
@index_option
@filter_options
@click.option(
    "--facet", "facets", type=FACET, multiple=True, metavar="NAME[:N]", help="Count a facet; repeat for more."
)
@click.option("--histogram", is_flag=True, help="Draw the questions along time.")
@click.option("--sort", type=click.Choice(SORTS), help="Order; by relevance when there is a query, else newest first.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of hits.")
@click.option(
    "--limit", type=click.IntRange(1, MAX_PAGE_SIZE), default=DEFAULT_PAGE_SIZE, show_default=True, help="Hits a page."
)
@click.option("--all", "everything", is_flag=True, help="Every hit, not a page of them (with jsonl, csv or markdown).")
@click.option("--no-fold", is_flag=True, help="List siblings (one question to several ministers) one by one.")
@click.option("--no-recency", is_flag=True, help="Give later questions no preference among equals.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True, help="How to write hits."
)
@click.option("--fields", metavar="A,B,…", default="", help="Columns to write: any key of the record, score, snippet.")
@click.option("--open", "pager", is_flag=True, help="Read the hits in a pager.")
def command(query: tuple[str, ...], index: str, form: str, fields: str, pager: bool, **options: Any) -> int:
    """Find questions by words, "phrases", fields and filters.

    Words are searched in all their forms: antwoorden finds antwoord. All words must be there; "quoted words" stand
    exactly so.
    Also: OF / OR, NIET / NOT or -word, (…), NABIJ/5, begin*, fuzzy~, titel:…, minister:…, datum:2013-04..2013-06.
    Values of one filter are alternatives; different filters all hold. --exclude-X bars a value of any filter X.
    """
    columns = _columns(fields)
    everything = options.pop("everything")
    request = _request(" ".join(query), options)
    opened = searchq.open(index)
    if everything:
        if form not in {"jsonl", "csv", "markdown"}:
            raise click.UsageError(f"--all writes jsonl, csv or markdown, not {form}; add --format csv.")
        chosen = columns or [name for name in (CSV_FIELDS if form == "csv" else HIT_FIELDS) if name not in _OF_PAGES]
        return _write_all(write_rows(form, _rows(opened.scan(request), chosen), chosen))
    page = opened.page(request)
    _say_hints(page)
    lines = list(render_page(page, form, columns))
    if page.histogram and form == "table":
        lines += ["", *histogram_lines(page.histogram)]
    if pager:
        click.echo_via_pager("\n".join(lines) + "\n")
    else:
        for line in lines:
            click.echo(line)
    return 0 if page.total or page.jump else EXIT_NOTHING


_OF_PAGES = frozenset({"score", "snippet", "snippets", "siblings"})  # what a stream of all hits does not have


def _request(text: str, options: dict[str, Any]) -> Request:
    facets: tuple[FacetQuery, ...] = options.pop("facets")
    sort = options.pop("sort")
    return Request(
        text=text,
        facets=facets,
        sort=sort or ("relevance" if text.strip() else "newest"),
        fold=not options.pop("no_fold"),
        recency=not options.pop("no_recency"),
        histogram=options.pop("histogram"),
        page=options.pop("page"),
        limit=options.pop("limit"),
        **filters(options),
    )


def _columns(fields: str) -> list[str]:
    columns = [name.strip().replace("-", "_") for name in fields.split(",") if name.strip()]
    for name in columns:
        if name not in _RECORD_FIELDS:
            raise click.UsageError(f"--fields: {name!r} is no field; choose from {', '.join(_RECORD_FIELDS)}.")
    return columns


def _say_hints(page: ResultPage) -> None:
    """Remarks go to standard error, so that they never mix with what is piped on."""
    for hint in page.hints:
        click.secho(f"note: {hint.sentence('en')}", fg="yellow", err=True)
    if page.did_you_mean:
        click.secho(f"did you mean: {page.did_you_mean}", fg="yellow", err=True)
    for way in page.relaxations:
        click.secho(
            f"without {way.dropped}: {way.total} question{'' if way.total == 1 else 's'}", fg="yellow", err=True
        )


def _rows(questions: Iterator[Question], fields: list[str]) -> Iterator[dict[str, Any]]:
    for question in questions:
        record = to_json(question)
        yield {field: record.get(field) for field in fields}


def _write_all(lines: Iterator[str]) -> int:
    found = False
    for line in lines:
        click.echo(line)
        found = True
    return 0 if found else EXIT_NOTHING
