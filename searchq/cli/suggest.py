"""`searchq suggest`: complete the beginning of a query."""

import click
from msgspec import to_builtins

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import format_option, index_option, limit_option
from searchq.cli.output import json_text
from searchq.cli.terminal import counted
from searchq.limits import MAX_SUGGESTIONS

__all__ = ["command"]


@click.command(
    "suggest",
    epilog="""\b
Examples:
  searchq suggest sociale me
  searchq suggest 5-89 --limit 5
""",
)
@click.argument("prefix", nargs=-1, required=True)
@index_option
@limit_option(MAX_SUGGESTIONS, 50)
@format_option("text", "json")
def command(prefix: tuple[str, ...], index: str, limit: int, form: str) -> int:
    """Complete PREFIX to words, descriptors, portfolios, authors and numbers in the index."""
    found = searchq.open(index).suggest(" ".join(prefix), limit)
    if form == "json":
        click.echo(json_text(to_builtins(found)))
    else:
        longest = max((len(one.text) for one in found), default=0)
        for one in found:
            click.echo(
                one.text.ljust(longest) + click.style(f"  {one.kind}, {counted(one.count, 'question')}", dim=True)
            )
    return 0 if found else EXIT_NOTHING
