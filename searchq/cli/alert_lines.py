"""How alerts and their runs are told on the command line: an alert as it would be added, a run on one line."""

from collections.abc import Iterator
from shlex import quote
from typing import Final

from searchq.alerts.run import RunReport
from searchq.alerts.subscription import KINDS, Channel, Subscription
from searchq.cli.texts import count, gettext, gettext_noop, number
from searchq.query.facet_table import FACETS
from searchq.query.request import Request

__all__ = ["alert_line", "alert_name", "run_line", "state_of"]


def alert_line(one: Subscription) -> str:
    """An alert as it would be added: alert 3  --mail me@example.org 'sociale media' --portfolio Justitie."""
    words = (_FLAGS[one.channel], quote(one.target), *_watched(one))
    return f"{alert_name(one.id)}  {' '.join(words)}"


def alert_name(id: int) -> str:
    """What an alert is called."""
    return gettext("alert {id}").format(id=id)


def state_of(one: Subscription) -> str:
    """Why nothing is told now, if so."""
    if one.state == "active":
        return ""
    return f"  [{gettext(_STATES[one.state])}{f': {one.reason}' if one.reason else ''}]"


_STATES: Final = {"waiting": gettext_noop("not confirmed yet"), "paused": gettext_noop("paused")}
_FLAGS: Final[dict[Channel, str]] = {"mail": "--mail", "file": "--to", "command": "--run"}


def _watched(one: Subscription) -> Iterator[str]:
    if one.number:
        yield from ("--question", one.number)
        return
    request = one.search or Request()
    if request.text:
        yield quote(request.text)
    options = {facet.name: facet.option for facet in FACETS}
    for chosen in request.selections:
        yield from (f"--{options[chosen.facet]} {quote(value)}" for value in chosen.include)
        yield from (f"--exclude-{options[chosen.facet]} {quote(value)}" for value in chosen.exclude)
    days = (request.asked.first, request.asked.last, request.answered.first, request.answered.last)
    flags = ("--from", "--until", "--answered-from", "--answered-to")
    yield from (f"{flag} {day}" for flag, day in zip(flags, days, strict=True) if day)
    if request.waited:
        yield f"--waited {quote(str(request.waited))}"
    if one.kinds != KINDS:
        yield f"--when {','.join(one.kinds)}"
    if one.language != "nl":
        yield f"--in {one.language}"


def run_line(report: RunReport) -> str:
    """What a run did, on one line: 3 alerts: 2 messages of 5 events, 1 sent, 1 waiting."""
    told = gettext("{alerts}: {messages} of {events}").format(
        alerts=count(report.subscriptions, "alert", "alerts"),
        messages=count(report.written, "message", "messages"),
        events=count(report.events, "event", "events"),
    )
    counts = ((getattr(report, name), text) for name, text in _TOLD.items())
    return ", ".join([told, *(f"{number(times)} {gettext(text)}" for times, text in counts if times)])


_TOLD: Final = {
    "sent": gettext_noop("sent"),
    "again": gettext_noop("sent again, since it is not known whether they came"),
    "waiting": gettext_noop("waiting"),
    "refused": gettext_noop("refused"),
    "paused": gettext_noop("paused"),
}
