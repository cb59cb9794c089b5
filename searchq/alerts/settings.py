"""What the operator says of mail, by the environment.

SEARCHQ_SMTP                  smtp://host:port, smtp+starttls://user@host or smtps://user@host
SEARCHQ_SMTP_PASSWORD         of that user, or …_PASSWORD_FILE
SEARCHQ_MAIL_FROM             whom mails come from: alerts@host.example, or Name <alerts@host.example>
SEARCHQ_SITE                  the address of the search page, which links lead to
SEARCHQ_SECRET                signs the links by which a subscription is confirmed and ended
"""

from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from searchq.alerts.subscription import mail_address
from searchq.errors import AlertError

__all__ = ["MailSettings", "SmtpServer", "mail_settings", "missing"]

_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_NEEDED: Final = ("SEARCHQ_SMTP", "SEARCHQ_MAIL_FROM", "SEARCHQ_SITE", "SEARCHQ_SECRET")
_PASSWORD: Final = "SEARCHQ_SMTP_PASSWORD"
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")


class SmtpServer(Struct, frozen=True):
    """A mail server, and how to speak to it."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = None


class MailSettings(Struct, frozen=True):
    """Everything that sending mail needs."""

    server: SmtpServer
    sender: str  # the bare address
    sender_name: str
    site: str
    secret: str


def missing(environ: Mapping[str, str]) -> list[str]:
    """The variables that mail needs and that are not set."""
    absent = [name for name in _NEEDED if not environ.get(name, "").strip()]
    has_password = environ.get(_PASSWORD) or environ.get(f"{_PASSWORD}_FILE")
    if "@" in urlsplit(environ.get("SEARCHQ_SMTP", "")).netloc and not has_password:
        absent.append(f"{_PASSWORD} or {_PASSWORD}_FILE")
    return absent


def mail_settings(environ: Mapping[str, str]) -> MailSettings:
    """The settings. Raises AlertError, naming every variable that is missing, or the one that is wrong."""
    if absent := missing(environ):
        raise AlertError(f"Mail is not switched on; set {', '.join(absent)}.")
    name, address = parseaddr(environ["SEARCHQ_MAIL_FROM"])
    try:
        sender = mail_address(address)
    except AlertError as error:
        raise AlertError(f"SEARCHQ_MAIL_FROM names no sender: {error}") from None
    return MailSettings(_server(environ), sender, name, _site(environ["SEARCHQ_SITE"]), environ["SEARCHQ_SECRET"])


def _site(address: str) -> str:
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise AlertError(f"SEARCHQ_SITE “{address}” is no address of a site; write it as https://vragen.example.")
    return address.strip().rstrip("/")


def _server(environ: Mapping[str, str]) -> SmtpServer:
    try:
        parts = urlsplit(environ["SEARCHQ_SMTP"].strip())
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _wrong_server() from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.password:
        raise _wrong_server()
    user = unquote(parts.username) if parts.username else None
    if user and parts.scheme == "smtp" and parts.hostname not in _THIS_MACHINE:
        raise AlertError("SEARCHQ_SMTP would send the password unencrypted; write smtp+starttls://user@host.")
    return SmtpServer(parts.scheme, parts.hostname, port, user, _password(environ) if user else None)


def _wrong_server() -> AlertError:
    forms = "smtp://host:port, smtp+starttls://user@host or smtps://user@host"
    return AlertError(f"SEARCHQ_SMTP is no mail server; write {forms}, the password in {_PASSWORD}.")


def _password(environ: Mapping[str, str]) -> str:
    if given := environ.get(_PASSWORD):
        return given
    path = Path(environ[f"{_PASSWORD}_FILE"]).expanduser()
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise AlertError(f"Cannot read {_PASSWORD}_FILE {path}: {error}.") from error
