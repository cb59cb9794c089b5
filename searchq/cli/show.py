"""`searchq show`: one question in full."""

import json
import textwrap
from collections.abc import Iterator

import click

import searchq
from searchq.cli.options import index_option
from searchq.cli.output import describe_status, width
from searchq.question import Question, to_json

__all__ = ["command", "question_lines"]

_KINDS = {
    "also-asked-to": "also asked to",
    "reintroduced-as": "reintroduced as",
    "reintroduction-of": "reintroduction of",
    "requalification-of": "requalification of",
    "requalified-as": "requalified as",
}


@click.command("show", epilog="Example: searchq show 5-8902 --format json")
@click.argument("number")
@index_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--open", "pager", is_flag=True, help="Read it in a pager.")
def command(number: str, index: str, form: str, pager: bool) -> None:
    """Show the question of that NUMBER (legislature-serial) in full: head, chronology, references, texts."""
    question = searchq.open(index).question(number)
    if form == "json":
        text = json.dumps(to_json(question), ensure_ascii=False, indent=2)
    else:
        text = "\n".join(question_lines(question))
    (click.echo_via_pager if pager else click.echo)(text)


def question_lines(question: Question) -> Iterator[str]:
    """The question as a page of text."""
    french = question.french
    yield click.style(f"Written question {question.number}", fg="cyan", bold=True) + f" · {describe_status(question)}"
    yield from _wrapped(question.title or (french.title if french else None) or "(no title)", bold=True)
    yield ""
    for name, value in _head(question):
        yield from textwrap.wrap(value, width(), initial_indent=f"{name + ':':<14}", subsequent_indent=" " * 14)
    if question.chronology:
        yield ""
        for entry in question.chronology:
            yield f"  {entry.date or '?'!s:<12}{entry.label}"
    for kind, name in _KINDS.items():
        numbers = [reference.number for reference in question.references if reference.kind == kind]
        if numbers:
            yield from textwrap.wrap(f"{name} {', '.join(numbers)}", width(), subsequent_indent="  ")
    for name, text in (
        ("Question", question.question),
        ("Answer", question.answer),
        ("Question (French)", french.question if french else None),
        ("Answer (French)", french.answer if french else None),
    ):
        if text:
            yield from ("", click.style(name, bold=True), "")
            for paragraph in text.splitlines():
                yield from _wrapped(paragraph) if paragraph.strip() else [""]
    for problem in question.problems:
        yield click.style(f"problem: {problem}", fg="yellow")


def _head(question: Question) -> Iterator[tuple[str, str]]:
    asked = f"{question.author or 'unknown'}" + (f" ({question.party})" if question.party else "")
    french = question.french
    values = {
        "asked by": asked,
        "to": question.minister or (french.minister if french else None),
        "portfolios": ", ".join(question.portfolios),
        "date": question.date.isoformat() if question.date else None,
        "session": question.session,
        "deadline": question.deadline.isoformat() if question.deadline else None,
        "keywords": ", ".join(question.keywords or (french.keywords if french else ())),
        "source": " ".join(filter(None, [question.source.path, question.source.member, question.source.address])),
    }
    yield from ((name, value) for name, value in values.items() if value)


def _wrapped(text: str, bold: bool = False) -> Iterator[str]:
    for line in textwrap.wrap(text, width()) or [""]:
        yield click.style(line, bold=True) if bold else line
