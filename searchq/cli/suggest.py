"""`searchq suggest`: complete the beginning of a query."""

from typing import Any

import click
from msgspec import to_builtins

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.names import kind_name
from searchq.cli.options import QueryCommand, filter_options, format_option, index_option, limit_option
from searchq.cli.output import json_text
from searchq.cli.requests import request_of
from searchq.cli.say import say
from searchq.cli.texts import count
from searchq.limits import MAX_SUGGESTIONS

__all__ = ["command"]


@click.command(
    "suggest",
    cls=QueryCommand,
    epilog="""\b
Examples:
  searchq suggest sociale me
  searchq suggest 5-89 --limit 5
  searchq suggest fiets --party Groen --from 2014
""",
)
@click.argument("prefix", nargs=-1, required=True)
@index_option
@filter_options
@limit_option(MAX_SUGGESTIONS, 50)
@format_option("text", "json")
def command(prefix: tuple[str, ...], index: str, limit: int, form: str, **options: Any) -> int:
    """Complete PREFIX to descriptors, portfolios, authors, parties, words and numbers in the index.

    \b
    Each comes with the number of questions that it leads to under the
    filters. One slip is forgiven where little begins as typed.
    """
    found = searchq.open(index).suggest(" ".join(prefix), limit, within=request_of((), options))
    if form == "json":
        say(json_text(to_builtins(found)))
    else:
        longest = max((len(one.text) for one in found), default=0)
        for one in found:
            questions = count(one.count, "question", "questions")
            say(one.text.ljust(longest) + click.style(f"  {kind_name(one.kind)}, {questions}", dim=True))
    return 0 if found else EXIT_NOTHING
