"""The settings of mail, and addresses: what is missing is named, what is wrong is refused."""

from pathlib import Path

import pytest

from searchq.alerts.places import alerts_file
from searchq.alerts.settings import SmtpServer, mail_settings
from searchq.alerts.subscription import mail_address
from searchq.errors import AlertError

GOOD = {
    "SEARCHQ_SMTP": "smtp+starttls://me%40host@mail.example",
    "SEARCHQ_SMTP_PASSWORD": "secret",
    "SEARCHQ_MAIL_FROM": "alerts@vragen.example",
    "SEARCHQ_SITE": "https://vragen.example/",
    "SEARCHQ_SECRET": "s",
}


def test_everything_that_is_missing_is_named() -> None:
    with pytest.raises(AlertError, match="set SEARCHQ_SMTP, SEARCHQ_MAIL_FROM, SEARCHQ_SITE, SEARCHQ_SECRET"):
        mail_settings({"SEARCHQ_SITE": " "})
    without = {name: value for name, value in GOOD.items() if name != "SEARCHQ_SMTP_PASSWORD"}
    with pytest.raises(AlertError, match="set SEARCHQ_SMTP_PASSWORD or SEARCHQ_SMTP_PASSWORD_FILE"):
        mail_settings(without)


def test_a_server_is_read_from_its_address() -> None:
    assert mail_settings(GOOD).server == SmtpServer("smtp+starttls", "mail.example", 587, "me@host", "secret")
    assert mail_settings(GOOD).site == "https://vragen.example"
    plain = mail_settings({**GOOD, "SEARCHQ_SMTP": "smtp://[::1]:2525"})
    assert plain.server == SmtpServer("smtp", "::1", 2525)


def test_a_password_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from a file\n", encoding="utf-8")
    given = {**GOOD, "SEARCHQ_SMTP_PASSWORD": "", "SEARCHQ_SMTP_PASSWORD_FILE": str(tmp_path / "password")}
    assert mail_settings(given).server.password == "from a file"
    with pytest.raises(AlertError, match="Cannot read SEARCHQ_SMTP_PASSWORD_FILE"):
        mail_settings({**given, "SEARCHQ_SMTP_PASSWORD_FILE": str(tmp_path / "absent")})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEARCHQ_SMTP", "http://host"),
        ("SEARCHQ_SMTP", "mail.example"),
        ("SEARCHQ_SMTP", "smtp://host:port"),
        ("SEARCHQ_SMTP", "smtp://user:password@host"),
        ("SEARCHQ_SMTP", "smtp://user@mail.example"),  # the password would go unencrypted
        ("SEARCHQ_MAIL_FROM", "nobody"),
        ("SEARCHQ_SITE", "vragen.example"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(AlertError, match=name):
        mail_settings({**GOOD, name: value})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("me@Host.Example", "me@host.example"),
        (" jan.de-smet+vragen@post.example ", "jan.de-smet+vragen@post.example"),
        ("o'brien@post.example", "o'brien@post.example"),
        ("root@localhost", "root@localhost"),
        ("me@bücher.example", "me@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(typed: str, address: str) -> None:
    assert mail_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "me", "@host", "me@", "a b@host.example", "a@b@host.example", "<a@host.example>",
        "a@host.example\nBcc: b@c",
        "a@host..example", ".a@host.example", "é@host.example", "a,b@host.example", "a" * 250 + "@host.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AlertError, match="is no mail address"):
        mail_address(typed)


def test_alerts_stand_beside_a_folder_or_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert alerts_file(str(tmp_path / "index")) == tmp_path / "index.alerts.sqlite"
    assert alerts_file(f"{tmp_path}/index/") == tmp_path / "index.alerts.sqlite"
    named = alerts_file("https://me:secret@search.example:9200/vragen")
    assert named.name == "search.example-9200-vragen.alerts.sqlite"
    assert alerts_file("index", "other.sqlite") == Path("other.sqlite")
