"""The fortnight of made-up days again, as a subscriber lives it: a mail each evening with what is new, and no other."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from searchq.cli.main import main
from tests.alerts.mail_server import MailServer, serving
from tests.test_fortnight import FORTNIGHT, PROJECT, Office

# A run of alerts that dies as a mail is to be sent, or once the server has taken it.
KILLED: Final = """
import os, signal, sys
from searchq.alerts import smtp
from searchq.cli.main import main

send = smtp.SmtpSender.send

def dying(self, message, target, begin):
    if sys.argv[2] == "after":
        send(self, message, target, begin)
    os.kill(os.getpid(), signal.SIGKILL)

smtp.SmtpSender.send = dying
main(["alert", "run", "--index", sys.argv[1]])
"""
LABELS: Final = {
    "NIEUWE VRAAG": "new",
    "NIEUW ANTWOORD": "answered",
    "NIEUWE VRAAG MET ANTWOORD": "new+answered",
}
ITEM: Final = re.compile(rf"^({'|'.join(LABELS)}) · (\S+) · ", re.MULTILINE)
KILLS: Final = {2: "before", 11: "after"}  # by day


def told(server: MailServer) -> list[list[tuple[str, str]]]:
    """What each mail tells, the oldest first."""
    texts = (mail.get_body(("plain",)).get_content() for mail in server.mails)
    return [[(number, LABELS[label]) for label, number in ITEM.findall(text)][::-1] for text in texts]


def kill_a_run(office: Office, when: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(office.place), when], cwd=PROJECT)
    assert ended.returncode == -signal.SIGKILL


def test_every_event_of_a_fortnight_is_mailed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path)
    with serving(MailServer()) as server:
        for name, value in {**server.environ, "SEARCHQ_INDEX": str(office.place)}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("SEARCHQ_ALERTS", raising=False)
        for day, (happens, new) in enumerate(FORTNIGHT, 1):
            happens(office, day)
            if day == 1:  # what is there is known
                assert main(["alert", "add", "--mail", "lezer@post.example"]) == 0
                new = []
            if day in KILLS:
                kill_a_run(office, KILLS[day])
            capsys.readouterr()
            assert main(["alert", "run"]) == 0
            mails = told(server)
            assert mails == ([new] if new else []) * (2 if KILLS.get(day) == "after" else 1), (
                f"{day}: {happens.__name__}"
            )
            assert ("1 sent again" in capsys.readouterr().out) is (KILLS.get(day) == "after")
            assert len({mail["Message-ID"] for mail in server.mails}) == bool(new)
            server.taken.clear()
