"""`searchq show`: show one question in full."""

from collections.abc import Iterator, Sequence
from typing import Final

import click

import searchq
from searchq.cli.nearest import nearest_named
from searchq.cli.options import format_option, index_option, number_argument
from searchq.cli.output import json_text
from searchq.cli.terminal import paragraph, status_words
from searchq.exports.citations import CITATION_FORMATS
from searchq.limits import MAX_PAGE_SIZE
from searchq.question import FrenchText, Question
from searchq.record_json import to_json

__all__ = ["command", "question_lines"]

_HEAD_COLUMNS: Final = 13  # of the column of names
_KINDS: Final = {
    "also-asked-to": "siblings",  # the same question to other ministers
    "reintroduced-as": "put again",
    "reintroduction-of": "put before",
    "requalification-of": "came from",
    "requalified-as": "became",
}


@click.command(
    "show",
    epilog="""\b
Examples:
  searchq show 5-8902
  searchq show 5-8902 --open
  searchq show 56-0930
  searchq show 5-8902 --format json
  searchq show 5-8902 --format bibtex >> sources.bib
""",
)
@number_argument
@index_option
@format_option("text", "json", *CITATION_FORMATS)
@click.option("--open", "pager", is_flag=True, help="Show it in a pager.")
def command(number: str, index: str, form: str, pager: bool) -> None:
    """Show the question of that NUMBER in full: facts, chronology, references, texts.

    A NUMBER is 5-8902 in the Senate, a route (56-B045-7-0930-2025202606531) in the Chamber. What names several
    questions (56-0930, B045, 8902, a DOCNAME, an address) lists them, the first hundred.
    """
    opened = searchq.open(index)
    named = opened.named(number)
    if len(named) > 1:
        for line in _several(number, named):
            click.echo(line)
        return
    with nearest_named(opened, number):
        question = opened.question(named[0].number if named else number)
    if form == "json":
        click.echo(json_text(to_json(question)))
    elif form in CITATION_FORMATS:
        click.echo(CITATION_FORMATS[form](question), nl=False)
    elif pager:
        click.echo_via_pager(f"{line}\n" for line in question_lines(question))
    else:
        for line in question_lines(question):
            click.echo(line)


def _several(text: str, questions: Sequence[Question]) -> Iterator[str]:
    """The questions that a text names, by minister."""
    more = " or more" if len(questions) == MAX_PAGE_SIZE else ""
    yield from paragraph(f"{text} names {len(questions)} questions{more}:", bold=True)
    for question in sorted(questions, key=lambda one: (one.minister or "", one.number)):
        yield from paragraph(
            f"{question.minister or 'minister unknown'}: {_title(question)}", label=f"{question.number}  "
        )


def _title(question: Question) -> str:
    return question.title or (question.french and question.french.title) or "(no title)"


def question_lines(question: Question) -> Iterator[str]:
    """The question as plain text."""
    french = question.french or FrenchText()
    yield click.style(f"Written question {question.number}", fg="cyan", bold=True) + f" · {status_words(question)}"
    yield from paragraph(question.title or french.title or "(no title)", bold=True)
    yield ""
    for name, value in _facts(question, french):
        yield from paragraph(value, label=name.ljust(_HEAD_COLUMNS), hanging=_HEAD_COLUMNS)
    if question.chronology:
        yield ""
        for entry in question.chronology:
            yield click.style(str(entry.date or "undated").ljust(_HEAD_COLUMNS), dim=True) + entry.label
    yield from _texts(question, french)
    for problem in question.problems:
        yield ""
        yield from paragraph(problem, label="problem: ", fg="yellow")


def _facts(question: Question, french: FrenchText) -> Iterator[tuple[str, str]]:
    """The facts of a question by name; a repeated name is printed once."""
    asked = f"{question.author or 'unknown'}" + (f" ({question.party})" if question.party else "")
    values = {
        "asked by": asked,
        "to": question.minister or french.minister,
        "portfolios": ", ".join(question.portfolios),
        "date": str(question.date or ""),
        "session": question.session,
        "deadline": str(question.deadline or ""),
        "keywords": ", ".join(question.keywords or french.keywords),
        **{name: _numbers(question, kind) for kind, name in _KINDS.items()},
        "source": " ".join(filter(None, [question.source.path, question.source.member, question.source.address])),
    }
    yield from ((name, value) for name, value in values.items() if value)


def _numbers(question: Question, kind: str) -> str:
    return ", ".join(reference.number for reference in question.references if reference.kind == kind)


def _texts(question: Question, french: FrenchText) -> Iterator[str]:
    for name, text in (
        ("Question", question.question),
        ("Answer", question.answer),
        ("Question, in French", french.question),
        ("Answer, in French", french.answer),
    ):
        if text:
            yield from ("", click.style(name, bold=True), "")
            for line in text.splitlines():
                yield from paragraph(line) if line.strip() else [""]
