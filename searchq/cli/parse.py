"""`searchq parse`: parse documents into records, without an index."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

import click

from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import told_warnings
from searchq.cli.options import format_option
from searchq.cli.output import json_text
from searchq.cli.say import say
from searchq.cli.show import question_lines
from searchq.cli.texts import gettext, translated
from searchq.documents import Item, Parsed, Rejection, read
from searchq.documents.chamber.routes import Routes, routes_in, with_siblings
from searchq.documents.sources import STDIN
from searchq.question import Question
from searchq.record_json import to_json

__all__ = ["command"]


@click.command(
    "parse",
    epilog="""\b
Examples:
  searchq parse page.html --format json
  searchq parse archive.zip > records.jsonl
  searchq parse - --format text < page.txt
""",
)
@click.argument("paths", nargs=-1, required=True)
@format_option("jsonl", "json", "text")
@click.option("--strict", is_flag=True, help="Exit with 1 if a document is rejected or read with problems.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, metavar="N", help="Number of reader processes."
)
def command(paths: tuple[str, ...], form: str, strict: bool, jobs: int) -> int:
    """Parse documents into records: files, folders, globs, archives or - for standard input.

    Lists rejected documents on standard error, with the reason. Exits with 1 if no question was read.
    """
    counts = {"read": 0, "rejected": 0, "problems": 0}
    questions = _questions(paths, jobs, counts)
    with told_warnings():
        for line in _FORMATS[form](questions):
            say(line)
    faults = counts["rejected"] or counts["problems"]
    return EXIT_NOTHING if not counts["read"] or (strict and faults) else 0


def _questions(paths: tuple[str, ...], jobs: int, counts: dict[str, int]) -> Iterator[Question]:
    routes = routes_in(paths)
    items: Iterable[Item] = read(list(paths), jobs=jobs)
    if STDIN in paths:  # which can be read once: all of it before its first question is printed
        items = _gathered(items, routes)
    for one in items:
        if isinstance(one, Rejection):
            counts["rejected"] += 1
            rejected = click.style(gettext("rejected"), fg="red")
            say(f"{rejected}  {one.name}: {translated(one.reason)}", err=True)
            continue
        for question in one.questions if isinstance(one, Parsed) else ():
            counts["read"] += 1
            counts["problems"] += bool(question.problems)
            yield with_siblings(question, routes.of(question.docname)) if question.docname else question


def _gathered(items: Iterable[Item], routes: Routes) -> list[Item]:
    """All items, the routes of the Chamber's questions among them noted."""
    found = list(items)
    for one in found:
        for question in one.questions if isinstance(one, Parsed) else ():
            if question.docname:
                routes.add(question.number)
    return found


def _as_lines(questions: Iterator[Question]) -> Iterator[str]:
    for question in questions:
        yield json.dumps(to_json(question), ensure_ascii=False)


def _as_array(questions: Iterator[Question]) -> Iterator[str]:
    """Write one JSON array, item by item."""
    yield "["
    waiting = None
    for question in questions:
        if waiting is not None:
            yield waiting + ","
        waiting = json_text(to_json(question))
    if waiting is not None:
        yield waiting
    yield "]"


def _as_text(questions: Iterator[Question]) -> Iterator[str]:
    for question in questions:
        yield from question_lines(question)
        yield ""


_FORMATS: Final = {"jsonl": _as_lines, "json": _as_array, "text": _as_text}
