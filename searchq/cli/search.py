"""`searchq search`: find questions by a query and filters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

import searchq
from searchq.cli.bars import histogram_lines
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import say_notes
from searchq.cli.options import (
    QueryCommand,
    facets_option,
    filter_options,
    format_option,
    index_option,
    limit_option,
    request_of,
)
from searchq.cli.output import FIELDS, FORMATS, OF_HITS, ROW_FORMATS, USUAL_FIELDS, render_page
from searchq.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from searchq.query.facet_table import MISSING_VALUE
from searchq.query.request import SORTS
from searchq.question import Question
from searchq.record_json import to_json

__all__ = ["command"]


@click.command(
    "search",
    cls=QueryCommand,
    epilog="""\b
Examples:
  searchq search sociale media
  searchq search '"permanente aandacht"' --from 2013 --to 2013
  searchq search 'titel:fietspaden OF titel:fietsers' --portfolio Mobiliteit
  searchq search 'wachttijd*' --exclude-party 'Open Vld' --facet party:5
  searchq search 'termijn:>200' --sort longest-delay --format csv > traag.csv
  searchq search antwoorden --all --format jsonl --fields number,answer
  searchq search -- -fiets
""",
)
@click.argument("query", nargs=-1)
@index_option
@filter_options
@facets_option("Count a facet")
@click.option("--with-problems", is_flag=True, help="Only questions with parse problems.")
@click.option("--histogram", is_flag=True, help="Draw a histogram by date.")
@click.option("--sort", type=click.Choice(SORTS), metavar="ORDER", help=f"One of {', '.join(SORTS)}.")
@click.option("--page", type=click.IntRange(1), default=1, metavar="N", help="Page number.")
@limit_option(DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
@click.option("--all", "everything", is_flag=True, help="All hits instead of one page: jsonl, csv or markdown.")
@click.option(
    "--fold/--no-fold",
    default=None,
    help="Show siblings (one question to several ministers) as one hit; rows of csv and the like do not, unless told.",
)
@click.option("--no-recency", is_flag=True, help="Do not rank recent questions higher.")
@format_option(*FORMATS)
@click.option(
    "--fields", metavar="A,B,…", default="", help="Columns: any key of the record, and score, snippet, siblings."
)
@click.option("--open", "pager", is_flag=True, help="Show the hits in a pager.")
def command(
    query: tuple[str, ...],
    index: str,
    everything: bool,
    fold: bool | None,
    form: str,
    fields: str,
    pager: bool,
    **options: Any,
) -> int:
    """Find questions by words, "phrases", fields and filters.

    \b
    Words match in all their forms (antwoorden finds antwoord), and all of
    them must occur. "Words in quotation marks" match exactly. Also:
    OF, NIET or -word, (…), NABIJ/5, begin*, fuzzy~, titel:…, datum:2013-04.
    """
    columns = _columns(fields)
    if everything and form not in ROW_FORMATS:
        raise click.UsageError(f"--all writes {', '.join(ROW_FORMATS)}, not {form}; add --format csv.")
    if options.pop("with_problems"):
        options["exclude_problem"] = (*options["exclude_problem"], MISSING_VALUE)
    in_rows = form in ROW_FORMATS or (form == "table" and bool(columns))  # rows have no siblings column
    request = request_of(
        query,
        options,
        fold=not in_rows if fold is None else fold,
        recency=not options["no_recency"],
        **{name: options[name] for name in ("facets", "histogram", "sort", "page", "limit")},
    )
    opened = searchq.open(index)
    if everything and _write_all(opened.scan(request), form, columns):
        return 0
    page = opened.page(request)
    lines = render_page(page, form, columns)
    if page.histogram and form == "table":
        lines = (line for part in (lines, [""], histogram_lines(page.histogram)) for line in part)
    _write(lines, pager)
    say_notes(page)
    return 0 if page.hits else EXIT_NOTHING


def _columns(fields: str) -> list[str]:
    names = [name.strip().replace("-", "_") for name in fields.split(",") if name.strip()]
    for name in names:
        if name not in FIELDS:
            raise click.UsageError(f"--fields: unknown field '{name}'; choose from {', '.join(FIELDS)}.")
    return names


def _write_all(questions: Iterator[Question], form: str, columns: Sequence[str]) -> bool:
    """Stream every matching question; return False, with nothing written, if there is none."""
    first = next(questions, None)
    if first is None:
        return False
    chosen = [name for name in columns or USUAL_FIELDS[form] if columns or name not in OF_HITS]
    rows = ({**dict.fromkeys(OF_HITS), **to_json(question)} for part in ([first], questions) for question in part)
    _write(ROW_FORMATS[form](rows, chosen))
    return True


def _write(lines: Iterable[str], pager: bool = False) -> None:
    if pager:
        click.echo_via_pager(f"{line}\n" for line in lines)
        return
    for line in lines:
        click.echo(line)
