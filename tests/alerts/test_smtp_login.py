"""Mail over an encrypted connection, with a user and a password; the certificate is one made for this test.

And a server that never answers.
"""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from searchq.alerts.delivery import Unreachable
from searchq.alerts.settings import SmtpServer
from searchq.alerts.smtp import SmtpSender
from searchq.alerts.store import Message
from tests.alerts.mail_server import MailServer, serving

CERTIFICATE = Path(__file__).parent / "certificate"
MESSAGE = Message(id="1", subscription=1, body=b"Subject: x\r\n\r\ny\r\n", written="2026-03-02", due="2026-03-02")


def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data == LoginPassword(b"me", b"geheim"), handled=False)


@pytest.fixture
def encrypted(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE / "certificate.pem", CERTIFICATE / "key.pem")
    options = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": authenticate}
    with serving(MailServer(), **options) as server:
        yield server


def send(server: MailServer, password: str) -> list[str]:
    """Send a mail; the steps that were reached."""
    steps: list[str] = []
    sender = SmtpSender(SmtpServer("smtp+starttls", "127.0.0.1", server.port, "me", password), "alerts@vragen.example")
    try:
        sender.send(MESSAGE, "lezer@post.example", lambda: steps.append("begun"))
    finally:
        sender.close()
    return steps


def test_mail_is_sent_after_starttls_and_login(encrypted: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE / "certificate.pem"))
    assert send(encrypted, "geheim") == ["begun"]
    assert [to for to, _ in encrypted.taken] == ["lezer@post.example"]


def test_a_wrong_password_is_told(encrypted: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE / "certificate.pem"))
    with pytest.raises(Unreachable, match="refuses the user or the password"):
        send(encrypted, "wrong")
    assert encrypted.taken == []


def test_a_strange_certificate_is_told(encrypted: MailServer) -> None:
    with pytest.raises(Unreachable, match="certificate"):
        send(encrypted, "geheim")
    assert encrypted.taken == []


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        sender = SmtpSender(SmtpServer("smtp", "127.0.0.1", port), "alerts@vragen.example", seconds=0.1)
        with pytest.raises(Unreachable, match=f"Cannot reach 127.0.0.1:{port}: .*(?:in time|timed out)"):
            sender.send(MESSAGE, "lezer@post.example", lambda: None)
