"""`searchq show`: show one question in full."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import click

import searchq
from searchq.cli.nearest import nearest_named
from searchq.cli.options import format_option, index_option, number_argument
from searchq.cli.output import json_text
from searchq.cli.say import say, say_paged
from searchq.cli.terminal import paragraph, status_words
from searchq.cli.texts import day, gettext, gettext_noop, translated
from searchq.exports.citations import CITATION_FORMATS
from searchq.limits import MAX_PAGE_SIZE
from searchq.question import FrenchText, Question
from searchq.record_json import to_json

__all__ = ["command", "question_lines"]

_HEAD_COLUMNS: Final = 13  # of the column of names
_KINDS: Final = {
    "also-asked-to": gettext_noop("siblings"),  # the same question to other ministers
    "reintroduced-as": gettext_noop("put again"),
    "reintroduction-of": gettext_noop("put before"),
    "requalification-of": gettext_noop("came from"),
    "requalified-as": gettext_noop("became"),
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
            say(line)
        return
    with nearest_named(opened, number):
        question = opened.question(named[0].number if named else number)
    if form == "json":
        say(json_text(to_json(question)))
    elif form in CITATION_FORMATS:
        say(CITATION_FORMATS[form](question), nl=False)
    elif pager:
        say_paged(question_lines(question))
    else:
        for line in question_lines(question):
            say(line)


def _several(text: str, questions: Sequence[Question]) -> Iterator[str]:
    """The questions that a text names, by minister."""
    is_cut = len(questions) == MAX_PAGE_SIZE
    names = (
        gettext("{text} names {number} questions or more:") if is_cut else gettext("{text} names {number} questions:")
    )
    yield from paragraph(names.format(text=text, number=len(questions)), bold=True)
    for question in sorted(questions, key=lambda one: (one.minister or "", one.number)):
        minister = question.minister or gettext("minister unknown")
        yield from paragraph(f"{minister}: {_title(question)}", label=f"{question.number}  ")


def _title(question: Question) -> str:
    return question.title or (question.french and question.french.title) or gettext("(no title)")


def question_lines(question: Question) -> Iterator[str]:
    """The question as plain text."""
    french = question.french or FrenchText()
    head = gettext("Written question {number}").format(number=question.number)
    yield click.style(head, fg="cyan", bold=True) + f" · {status_words(question)}"
    yield from paragraph(_title(question), bold=True)
    yield ""
    for name, value in _facts(question, french):
        yield from paragraph(value, label=gettext(name).ljust(_HEAD_COLUMNS), hanging=_HEAD_COLUMNS)
    if question.chronology:
        yield ""
        for entry in question.chronology:
            yield click.style(day(entry.date, gettext("undated")).ljust(_HEAD_COLUMNS), dim=True) + entry.label
    yield from _texts(question, french)
    for problem in question.problems:
        yield ""
        yield from paragraph(translated(problem), label=gettext("problem: "), fg="yellow")


def _facts(question: Question, french: FrenchText) -> Iterator[tuple[str, str]]:
    """The facts of a question by name; a repeated name is printed once."""
    asked = (question.author or gettext("unknown")) + (f" ({question.party})" if question.party else "")
    source = question.source
    values = {
        gettext_noop("asked by"): asked,
        gettext_noop("to"): question.minister or french.minister,
        gettext_noop("portfolios"): ", ".join(question.portfolios),
        gettext_noop("date"): day(question.date, ""),
        gettext_noop("session"): question.session,
        gettext_noop("deadline"): day(question.deadline, ""),
        gettext_noop("first seen"): _first_seen(question),
        gettext_noop("keywords"): ", ".join(question.keywords or french.keywords),
        **{name: _numbers(question, kind) for kind, name in _KINDS.items()},
        gettext_noop("source"): " ".join(filter(None, [source.path, source.member, source.address])),
    }
    yield from ((name, value) for name, value in values.items() if value)


def _first_seen(question: Question) -> str:
    """When this index first held the question, and its answer."""
    asked, answered = map(_moment, (question.first_seen, question.answer_first_seen))
    if asked and asked == answered:
        return gettext("{moment}, with its answer").format(moment=asked)
    told = gettext("its answer {moment}").format(moment=answered) if answered else ""
    return "; ".join(filter(None, [asked, told]))


def _moment(moment: dt.datetime | None) -> str:
    return f"{day(moment.date(), '')} {moment:%H:%M} UTC" if moment else ""


def _numbers(question: Question, kind: str) -> str:
    return ", ".join(reference.number for reference in question.references if reference.kind == kind)


def _texts(question: Question, french: FrenchText) -> Iterator[str]:
    for name, text in (
        (gettext("Question"), question.question),
        (gettext("Answer"), question.answer),
        (gettext("Question, in French"), french.question),
        (gettext("Answer, in French"), french.answer),
    ):
        if text:
            yield from ("", click.style(name, bold=True), "")
            for line in text.splitlines():
                yield from paragraph(line) if line.strip() else [""]
