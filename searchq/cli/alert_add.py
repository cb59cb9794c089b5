"""`searchq alert add`: a search or a question, and who is told of it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

import searchq
from searchq.alerts.index_news import request_of
from searchq.alerts.places import ENVIRONMENT, alerts_file
from searchq.alerts.run import stamp
from searchq.alerts.settings import missing
from searchq.alerts.store import Store
from searchq.alerts.subscription import KINDS, Channel, Subscription, mail_address, search_of
from searchq.api import Index
from searchq.cli.alert_lines import alert_line
from searchq.cli.clock import now
from searchq.cli.messages import note
from searchq.cli.options import QueryCommand, alert_filter_options, index_option
from searchq.cli.requests import request_of as typed_request
from searchq.cli.say import say
from searchq.cli.texts import count, gettext, language
from searchq.errors import AlertError, QuestionNotFound
from searchq.first_seen import EventKind
from searchq.numbers import parse_number
from searchq.query.facet_table import Language
from searchq.web.mount import LANGUAGES

__all__ = ["add", "alerts_option"]

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


def alerts_option(command: _Decorated) -> _Decorated:
    """`--alerts-db FILE`: where subscriptions stand."""
    return click.option(
        "--alerts-db",
        "database",
        type=click.Path(dir_okay=False),
        envvar=ENVIRONMENT,
        show_envvar=True,
        metavar="FILE",
        help="File of the alerts; unless told, beside the index.",
    )(command)


@click.command("add", cls=QueryCommand)
@click.argument("query", nargs=-1)
@index_option
@alerts_option
@click.option("--mail", metavar="ADDRESS", help="Send mail to this address.")
@click.option("--to", "file", type=click.Path(dir_okay=False), metavar="FILE", help="Append to this file.")
@click.option("--run", "program", metavar="COMMAND", help="Run this command, with the message on its standard input.")
@click.option("--question", "number", metavar="NUMBER", help="Tell when this question is answered, then end.")
@click.option("--when", metavar="KIND,…", help=f"Some of {','.join(KINDS)}; both, unless told.")
@click.option(
    "--in", "spoken", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Language of the messages."
)
@alert_filter_options
def add(
    query: tuple[str, ...],
    index: str,
    database: str | None,
    mail: str | None,
    file: str | None,
    program: str | None,
    number: str | None,
    when: str | None,
    spoken: Language,
    **options: Any,
) -> None:
    """Add an alert for a search or a question.

    Words and filters are those of `searchq search`; without any, every question is told of.
    """
    channel, target = _receiver(mail, file, program)
    request = typed_request(query, options)
    if number and (request != typed_request((), {**options, **_no_filters(options)}) or when):
        raise click.UsageError(gettext("--question takes no search and no --when."))
    opened = searchq.open(index)
    asked = Subscription(
        channel=channel,
        target=target,
        search=None if number else search_of(request),
        number=_number(opened, number) if number else None,
        kinds=("answered",) if number else _kinds(when),
        language=spoken,
        origin=opened.origin,
        cursor=opened.generation,
        created=stamp(now()),
    )
    with Store(alerts_file(index, database), create=True) as store:
        _add(store, opened, asked)
    if channel == "mail" and (absent := missing(os.environ)):
        note(gettext("No mail is sent before these are set: {names}.").format(names=", ".join(absent)))


def _no_filters(options: dict[str, Any]) -> dict[str, Any]:
    return {name: () if isinstance(value, tuple) else None for name, value in options.items()} | {"no_translate": False}


def _add(store: Store, index: Index, asked: Subscription) -> None:
    """Enter an alert, unless there is one like it; tell what it finds so far."""
    alike = (one.id for one in store.subscriptions(target=asked.target) if one.is_like(asked))
    if there := next(alike, None):
        note(gettext("Alert {id} is the same.").format(id=there))
        return
    page = index.page(request_of(asked), snippets=False)
    for hint in page.hints:
        note(hint.sentence(language()))
    added = store.add(asked)
    known = gettext("{questions} so far").format(questions=count(page.total, "question", "questions"))
    say(f"{alert_line(added)}{'' if asked.number else f' ({known})'}")


def _receiver(mail: str | None, file: str | None, program: str | None) -> tuple[Channel, str]:
    """The one receiver given."""
    given: list[tuple[Channel, str]] = []
    if mail is not None:
        given.append(("mail", mail_address(mail)))
    if file is not None:
        given.append(("file", str(Path(file).absolute())))
    if program is not None:
        given.append(("command", program))
    if len(given) != 1:
        raise click.UsageError(gettext("Give one of --mail ADDRESS, --to FILE, --run COMMAND."))
    return given[0]


def _kinds(when: str | None) -> tuple[EventKind, ...]:
    if when is None:
        return KINDS
    named = [name.strip() for name in when.split(",")]
    if unknown := [name for name in named if name not in KINDS]:
        text = gettext("--when {value}: choose from {choices}.")
        raise click.UsageError(text.format(value=unknown[0], choices=", ".join(KINDS)))
    return tuple(kind for kind in KINDS if kind in named)


def _number(index: Index, text: str) -> str:
    """The number meant, of an open question or one that is yet to come."""
    named = [question.number for question in index.named(text)]
    if len(named) > 1:
        several = gettext("“{text}” names several questions; choose from {numbers}.")
        raise AlertError(several.format(text=text, numbers=", ".join(named)))
    if not named and not parse_number(text.strip()):
        raise QuestionNotFound(gettext("The index does not contain question {number}.").format(number=text))
    number = named[0] if named else text.strip()
    found = index.news(request_of(Subscription(channel="file", target="", number=number)), after=0)
    if any("answered" in item.kinds for item in found.entries):
        answered = gettext("Question {number} is answered; `searchq show {number}` shows the answer.")
        raise AlertError(answered.format(number=number))
    if not named:
        note(gettext("The index does not contain question {number} yet.").format(number=number))
    return number
