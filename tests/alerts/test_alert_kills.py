"""Runs killed between any two steps: no mail lost, none twice but where the server took it before it was noted."""

import multiprocessing
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from searchq.alerts.store import Store
from tests.alerts.killed_run import run
from tests.alerts.made_news import MadeNews, subscribed
from tests.alerts.mail_server import MailServer, parsed

PROCESSES = multiprocessing.get_context("forkserver")  # a server in a thread of this process makes fork unsafe
PROCESSES.set_forkserver_preload(["__main__", "searchq.alerts.post", "searchq.alerts.run"])
READERS = 3
STEPS = 110  # of a run with news: statements of SQLite, commands to the server and its answers


@pytest.mark.parametrize("kills", [20, pytest.param(300, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_killed_runs_lose_no_mail_and_send_none_twice_unless_in_doubt(
    kills: int, tmp_path: Path, mail_server: MailServer
) -> None:
    chance, news, path = random.Random(kills), MadeNews(), tmp_path / "alerts.sqlite"
    with Store(path, create=True) as store:
        for reader in range(READERS):
            store.add(subscribed(f"reader{reader}@post.example"))
        store.add(subscribed(str(tmp_path / "news.txt"), channel="file"))
    killed = day = 0
    while killed < kills:
        day += 1
        news.commit((f"5-{day}", "new"))
        child = PROCESSES.Process(
            target=run, args=(path, news, mail_server.environ, day, chance.randint(1, STEPS)), daemon=True
        )
        child.start()
        child.join()
        assert child.exitcode in (0, -signal.SIGKILL)
        killed += child.exitcode != 0
    run_to_the_end(path, news, mail_server, day + 1)
    check(path, tmp_path / "news.txt", mail_server, day)


def run_to_the_end(path: Path, news: MadeNews, server: MailServer, day: int) -> None:
    child = PROCESSES.Process(target=run, args=(path, news, server.environ, day, -1), daemon=True)
    child.start()
    child.join()
    assert child.exitcode == 0


def check(path: Path, file: Path, server: MailServer, days: int) -> None:
    """Every event reached every reader; a mail that came twice is one that the store holds in doubt."""
    with Store(path) as store:
        doubts = {message.id: message.doubts for message in store.messages("sent")}
        assert not (store.messages("ready") or store.messages("sending") or store.messages("refused"))
    came = Counter((to, _name(body)) for to, body in server.taken)
    for (_, name), times in came.items():
        assert times <= 1 + doubts.get(name, times)  # forgotten after a month
    first: dict[tuple[str, str], bytes] = {(to, _name(body)): body for to, body in server.taken}
    for reader in range(READERS):
        told = Counter(
            number for (to, _), body in first.items() if to == f"reader{reader}@post.example" for number in _told(body)
        )
        assert told == {f"5-{day}": 1 for day in range(1, days + 1)}
    written = Counter(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("new 5-"))
    assert len(written) == days
    assert set(written.values()) == {1}
    print(f"{days} days, {len(server.taken)} mails, {sum(came.values()) - len(came)} twice")


def _name(body: bytes) -> str:
    return str(parsed(body)["Message-ID"]).strip("<>").partition("@")[0]


def _told(body: bytes) -> list[str]:
    text = str(parsed(body).get_body(("plain",)).get_content())
    return [line.removeprefix("new ") for line in text.splitlines()]
