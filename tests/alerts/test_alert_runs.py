"""Runs: one message a search and run; grey-listing, refusals, time-outs; nothing twice, nothing lost."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace as changed

from searchq.alerts.news import Found
from searchq.alerts.post import Post
from searchq.alerts.run import RunReport, run_alerts
from searchq.alerts.settings import mail_settings
from searchq.alerts.store import Store
from searchq.errors import AlertError, OutOfTime
from searchq.results.requests import make_request
from searchq.web.letters import LetterWriter
from tests.alerts.conftest import Clock
from tests.alerts.made_news import MadeNews, subscribed
from tests.alerts.mail_server import MailServer

Run = Callable[[], RunReport]


@pytest.fixture
def news() -> MadeNews:
    return MadeNews()


@pytest.fixture
def run(store: Store, news: MadeNews, clock: Clock, mail_server: MailServer) -> Run:
    """Does a run, as `searchq alert run` does, over made-up news."""

    def once() -> RunReport:
        settings = mail_settings(mail_server.environ)
        with Post(settings, clock) as post:
            write = LetterWriter(post.site, post.signer, dt.date(2026, 3, 1))
            return run_alerts(store, news, write, post.seal, post.senders, clock)

    return once


def told(server: MailServer) -> list[list[str]]:
    """The numbers that each mail tells of."""
    return [sorted(set(_numbers(mail.get_body(("plain",)).get_content()))) for mail in server.mails]


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if word.startswith("5-") and word[2:].isdigit()]


def test_one_mail_tells_of_all_that_came_since_the_last_run(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    store.add(subscribed())
    news.commit(("5-1", "new"), ("5-2", "new"))
    news.commit(("5-1", "answered"))
    report = run()
    assert (report.written, report.events, report.sent, report.failed) == (1, 3, 1, 0)
    assert told(mail_server) == [["5-1", "5-2"]]
    assert run() == RunReport(subscriptions=1)
    assert len(mail_server.taken) == 1


def test_only_the_kinds_asked_for_are_told(run: Run, store: Store, news: MadeNews, mail_server: MailServer) -> None:
    store.add(subscribed(kinds=("answered",)))
    news.commit(("5-1", "new"), ("5-2", "answered"))
    run()
    assert told(mail_server) == [["5-2"]]


def test_an_event_is_told_once_whatever_the_generations_say(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    store.add(subscribed())
    news.commit(("5-1", "new"))
    run()
    news.commit(("5-1", "new"), ("5-2", "new"))
    run()
    assert told(mail_server) == [["5-1"], ["5-2"]]


def test_an_index_made_anew_is_taken_as_known(run: Run, store: Store, news: MadeNews, mail_server: MailServer) -> None:
    store.add(subscribed(cursor=7))
    news.origin = "second"
    news.commit(("5-1", "new"))
    assert "another one" in run().reasons[0].sentence
    news.commit(("5-2", "new"))
    run()
    assert told(mail_server) == [["5-2"]]


def test_what_waits_for_its_confirmation_is_told_of_nothing_until_then(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer, clock: Clock
) -> None:
    added = store.add(subscribed(state="waiting", created=clock.now.isoformat()))
    news.commit(("5-1", "new"))
    assert run().written == 0
    store.change(added.id, state="active")
    run()
    assert told(mail_server) == [["5-1"]]


def test_what_was_not_confirmed_in_two_days_is_forgotten(run: Run, store: Store, clock: Clock) -> None:
    store.add(subscribed(state="waiting", created=clock.now.isoformat()))
    clock.pass_by(days=2)
    run()
    assert len(store.subscriptions()) == 1
    clock.pass_by(seconds=1)
    run()
    assert store.subscriptions() == []
    assert b"lezer@post.example" not in store.path.read_bytes()


def test_a_grey_listed_mail_is_tried_again_after_a_pause_that_grows(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer, clock: Clock
) -> None:
    store.add(subscribed())
    news.commit(("5-1", "new"))
    mail_server.on_receiver += ["451 4.7.1 Greylisted", "451 4.7.1 Greylisted"]
    report = run()
    assert (report.sent, report.waiting, report.failed) == (0, 1, 1)
    assert "451 4.7.1 Greylisted" in report.reasons[0].sentence
    clock.pass_by(minutes=9)
    assert (run().sent, len(mail_server.on_receiver)) == (0, 1)  # nothing was tried
    clock.pass_by(minutes=1)
    run()
    clock.pass_by(minutes=29)
    assert (run().sent, len(mail_server.on_receiver)) == (0, 0)
    clock.pass_by(minutes=1)
    assert run().sent == 1
    assert told(mail_server) == [["5-1"]]


def test_a_mail_deferred_for_days_is_given_up_and_kept(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer, clock: Clock
) -> None:
    store.add(subscribed())
    news.commit(("5-1", "new"))
    mail_server.on_receiver += ["450 busy"] * 50
    for _ in range(30):
        run()
        clock.pass_by(hours=12)
    assert len(mail_server.on_receiver) == 50 - 11  # six within the first day, then two a day
    (kept,) = store.messages("refused")
    assert kept.reason == "given up after 5 days: 450 busy"
    assert kept.body


def test_after_three_refusals_an_alert_is_paused_and_what_was_refused_is_kept(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    added = store.add(subscribed())
    mail_server.on_receiver += ["550 no such user"] * 3
    for number in range(1, 5):
        news.commit((f"5-{number}", "new"))
        report = run()
    paused = store.subscription(added.id)
    assert paused and (paused.state, paused.refusals, paused.reason) == ("paused", 3, "550 no such user")
    assert (report.subscriptions, report.written) == (0, 0)
    store.change(added.id, state="active", refusals=0)
    store.release_refused(added.id, "2026-03-01T00:00:00+00:00")
    assert run().sent == 4
    assert told(mail_server) == [["5-1"], ["5-2"], ["5-3"], ["5-4"]]


def test_a_text_that_is_refused_counts_as_a_refusal(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    store.add(subscribed())
    news.commit(("5-1", "new"))
    mail_server.on_text.append("554 spam")
    assert (run().refused, len(store.messages("refused"))) == (1, 1)


def test_a_sender_that_the_server_does_not_know_stops_the_run_and_harms_no_alert(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    for name in ("a", "b", "c"):
        store.add(subscribed(f"{name}@post.example"))
    news.commit(("5-1", "new"))
    mail_server.on_mail.append("550 not you")
    report = run()
    assert (report.sent, report.failed, report.waiting) == (0, 1, 3)
    assert run().sent == 3


def test_a_server_that_is_not_there_costs_one_attempt_and_no_mail(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    store.add(subscribed("a@post.example"))
    store.add(subscribed("b@post.example"))
    news.commit(("5-1", "new"))
    port, mail_server.port = mail_server.port, 1
    report = run()
    assert (report.failed, report.waiting) == (1, 2)
    assert report.reasons[0].target == "a@post.example"
    assert report.reasons[0].sentence.startswith("Cannot reach 127.0.0.1:1:")
    mail_server.port = port
    assert run().sent == 2


def test_a_mail_whose_server_gave_no_answer_is_sent_again_and_counted(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer, clock: Clock
) -> None:
    store.add(subscribed())
    news.commit(("5-1", "new"))
    mail_server.breaks_off = True
    report = run()
    assert (report.sent, report.failed, report.waiting) == (0, 1, 1)
    assert "did not say whether it took the mail" in report.reasons[0].sentence
    mail_server.breaks_off = False
    assert (run().again, run().sent) == (0, 0)  # its pause is not over
    clock.pass_by(minutes=10)
    report = run()
    assert (report.again, report.sent) == (1, 1)
    first, second = mail_server.mails
    assert first["Message-ID"] == second["Message-ID"]  # by which a mail program knows it


def test_a_question_is_told_of_once_and_its_alert_ends(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    store.add(subscribed(number="5-1", kinds=("answered",)))
    news.commit(("5-1", "new"))
    run()
    assert store.subscriptions()
    news.commit(("5-1", "answered"))
    run()
    assert told(mail_server) == [["5-1"]]
    assert store.subscriptions() == []


def test_a_removed_alert_leaves_nothing_to_send(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer
) -> None:
    added = store.add(subscribed())
    news.commit(("5-1", "new"))
    mail_server.on_receiver.append("451 later")
    run()
    store.remove(added.id)
    assert store.messages("ready") == []
    assert store.add(subscribed()).id != added.id  # a link of the old one must not end the new one


def test_files_and_commands_get_the_text(run: Run, store: Store, news: MadeNews, tmp_path: Path) -> None:
    store.add(subscribed(str(tmp_path / "news.txt"), channel="file"))
    store.add(subscribed(f"cat >> {tmp_path}/piped.txt", channel="command"))
    for number in ("5-1", "5-2"):
        news.commit((number, "new"))
        assert run().sent == 2
    for name in ("news.txt", "piped.txt"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.count("1 nieuwe vraag: alle vragen\n") == 2
        assert "*Treinen*" in text
        assert "searchq alert remove" in text


def test_a_command_that_fails_is_run_again_later(
    run: Run, store: Store, news: MadeNews, tmp_path: Path, clock: Clock
) -> None:
    store.add(subscribed(f"test -e {tmp_path}/ready || {{ echo not yet >&2; exit 3; }}", channel="command"))
    news.commit(("5-1", "new"))
    assert run().reasons[0].sentence.endswith("ended with 3: not yet")
    (tmp_path / "ready").touch()
    clock.pass_by(minutes=10)
    assert run().sent == 1


@pytest.mark.parametrize("kept", ["nothing", "a part", "all"])
def test_what_a_kill_left_of_a_message_in_a_file_is_completed(
    kept: str, run: Run, store: Store, news: MadeNews, tmp_path: Path
) -> None:
    file = tmp_path / "news.txt"
    file.write_text("before\n", encoding="utf-8")
    added = store.add(subscribed(str(file), channel="file"))
    news.commit(("5-1", "new"))
    run()
    whole = file.read_bytes()
    (message,) = store.messages("sent")
    body = whole.removeprefix(b"before\n")
    file.write_bytes({"nothing": b"before\n", "a part": whole[:-40], "all": whole}[kept])
    store.note(changed(message, body=body, progress="sending"))
    assert (run().again, file.read_bytes()) == (0, whole)
    assert store.subscription(added.id)


def test_a_search_that_takes_too_long_is_looked_at_again(
    run: Run, store: Store, news: MadeNews, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(subscribed("a@post.example", number="5-1"))
    store.add(subscribed("b@post.example"))
    news.commit(("5-1", "new"))
    found = news.news
    with monkeypatch.context() as patch:
        patch.setattr(news, "news", lambda one: found(one) if one.id == 2 else _out_of_time())
        report = run()
    assert (report.failed, report.sent, report.reasons[0].alert) == (1, 1, 1)
    assert run().sent == 1
    assert [to for to, _ in mail_server.taken] == ["b@post.example", "a@post.example"]


def _out_of_time() -> Found:
    raise OutOfTime()


def test_two_runs_at_once_are_refused(store: Store) -> None:
    store.lock()
    with Store(store.path) as other, pytest.raises(AlertError, match="Another run"):
        other.lock()


def test_a_subscription_is_read_back_as_it_was_entered(store: Store) -> None:
    request = make_request("sociale media", include={"party": "MR"}, asked_from="2013", waited=">30")
    entered = store.add(subscribed(search=request, language="fr"))
    assert store.subscription(entered.id) == entered
