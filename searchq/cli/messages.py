"""Remarks on how a query was understood and what else would find something: standard error, never among the hits."""

import click

from searchq.cli.terminal import counted
from searchq.results.page import ResultPage

__all__ = ["note", "say_notes"]


def say_notes(page: ResultPage) -> None:
    """Say what the page has to tell besides its hits."""
    for hint in page.hints:
        note(hint.sentence("en"))
    if not page.total:
        note("Nothing found.")
    elif not page.hits:
        note(f"There is no page {page.request.page}; the last one is --page {page.pages}.")
    if page.did_you_mean:
        note(f"Did you mean: {page.did_you_mean}")
    for way in page.relaxations:
        note(f"Without “{way.dropped}”: {counted(way.total, 'question')}.")


def note(sentence: str) -> None:
    """One remark."""
    click.secho(sentence, fg="yellow", err=True)
