"""`searchq info`: show what the index contains."""

from typing import Any

import click

import searchq
from searchq.cli.options import format_option, index_option
from searchq.cli.output import json_text
from searchq.coverage.report import Coverage

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
    """Show what the index contains: questions, coverage, dates, size, versions, generation."""
    opened = searchq.open(index)
    facts, covered = opened.info(), opened.coverage()
    if form == "json":
        click.echo(json_text({**facts, "coverage": covered.counts}))
        return
    for name, value in _with_coverage(facts, covered).items():
        click.echo(click.style(f"{name.replace('_', ' '):<13}", dim=True) + _shown(value))


def _with_coverage(facts: dict[str, Any], covered: Coverage) -> dict[str, Any]:
    """The facts, with how many questions are here of how many, for each house, after their number."""
    known = covered.senate_known
    of_known = f"{covered.senate_here:,} of {known:,}" if known is not None else f"{covered.senate_questions:,}"
    told = {"senate": of_known, "chamber": covered.chamber_questions, "updated": covered.updated}
    at = list(facts).index("questions") + 1
    return dict([*list(facts.items())[:at], *told.items(), *list(facts.items())[at:]])


def _shown(value: Any) -> str:
    return "unknown" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
