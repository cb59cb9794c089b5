"""`searchq info`: show what the index contains."""

from typing import Any, Final

import click

import searchq
from searchq.cli.options import format_option, index_option
from searchq.cli.output import json_text
from searchq.cli.say import say
from searchq.cli.texts import day, gettext, gettext_noop, number
from searchq.coverage.report import Coverage

__all__ = ["command"]

_HEAD_COLUMNS: Final = 13  # of the column of names
_DAYS: Final = ("first_date", "last_date", "known_date", "updated")
_NAMES: Final = {
    "directory": gettext_noop("directory"),
    "questions": gettext_noop("questions"),
    "senate": gettext_noop("senate"),
    "chamber": gettext_noop("chamber"),
    "updated": gettext_noop("updated"),
    "first_date": gettext_noop("first date"),
    "last_date": gettext_noop("last date"),
    "known_date": gettext_noop("known date"),
    "generation": gettext_noop("generation"),
    "built": gettext_noop("built"),
    "segments": gettext_noop("segments"),
    "format": gettext_noop("format"),
    "analysis": gettext_noop("analysis"),
}


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
        say(json_text({**facts, "coverage": covered.counts}))
        return
    for name, value in _with_coverage(facts, covered).items():
        say(click.style(gettext(_NAMES.get(name, name)).ljust(_HEAD_COLUMNS), dim=True) + _shown(name, value))


def _with_coverage(facts: dict[str, Any], covered: Coverage) -> dict[str, Any]:
    """The facts, with how many questions are here of how many, for each house, after their number."""
    known = covered.senate_known
    of_known = gettext("{shown} of {all}").format(shown=number(covered.senate_here), all=number(known or 0))
    of_senate = of_known if known is not None else number(covered.senate_questions)
    told = {"senate": of_senate, "chamber": covered.chamber_questions, "updated": covered.updated}
    at = list(facts).index("questions") + 1
    return dict([*list(facts.items())[:at], *told.items(), *list(facts.items())[at:]])


def _shown(name: str, value: Any) -> str:
    if value is None:
        return gettext("unknown")
    return day(value, "") if name in _DAYS else number(value) if isinstance(value, int) else str(value)
