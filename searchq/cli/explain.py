"""`searchq explain`: show how a question gets its score for a query."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import click
from msgspec import to_builtins

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import note
from searchq.cli.nearest import nearest_named
from searchq.cli.options import format_option, index_option, translate_option
from searchq.cli.output import json_text
from searchq.cli.say import say
from searchq.cli.texts import gettext
from searchq.query.explanation import Explanation

__all__ = ["command"]

_VALUE_COLUMNS: Final = 8


@click.command(
    "explain",
    epilog="""\b
Examples:
  searchq explain sociale media 5-8902
  searchq explain '"sociale media" OF facebook' 5-8902 --no-recency
  searchq explain sociale media 5-8902 --format json
""",
)
@click.argument("query", nargs=-1, required=True)
@click.argument("number")
@index_option
@click.option("--no-recency", is_flag=True, help="As in search --no-recency.")
@translate_option
@format_option("text", "json")
def command(query: tuple[str, ...], number: str, index: str, no_recency: bool, no_translate: bool, form: str) -> int:
    """Show how question NUMBER gets its score for QUERY, part by part.

    The score of a term is idf × saturated × boost: how rare it is, how often it occurs (its weight, which counts
    for less in a text longer than the average), and the weight its field or the query gives it.

    The total is the score of the parts × recency × as-typed: how recent the question is, and how its words stand as
    they were typed: near each other, in that form, as its whole title.
    """
    text = " ".join(query)
    opened = searchq.open(index)
    with nearest_named(opened, number):
        question = opened.question(number)
    found = opened.explain(
        text, question.number, recency=not no_recency, today=dt.date.today(), translate=not no_translate
    )
    if found is None:
        note(gettext("“{text}” does not match {number}.").format(text=text, number=question.number))
        return EXIT_NOTHING
    if form == "json":
        say(json_text({"query": text, "number": question.number, **to_builtins(found)}))
        return 0
    for line in _lines(found):
        say(line)
    return 0


def _lines(part: Explanation, branch: str = "", below: str = "") -> Iterator[str]:
    """The explanation as a tree, with all values in one column."""
    value = click.style(f"{part.value:>{_VALUE_COLUMNS}.3f}", bold=not branch)
    yield f"{value}  {branch}{click.style(part.what, fg='cyan')}{click.style(_figures(part), dim=True)}"
    for place, inner in enumerate(part.parts, 1):
        last = place == len(part.parts)
        yield from _lines(inner, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


def _figures(part: Explanation) -> str:
    """The factors of a value; a boost of 1 is omitted."""
    told = {name: value for name, value in part.figures.items() if (name, value) != ("boost", 1.0)}
    return "".join(f"  {wording(told[name])}" for name, wording in _FIGURES.items() if name in told)


_FIGURES: Final[Mapping[str, Callable[[float], str]]] = {
    "idf": lambda value: f"idf {value:.3f}",
    "saturated": lambda value: f"saturated {value:.3f}",
    "weight": lambda value: f"weight {value:g}",
    "length": lambda value: f"length {value:.2f} × average",
    "boost": lambda value: f"boost {value:g}",
    "recency": lambda value: f"recency {value:.4f}",
    "as_typed": lambda value: f"as-typed {value:.4f}",
}
