"""Hints, suggestions and relaxations, on standard error so that they never mix with the hits."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from searchq.cli.say import say
from searchq.cli.texts import count, gettext, language, translated
from searchq.results.page import ResultPage

__all__ = ["note", "say_notes", "told_warnings"]


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


@contextmanager
def told_warnings(quiet: bool = False) -> Iterator[None]:
    """Print what the rooms below warn of, in the language of this process; with `quiet` not that Python is old."""
    import logging  # no search needs it

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            note(translated(record.getMessage()))

    log, of_archives, told = logging.getLogger("searchq"), logging.getLogger("searchq.archives"), Told()
    level = of_archives.level
    log.addHandler(told)
    of_archives.setLevel(logging.ERROR if quiet else level)
    try:
        yield
    finally:
        of_archives.setLevel(level)
        log.removeHandler(told)
