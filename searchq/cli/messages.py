"""Hints, suggestions and relaxations, on standard error so that they never mix with the hits."""

import click

from searchq.cli.say import say
from searchq.cli.texts import count, gettext, language
from searchq.results.page import ResultPage

__all__ = ["note", "say_notes"]


def say_notes(page: ResultPage) -> None:
    """Print the hints, did-you-mean and relaxations of a page."""
    for hint in page.hints:
        note(hint.sentence(language()))
    if not page.total + page.partial_total:
        note(gettext("Nothing found."))
    elif not page.hits:
        there_is_none = gettext("There is no page {page}; the last is --page {last}.")
        note(there_is_none.format(page=page.request.page, last=page.pages))
    if page.did_you_mean:
        note(gettext("Did you mean: {words}").format(words=page.did_you_mean))
    for way in page.relaxations:
        without = gettext("Without “{dropped}”: {questions}.")
        note(without.format(dropped=way.dropped, questions=count(way.total, "question", "questions")))


def note(sentence: str) -> None:
    """Print one message."""
    say(click.style(sentence, fg="yellow"), err=True)
