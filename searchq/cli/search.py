"""`searchq search`: find questions by a query and filters."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import click

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import note, say_notes
from searchq.cli.options import (
    QueryCommand,
    dialect_option,
    facets_option,
    fields_option,
    filter_options,
    format_option,
    index_option,
    limit_option,
)
from searchq.cli.output import FORMATS, ROW_FORMATS, field_names, page_text, write_page, write_rows
from searchq.cli.requests import request_of
from searchq.cli.say import say_paged
from searchq.cli.texts import gettext
from searchq.exports.dialects import Dialect
from searchq.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from searchq.query.facet_table import MISSING_VALUE
from searchq.query.request import SORTS
from searchq.question import Question
from searchq.results.page import ResultHit

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
  searchq search asiel --all --format xlsx --fields number,date,title,question,answer > asiel.xlsx
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
@click.option("--all", "everything", is_flag=True, help="All hits instead of one page, in any format but table.")
@click.option(
    "--fold/--no-fold",
    default=None,
    help="Show siblings (one question to several ministers) as one hit; rows of csv and the like do not, unless told.",
)
@click.option("--all-words", is_flag=True, help="Only questions with all words; never most of them instead.")
@click.option("--no-recency", is_flag=True, help="Do not rank recent questions higher.")
@format_option(*FORMATS)
@fields_option
@dialect_option
@click.option("--open", "pager", is_flag=True, help="Show the hits in a pager.")
def command(
    query: tuple[str, ...],
    index: str,
    everything: bool,
    fold: bool | None,
    form: str,
    fields: str,
    dialect: Dialect,
    pager: bool,
    **options: Any,
) -> int:
    """Find questions by words, "phrases", fields and filters.

    \b
    Words match in all their forms (antwoorden finds antwoord). Questions
    with all words come first; where these are few, those with most of them
    follow. "Words in quotation marks" match exactly. Also:
    OF, NIET or -word, (…), NABIJ/5, begin*, fuzzy~, titel:…, datum:2013-04.
    """
    columns = field_names(fields)
    if everything and form == "table":
        writes = gettext("--all writes {formats}, not table; add --format csv.")
        raise click.UsageError(writes.format(formats=", ".join(FORMATS[1:])))
    if options.pop("with_problems"):
        options["exclude_problem"] = (*options["exclude_problem"], MISSING_VALUE)
    in_rows = form in ROW_FORMATS or (form == "table" and bool(columns))  # rows have no siblings column
    request = request_of(
        query,
        options,
        fold=not in_rows if fold is None else fold,
        recency=not options["no_recency"],
        **{name: options[name] for name in ("facets", "histogram", "sort", "page", "limit", "all_words")},
    )
    opened = searchq.open(index)
    if everything:
        questions = opened.scan(request)
        if (first := next(questions, None)) is not None:
            write_rows(_every_row(chain([first], questions)), form, columns, dialect=dialect)
            return 0
    page = opened.page(request)
    if pager:
        say_paged(page_text(page, form, columns))
    else:
        write_page(page, form, columns, dialect=dialect)
    if page.translations:
        note(gettext("Also searched for: {words}").format(words=", ".join(page.translations)))
    say_notes(page)
    return 0 if page.hits else EXIT_NOTHING


def _every_row(questions: Iterator[Question]) -> Iterator[ResultHit]:
    """Every matching question as a row without rank."""
    from searchq.exports.columns import without_hit

    return map(without_hit, questions)
