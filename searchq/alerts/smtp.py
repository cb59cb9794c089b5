"""Sending mail by SMTP: one connection a run, opened when the first message needs it."""

import smtplib
import ssl
from contextlib import suppress
from typing import Final

from searchq.alerts.delivery import Begin, Deferred, Doubtful, Refused, Unreachable
from searchq.alerts.settings import SmtpServer
from searchq.alerts.store import Message

__all__ = ["SmtpSender"]

_SECONDS: Final = 60.0  # for each answer of the server
_CLOSING: Final = 421  # the server ends the connection


class SmtpSender:
    """Hands mails to a server, each to one receiver."""

    def __init__(self, server: SmtpServer, sender: str, seconds: float = _SECONDS) -> None:
        self._server = server
        self._sender = sender
        self._seconds = seconds
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: Message, target: str, begin: Begin) -> None:
        """Send a mail; `begin` is called when the server has accepted the receiver, before it gets the text."""
        smtp = self._greeted()
        try:
            self._check(smtp.mail(self._sender), of_sender=True)
            self._check(smtp.rcpt(target))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Unreachable(f"{self._name} broke off: {_said(error)}") from error
        begin()
        try:
            answer = smtp.data(message.body)
        except smtplib.SMTPDataError as error:  # it does not want to hear the text
            answer = (error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b"")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Doubtful(f"{self._name} did not say whether it took the mail: {_said(error)}") from error
        self._check(answer)

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    @property
    def _name(self) -> str:
        return f"{self._server.host}:{self._server.port}"

    def _greeted(self) -> smtplib.SMTP:
        """The open connection, or a new one."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            self._drop()
        try:
            self._smtp = self._connected()
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"{self._name} refuses the user or the password: {_said(error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(f"Cannot reach {self._name}: {_said(error)}") from error
        return self._smtp

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.scheme == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._seconds, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        try:
            if server.scheme == "smtp+starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password or "")
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _check(self, answer: tuple[int, bytes], *, of_sender: bool = False) -> None:
        """Raise what an answer means, unless it is yes."""
        code, text = answer
        said = f"{code} {text.decode('utf-8', 'replace')}".strip()
        if code == _CLOSING or code < 0:
            self._drop()
            raise Unreachable(f"{self._name} closes: {said}")
        if code >= 500:
            if of_sender:
                raise Unreachable(f"{self._name} refuses mail from {self._sender}: {said}")
            raise Refused(said)
        if code >= 400:
            raise Deferred(said)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _said(error: Exception) -> str:
    """What an error tells, in short."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__
