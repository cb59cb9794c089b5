"""Subscribing by oneself: ask, confirm by mail, end. Links are signed; who asks too often is refused.

An address is kept as `waiting` until it is confirmed, two days at most. Attempts are counted under a keyed digest,
which names nobody, and forgotten after a day.
"""

import datetime as dt
import hmac
import ipaddress
import logging
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from searchq.alerts.delivery import NotSent
from searchq.alerts.keys import CONFIRMATION_SECONDS, Purpose, Signer
from searchq.alerts.letter import Letter, as_mail
from searchq.alerts.run import Clock, deliver, stamp
from searchq.alerts.settings import MailSettings
from searchq.alerts.smtp import SmtpSender
from searchq.alerts.store import Message, Store
from searchq.alerts.subscription import Subscription
from searchq.errors import SearchqError
from searchq.limits import MAX_ALERTS_PER_ADDRESS, MAX_SIGNUPS_PER_ADDRESS, MAX_SIGNUPS_PER_CLIENT

__all__ = ["SignUp", "TooManySignUps"]

_LOG: Final = logging.getLogger("searchq.alerts")
_SECONDS: Final = 15.0  # for an answer of the mail server; a run tries again what was too slow
_UNTIL_A_RUN: Final = dt.timedelta(minutes=10)  # before a run may take a message over
_ADDRESS_SPAN: Final = dt.timedelta(days=1)
_TIDYING: Final = dt.timedelta(hours=1)
_CLIENT_SPAN: Final = dt.timedelta(hours=1)


class TooManySignUps(SearchqError):
    """An address, or a client, asked too often."""


class SignUp:
    """What visitors can do; safe to use from any number of threads."""

    def __init__(
        self,
        path: Path,
        settings: MailSettings,
        clock: Clock,
        start: Callable[[Callable[[], None]], object] = lambda work: threading.Thread(target=work, daemon=True).start(),
    ) -> None:
        self.settings = settings
        self.signer = Signer(settings.secret)
        self._path = path
        self.now = clock
        self._start = start
        self._tidied = clock()

    def ask(self, asked: Subscription, client: str, letter: Callable[[Subscription], Letter]) -> None:
        """Keep a subscription until it is confirmed, and send its letter. Raises TooManySignUps.

        What is followed already is left as it is, so that nobody learns who follows what.
        """
        self.forget()
        with self._store() as store, store.transaction():
            self._count(store, client, asked.target)
            there = store.subscriptions(channel="mail", target=asked.target)
            alike = next((one for one in there if one.is_like(asked)), None)
            if alike and alike.state != "waiting":
                return
            if not alike and len(there) >= MAX_ALERTS_PER_ADDRESS:
                raise TooManySignUps("This address follows as much as it can.")
            waiting = alike or store.add(asked)
            message = self._message(waiting, letter(waiting))
            store.enqueue(message)
        self._start(lambda: self._send(waiting, message))

    def find(self, purpose: Purpose, key: str) -> Subscription | None:
        """The subscription that a link is about; None if it is not ours, has expired, or is no more."""
        id = self.signer.subscription(purpose, key)
        if id is None or not self._path.exists():
            return None
        with self._store() as store:
            return store.subscription(id)

    def confirm(self, key: str) -> Subscription | None:
        """Begin a subscription, or leave it as it is; which one it is."""
        found = self.find("confirm", key)
        if found and found.state == "waiting":
            with self._store() as store:
                store.change(found.id, state="active")
        return found

    def remove(self, key: str) -> Subscription | None:
        """End a subscription; which one it was."""
        found = self.find("remove", key)
        if found:
            with self._store() as store:
                store.remove(found.id)
        return found

    def tidy(self) -> None:
        """Forget what was not confirmed in time, at most once an hour; cheap enough for every request."""
        if self.now() - self._tidied > _TIDYING:
            self._tidied = self.now()
            try:
                self.forget()
            except (SearchqError, OSError) as error:  # no reason to refuse a page
                _LOG.warning("what was not confirmed in time was not forgotten: %s", error)

    def forget(self) -> None:
        """Forget what was not confirmed in time."""
        if self._path.exists():
            with self._store() as store:
                store.forget_waiting(stamp(self.now() - dt.timedelta(seconds=CONFIRMATION_SECONDS)))

    def _store(self) -> Store:
        return Store(self._path, create=True)

    def _count(self, store: Store, client: str, address: str) -> None:
        """Count an attempt. Raises TooManySignUps."""
        now = self.now()
        for who, most, span in (
            (f"address {address}", MAX_SIGNUPS_PER_ADDRESS, _ADDRESS_SPAN),
            (f"client {_network(client)}", MAX_SIGNUPS_PER_CLIENT, _CLIENT_SPAN),
        ):
            digest = hmac.digest(self.settings.secret.encode(), who.encode(), "sha256").hex()
            if store.attempts(digest, stamp(now - span)) >= most:
                raise TooManySignUps("There were too many attempts; try again later.")
            store.note_attempt(digest, stamp(now), stamp(now - _ADDRESS_SPAN))

    def _message(self, subscription: Subscription, letter: Letter) -> Message:
        now, name = self.now(), uuid.uuid4().hex
        body = as_mail(letter, self.settings, subscription.target, name, now)
        return Message(
            id=name, subscription=subscription.id, body=body, written=stamp(now), due=stamp(now + _UNTIL_A_RUN)
        )

    def _send(self, subscription: Subscription, message: Message) -> None:
        """Send a letter now; what does not work is left to the next run."""
        sender = SmtpSender(self.settings.server, self.settings.sender, _SECONDS)
        try:
            with self._store() as store:
                deliver(store, sender, subscription, message, self.now)
        except (NotSent, SearchqError) as error:
            _LOG.warning("a confirmation was not sent: %s", error)
        finally:
            sender.close()


def _network(client: str) -> str:
    """The address of a client; of IPv6 the network, since a household has more addresses than it can use."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else client
