"""A run: write what there is to tell, then send what is due. Safe to be killed anywhere, and to be started again.

1  forget what was not confirmed in time
2  messages that a killed run left while sending become ready again, and are counted
3  for each subscription: its message and its new cursor, in one transaction
4  for each message that is due: sending ─> sent, refused, or ready after a pause
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from searchq.alerts.delivery import Deferred, Doubtful, NotSent, Refused, Sender, Unreachable
from searchq.alerts.keys import CONFIRMATION_SECONDS
from searchq.alerts.letter import Letter
from searchq.alerts.news import News, NewsSource, Writer
from searchq.alerts.store import Message, Store
from searchq.alerts.subscription import Channel, Subscription
from searchq.errors import OutOfTime, RequestError
from searchq.first_seen import EventKind

__all__ = ["Clock", "Reason", "RunReport", "Seal", "deliver", "run_alerts", "stamp"]

Clock = Callable[[], dt.datetime]
Seal = Callable[[Letter, Subscription, str], bytes]  # a letter, its receiver, the name of the message

_PAUSES: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (10, 30, 120, 360, 720))  # then the last again
_GIVE_UP: Final = dt.timedelta(days=5)  # what mail servers do (RFC 5321, 4.5.4.1)
_MAX_REFUSALS: Final = 3  # in a row; then the subscription is paused
_ANOTHER_INDEX: Final = "the index is another one now; what it holds is taken as known"
_KEPT: Final = dt.timedelta(days=30)  # that a message was sent


class Reason(NamedTuple):
    """Why something was not sent or not written."""

    alert: int
    target: str
    sentence: str


class RunReport(Struct):
    """What a run did."""

    subscriptions: int = 0
    written: int = 0
    events: int = 0  # in what was written
    sent: int = 0
    again: int = 0  # sent before, perhaps: a run was killed, or the receiver gave no answer
    waiting: int = 0
    refused: int = 0
    paused: int = 0
    failed: int = 0  # attempts of this run to look or to send
    reasons: list[Reason] = field(default_factory=list)


def run_alerts(
    store: Store, source: NewsSource, write: Writer, seal: Seal, senders: Mapping[Channel, Sender], clock: Clock
) -> RunReport:
    """Do a run; nobody else may be in one."""
    report = RunReport()
    store.forget_waiting(stamp(clock() - dt.timedelta(seconds=CONFIRMATION_SECONDS)))
    store.forget_sent(stamp(clock() - _KEPT))
    _recover(store, report, clock)
    for subscription in store.subscriptions(state="active"):
        report.subscriptions += 1
        _write(store, source, subscription, write, seal, report, clock)
    _send_due(store, senders, report, clock)
    report.waiting = len(store.messages("ready")) + len(store.messages("sending"))
    return report


def stamp(moment: dt.datetime) -> str:
    """A moment as the store has it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def _recover(store: Store, report: RunReport, clock: Clock) -> None:
    for message in store.messages("sending", stamp(clock())):
        store.note(replace(message, progress="ready", doubts=message.doubts + 1))
        subscription = store.subscription(message.subscription)
        report.again += subscription is not None and subscription.channel != "file"  # which shows what it holds


def _reason(subscription: Subscription, told: Exception | str) -> Reason:
    return Reason(subscription.id, subscription.target, str(told))


# --- writing


def _write(
    store: Store, source: NewsSource, subscription: Subscription, write: Writer, seal: Seal, report: RunReport,
    clock: Clock,
) -> None:  # fmt: skip
    """Write the message of a subscription, if there is news, and move its cursor."""
    origin, generation = source.place()
    if origin != subscription.origin or generation < subscription.cursor:
        report.reasons.append(_reason(subscription, _ANOTHER_INDEX))
        store.change(subscription.id, origin=origin, cursor=generation)
        return
    if generation == subscription.cursor:
        return
    try:
        found = source.news(subscription)
    except (OutOfTime, RequestError) as error:
        report.failed += 1
        report.reasons.append(_reason(subscription, error))
        return
    news = list(_untold(store, subscription, found.news))
    message = _message(subscription, write(subscription, news), seal, clock) if news else None
    with store.transaction():
        store.change(subscription.id, cursor=found.generation)
        if message:
            store.tell(subscription.id, _events(news))
            store.enqueue(message)
    if message:
        report.written += 1
        report.events += len(list(_events(news)))


