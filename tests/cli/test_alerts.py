"""`searchq alert` and `searchq index --alerts`, on a small index that grows, with a real mail server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchq.cli.main import main
from tests.alerts.mail_server import MailServer, serving
from tests.cli.conftest import Answer
from tests.indexing.test_run import page

Ask = Callable[..., Answer]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one question, indexed."""
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.setenv("SEARCHQ_INDEX", str(tmp_path / "index"))
    monkeypatch.delenv("SEARCHQ_ALERTS", raising=False)
    (folder / "1.txt").write_text(page("5-1"), encoding="utf-8")
    assert main(["index", str(folder), "--jobs", "1", "--quiet"]) == 0
    return folder


@pytest.fixture
def searchq(documents: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs `searchq …`."""

    def run(*arguments: str) -> Answer:
        capsys.readouterr()
        code = main(list(arguments))
        return Answer(code, *capsys.readouterr())

    return run


def add_question(documents: Path, number: int, **more: str) -> None:
    (documents / f"{number}.txt").write_text(page(f"5-{number}", **more), encoding="utf-8")


def index(searchq: Ask, documents: Path, *options: str) -> Answer:
    return searchq("index", str(documents), "--jobs", "1", *options)


def test_a_new_alert_takes_what_is_there_as_known_and_tells_what_comes(
    searchq: Ask, documents: Path, tmp_path: Path
) -> None:
    file = tmp_path / "news.txt"
    added = searchq("alert", "add", "--to", str(file), "bewakers")
    assert (added.code, added.out) == (0, f"alert 1  --to {file} bewakers (1 question so far)\n")
    assert searchq("alert", "run").out == "1 alert: 0 messages of 0 events\n"
    assert not file.exists()
    add_question(documents, 2)
    add_question(documents, 3, title="Treinen", text="Rijden de treinen?")
    answer = index(searchq, documents, "--alerts")
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == "1 alert: 1 message of 1 event, 1 sent"
    told = file.read_text(encoding="utf-8")
    assert "5-2" in told
    assert "5-3" not in told


def test_a_rebuild_and_a_correction_send_nothing(searchq: Ask, documents: Path, tmp_path: Path) -> None:
    searchq("alert", "add", "--to", str(tmp_path / "news.txt"))
    add_question(documents, 1, title="Bewakers - Andere titel")
    index(searchq, documents, "--alerts")
    index(searchq, documents, "--alerts", "--rebuild")
    assert not (tmp_path / "news.txt").exists()


def test_a_question_is_told_of_when_it_is_answered(searchq: Ask, documents: Path, tmp_path: Path) -> None:
    command = f"cat >> {tmp_path}/news.txt"
    assert searchq("alert", "add", "--run", command, "--question", "5-1").code == 0
    add_question(documents, 2, answer="Er zijn er tien.")
    index(searchq, documents, "--alerts")
    assert not (tmp_path / "news.txt").exists()
    add_question(documents, 1, answer="Er zijn er zes.")
    assert "1 sent" in index(searchq, documents, "--alerts").out
    assert "NIEUW ANTWOORD · 5-1" in (tmp_path / "news.txt").read_text(encoding="utf-8")
    assert searchq("alert", "list").code == 1  # it has ended
    refused = searchq("alert", "add", "--run", command, "--question", "5-1")
    assert (refused.code, "5-1 is answered" in refused.err) == (2, True)
    assert searchq("alert", "add", "--run", command, "--question", "fiets").code == 1


def test_a_list_of_nothing_says_so(searchq: Ask) -> None:
    assert searchq("alert", "list") == Answer(1, "", "There are no alerts.\n")


def test_alerts_are_listed_as_they_are_added_and_removed_by_number(searchq: Ask) -> None:
    given = ("--mail", "me@Post.example", "bewakers of cel", "--party", "Open Vld", "--exclude-year", "2012")
    dates = ("--from", "2013", "--until", "2014", "--waited", ">30", "--when", "answered", "--in", "fr")
    added = searchq("alert", "add", *given, *dates)
    assert "No mail is sent before these are set: SEARCHQ_SMTP" in added.err
    listed = searchq("alert", "list").out
    assert listed == (
        "alert 1  --mail me@post.example 'bewakers of cel' --party 'Open Vld' --exclude-year 2012 "
        "--from 2013-01-01 --until 2014-12-31 --waited 31.. --when answered --in fr\n"
    )
    assert searchq("alert", "add", *given, *dates).err.startswith("Alert 1 is the same.")
    assert searchq("alert", "remove", "7").code == 1
    assert searchq("alert", "remove", "--mail", "me@post.example").code == 0
    assert searchq("alert", "list").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "fiets"), "Give one of --mail"),
        (("add", "--mail", "a@b.example", "--to", "x"), "Give one of --mail"),
        (("add", "--mail", "nobody"), "is no mail address"),
        (("add", "--to", "x", "--when", "later"), "choose from new, answered"),
        (("add", "--to", "x", "--question", "5-1", "fiets"), "takes no search"),
        (("add", "--to", "x", "--from", "ooit"), "Cannot read"),
        (("remove",), "Give the number"),
        (("remove", "1"), "There are no alerts"),
    ],
)
def test_what_is_wrong_is_said(arguments: Any, said: Any, searchq: Ask) -> None:
    answer = searchq("alert", *arguments)
    assert answer.code == 2
    assert said in answer.err


def test_what_mail_lacks_is_named_before_anything_is_read(
    searchq: Ask, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchq("alert", "add", "--mail", "me@post.example")
    monkeypatch.setenv("SEARCHQ_SITE", "https://vragen.example")
    for answer in (searchq("alert", "run"), index(searchq, documents, "--alerts")):
        assert (answer.code, answer.out) == (2, "")
        assert "set SEARCHQ_SMTP, SEARCHQ_MAIL_FROM, SEARCHQ_SECRET." in answer.err


def test_a_mail_is_sent_by_the_server_of_the_environment(
    searchq: Ask, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchq("alert", "add", "--mail", "me@post.example", "bewakers", "--in", "fr")
    add_question(documents, 2)
    with serving(MailServer()) as server:
        for name, value in server.environ.items():
            monkeypatch.setenv(name, value)
        assert index(searchq, documents, "--alerts").code == 0
        add_question(documents, 3)
        server.on_receiver.append("550 gone away")
        refused = index(searchq, documents, "--alerts")
    assert [to for to, _ in server.taken] == ["me@post.example"]
    assert "https://vragen.example/vragen/fr/vraag/5-2?q=bewakers" in server.mails[0].get_body(("plain",)).get_content()
    assert (refused.code, "me@post.example: 550 gone away" in refused.err) == (1, True)
