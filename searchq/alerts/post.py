"""The post: how letters become messages, and who sends them, by the settings of the operator."""

import os
from collections.abc import Mapping
from typing import Final

from searchq.alerts.delivery import CommandSender, FileSender, Sender
from searchq.alerts.keys import Signer
from searchq.alerts.letter import Letter, as_mail, as_text
from searchq.alerts.run import Clock
from searchq.alerts.settings import MailSettings, mail_settings
from searchq.alerts.smtp import SmtpSender
from searchq.alerts.store import Store
from searchq.alerts.subscription import Channel, Subscription

__all__ = ["Post"]

_SITE: Final = "SEARCHQ_SITE"


class Post:
    """Seals letters and holds the senders of a run; a context manager that closes them."""

    def __init__(self, settings: MailSettings | None, clock: Clock, site: str | None = None) -> None:
        self.settings = settings
        self.site = settings.site if settings else site
        self.signer = Signer(settings.secret) if settings else None
        self.senders: dict[Channel, Sender] = {"file": FileSender(), "command": CommandSender()}
        if settings:
            self.senders["mail"] = SmtpSender(settings.server, settings.sender)
        self._clock = clock

    @classmethod
    def for_store(cls, store: Store, clock: Clock, environ: Mapping[str, str] = os.environ) -> "Post":
        """The post that the subscriptions need. Raises AlertError where some want mail and a setting is missing."""
        wants_mail = bool(store.subscriptions(channel="mail"))
        return cls(mail_settings(environ) if wants_mail else None, clock, environ.get(_SITE) or None)

    def seal(self, letter: Letter, subscription: Subscription, id: str) -> bytes:
        """The message that a subscriber gets."""
        if subscription.channel == "mail":
            assert self.settings is not None
            return as_mail(letter, self.settings, subscription.target, id, self._clock())
        return as_text(letter, id)

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *error: object) -> None:
        for sender in self.senders.values():
            sender.close()
