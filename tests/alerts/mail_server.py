"""A mail server on this machine that takes mails, and refuses, delays or breaks off where a test says so."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.wait import PATIENCE


class MailServer:
    """What came, and how the next commands are answered."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.on_mail: list[str] = []  # answers, the next first; empty: yes
        self.on_receiver: list[str] = []
        self.on_text: list[str] = []
        self.breaks_off = False  # once it has taken a text, without an answer
        self.port = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_mail:
            return self.on_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_receiver:
            return self.on_receiver.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.on_text:
            return self.on_text.pop(0)
        assert isinstance(envelope.content, bytes)
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if self.breaks_off:
            server.transport.abort()
        return "250 taken"

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails taken, parsed."""
        return [parsed(body) for _, body in self.taken]

    @property
    def environ(self) -> dict[str, str]:
        """The settings for mail by this server."""
        return {
            "SEARCHQ_SMTP": f"smtp://127.0.0.1:{self.port}",
            "SEARCHQ_MAIL_FROM": "Vragen <alerts@vragen.example>",
            "SEARCHQ_SITE": "https://vragen.example/vragen",
            "SEARCHQ_SECRET": "geheim van de test",
        }


def parsed(body: bytes) -> EmailMessage:
    """A mail as its reader's program sees it."""
    found = message_from_bytes(body, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@contextmanager
def serving(server: MailServer, **options: Any) -> Iterator[MailServer]:
    """The server, listening on a free port until the block ends."""
    controller = _Controller(server, hostname="127.0.0.1", port=0, ready_timeout=PATIENCE, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


class _Controller(Controller):
    """Learns its port when it listens."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        self.handler.port = self.port
        super()._trigger_server()  # type: ignore[no-untyped-call]
