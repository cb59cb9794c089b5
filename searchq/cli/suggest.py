"""`searchq suggest`: what could be meant by the beginning of a query."""

import dataclasses
import json

import click

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import index_option
from searchq.limits import MAX_SUGGESTIONS

__all__ = ["command"]


@click.command("suggest", epilog="Example: searchq suggest 'sociale me'")
@click.argument("prefix", nargs=-1, required=True)
@index_option
@click.option("--limit", type=click.IntRange(1, 50), default=MAX_SUGGESTIONS, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(prefix: tuple[str, ...], index: str, limit: int, form: str) -> int:
    """Complete PREFIX to words, descriptors, ministers, authors and numbers the index holds."""
    found = searchq.open(index).suggest(" ".join(prefix), limit)
    if form == "json":
        click.echo(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(f"{one.text}  {click.style(f'{one.kind}, {one.count}', dim=True)}")
    return 0 if found else EXIT_NOTHING
