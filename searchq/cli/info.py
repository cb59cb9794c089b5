"""`searchq info`: what the index holds."""

import json

import click

import searchq
from searchq.cli.options import index_option

__all__ = ["command"]


@click.command("info", epilog="Example: searchq info --format json")
@index_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(index: str, form: str) -> None:
    """Say what the index holds: questions, dates, size, versions, generation."""
    facts = searchq.open(index).info()
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in facts.items():
        shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
        click.echo(f"{name.replace('_', ' ') + ':':<22}{'-' if value is None else shown}")
