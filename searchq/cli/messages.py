"""Hints, suggestions and relaxations, on standard error so that they never mix with the hits."""

import click

from searchq.cli.terminal import counted
from searchq.results.page import ResultPage

__all__ = ["note", "say_notes"]


def say_notes(page: ResultPage) -> None:
    """Print the hints, did-you-mean and relaxations of a page."""
    for hint in page.hints:
        note(hint.sentence("en"))
    if not page.total + page.partial_total:
        note("Nothing found.")
    elif not page.hits:
        note(f"There is no page {page.request.page}; the last is --page {page.pages}.")
    if page.did_you_mean:
        note(f"Did you mean: {page.did_you_mean}")
    for way in page.relaxations:
        note(f"Without “{way.dropped}”: {counted(way.total, 'question')}.")


def note(sentence: str) -> None:
    """Print one message."""
    click.secho(sentence, fg="yellow", err=True)
