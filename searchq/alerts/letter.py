"""A letter: what a subscriber reads, and its form as a mail or as plain text.

Headers are set by the modern policy of `email`, which refuses line breaks; they are removed from every text before.
"""

import datetime as dt
import re
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Final

from msgspec import Struct

from searchq.alerts.settings import MailSettings

__all__ = ["Letter", "as_mail", "as_text"]

MAX_SUBJECT: Final = 180  # characters
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class Letter(Struct, frozen=True):
    """One letter in one language; `removal` is the address by which its subscription is ended."""

    subject: str
    text: str
    html: str
    language: str
    removal: str | None = None


def as_mail(letter: Letter, settings: MailSettings, to: str, id: str, now: dt.datetime) -> bytes:
    """The letter as a mail, with text and HTML, and the headers by which a mail program ends a subscription."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(_line(settings.sender_name), addr_spec=settings.sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = subject_line(letter)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{id}@{settings.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if letter.removal:
        mail["List-Unsubscribe"] = f"<{letter.removal}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    mail["Content-Language"] = letter.language  # last: headers of the content go with the part that is set
    return mail.as_bytes()


class _Unfolded(UnstructuredHeader):
    """A header on one line: `email` would break a long address by encoding it, and no mail program would read that."""

    name: str

    def fold(self, *, policy: "Policy[EmailMessage]") -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS: Final = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Unfolded)  # type: ignore[arg-type]  # it is mixed into a BaseHeader
_POLICY: Final = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)


def as_text(letter: Letter, id: str) -> bytes:
    """The letter as plain text: its subject, its body, a line that ends it."""
    subject = subject_line(letter)
    return f"{subject}\n{'=' * len(subject)}\n\n{letter.text.strip()}\n\n-- {id}\n\n".encode()


def subject_line(letter: Letter) -> str:
    """The subject on one line."""
    line = _line(letter.subject)
    return line if len(line) <= MAX_SUBJECT else f"{line[: MAX_SUBJECT - 1].rstrip()}…"


def _line(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()