def _untold(store: Store, subscription: Subscription, found: Sequence[News]) -> Iterator[News]:
    """The news without what the subscription was told of before, whatever the generations say."""
    for one in found:
        number = one.hit.question.number
        kinds = tuple(kind for kind in one.kinds if not store.is_told(subscription.id, number, kind))
        if kinds:
            yield one._replace(kinds=kinds)


def _events(news: list[News]) -> Iterator[tuple[str, EventKind]]:
    return ((one.hit.question.number, kind) for one in news for kind in one.kinds)


def _message(subscription: Subscription, letter: Letter, seal: Seal, clock: Clock) -> Message:
    now, name = stamp(clock()), uuid.uuid4().hex
    return Message(
        id=name, subscription=subscription.id, body=seal(letter, subscription, name), written=now, due=now,
        is_last=subscription.number is not None,
    )  # fmt: skip


# --- sending


def _send_due(store: Store, senders: Mapping[Channel, Sender], report: RunReport, clock: Clock) -> None:
    """Send what is due; once nobody takes mail, the rest of it waits."""
    closed: set[Channel] = set()
    for message in store.messages("ready", stamp(clock())):
        subscription = store.subscription(message.subscription)
        if subscription is None or subscription.state == "paused" or subscription.channel in closed:
            continue
        try:
            deliver(store, senders[subscription.channel], subscription, message, clock)
            report.sent += 1
        except NotSent as error:
            report.reasons.append(_reason(subscription, error))
            report.failed += 1
            report.refused += isinstance(error, Refused)
            report.paused += (store.subscription(subscription.id) or subscription).state == "paused"
            if isinstance(error, Unreachable):
                closed.add(subscription.channel)


def deliver(store: Store, sender: Sender, subscription: Subscription, message: Message, clock: Clock) -> None:
    """Send one message, and note how far it came before and after. Raises NotSent, which is noted, too."""

    def begin() -> None:
        store.note(replace(message, progress="sending", tries=message.tries + 1))

    try:
        sender.send(message, subscription.target, begin)
    except NotSent as error:
        with store.transaction():
            _OUTCOMES[type(error)](store, message, str(error), clock())
        raise
    with store.transaction():
        store.note(replace(message, progress="sent", body=b"", tries=message.tries + 1))
        if message.is_last:
            store.remove(subscription.id)  # the one thing it waited for was told
        elif subscription.refusals:
            store.change(subscription.id, refusals=0, reason=None)


def _defer(store: Store, message: Message, reason: str, now: dt.datetime) -> None:
    """Try again after a pause that grows, until it is hopeless."""
    if now - dt.datetime.fromisoformat(message.written) >= _GIVE_UP:
        return _refuse(store, message, f"given up after {_GIVE_UP.days} days: {reason}", now)
    pause = _PAUSES[min(message.tries, len(_PAUSES) - 1)]
    store.note(replace(message, progress="ready", due=stamp(now + pause), tries=message.tries + 1, reason=reason))
    return None


def _doubt(store: Store, message: Message, reason: str, now: dt.datetime) -> None:
    """Leave it to a later run, which counts it."""
    pause = _PAUSES[min(message.tries, len(_PAUSES) - 1)]
    store.note(replace(message, progress="sending", due=stamp(now + pause), tries=message.tries + 1, reason=reason))


def _refuse(store: Store, message: Message, reason: str, now: dt.datetime) -> None:
    """Keep the message, count the refusal, and pause a subscription that is refused again and again."""
    store.note(replace(message, progress="refused", tries=message.tries + 1, reason=reason))
    subscription = store.subscription(message.subscription)
    if subscription:
        refusals = subscription.refusals + 1
        state = "paused" if refusals >= _MAX_REFUSALS else subscription.state
        store.change(subscription.id, refusals=refusals, reason=reason, state=state)


def _wait(store: Store, message: Message, reason: str, now: dt.datetime) -> None:
    """Leave it as it was: the fault is not its own."""
    store.note(replace(message, progress="ready", reason=reason))


_OUTCOMES: Final[Mapping[type[NotSent], Callable[[Store, Message, str, dt.datetime], None]]] = {
    Deferred: _defer,
    Doubtful: _doubt,
    Refused: _refuse,
    Unreachable: _wait,
}
