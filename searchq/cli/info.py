"""`searchq info`: show what the index contains."""

from typing import Any

import click

import searchq
from searchq.cli.options import format_option, index_option
from searchq.cli.output import json_text

__all__ = ["command"]


@click.command(
    "info",
    epilog="""\b
Examples:
  searchq info
  searchq info --format json
""",
)
@index_option
@format_option("text", "json")
def command(index: str, form: str) -> None:
    """Show what the index contains: questions, dates, size, versions, generation."""
    facts = searchq.open(index).info()
    if form == "json":
        click.echo(json_text(facts))
        return
    for name, value in facts.items():
        click.echo(click.style(f"{name.replace('_', ' '):<13}", dim=True) + _shown(value))


def _shown(value: Any) -> str:
    return "unknown" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
