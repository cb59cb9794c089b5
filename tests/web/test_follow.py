"""Following a search on the page: feed, form, confirmation and end, in both languages; who may send what."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client, TestResponse

from searchq.alerts.keys import CONFIRMATION_SECONDS
from searchq.alerts.settings import mail_settings
from searchq.alerts.signup import SignUp
from searchq.alerts.store import Store
from searchq.api import Index
from searchq.limits import MAX_SIGNUP_BYTES, MAX_SIGNUPS_PER_ADDRESS, MAX_SIGNUPS_PER_CLIENT
from searchq.web import create_app
from tests.alerts.conftest import Clock
from tests.alerts.mail_server import MailServer, serving
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS

SITE = "https://vragen.example/vragen"
OWN = {"Origin": "https://vragen.example"}
PATHS = ("/volgen", "/volgen/bevestigen", "/volgen/opzeggen")
FORM = {"mail": "lezer@post.example", "wanneer": ["new", "answered"]}


class Site:
    """The page with mail switched on, its visitor, its mail server, its file of alerts."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        self.clock, self.server, self.file = Clock(), server, folder / "alerts.sqlite"
        self.sign_up = SignUp(self.file, mail_settings(server.environ), self.clock, start=lambda work: work())
        app = create_app(Index(PlainEngine(QUESTIONS)), site=SITE, sign_up=self.sign_up)
        self.visitor = Client(app)

    def post(self, path: str, form: Any = FORM, **more: Any) -> TestResponse:
        return self.visitor.post(f"/vragen{path}", data=form, headers=OWN, **more)

    def get(self, path: str) -> TestResponse:
        return self.visitor.get(f"/vragen{path}")

    def link(self, place: int = -1) -> str:
        """The link of a mail to this site, as a path below the prefix."""
        text = self.server.mails[place].get_body(("plain",)).get_content()
        parts = urlsplit(re.findall(r"https://vragen\.example/vragen\S*/volgen/\S+", text)[0])
        return f"{parts.path.removeprefix('/vragen')}?{parts.query}"

    @property
    def states(self) -> list[str]:
        with Store(self.file, create=True) as store:
            return [one.state for one in store.subscriptions()]


@pytest.fixture
def site(tmp_path: Path) -> Any:
    with serving(MailServer()) as server:
        yield Site(tmp_path, server)


def button(answer: TestResponse) -> tuple[str, dict[str, str]]:
    """Where the form of a page is sent, and its hidden fields."""
    action = re.findall(r'<form class="follow" method="post" action="([^"]+)"', answer.text)[0]
    return action.removeprefix("/vragen"), dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    )


def test_the_results_lead_to_a_page_with_the_feed_and_the_form(site: Site) -> None:
    results = site.get("/?q=treinen&party=MR&page=1&sort=newest")
    assert 'href="/vragen/volgen?q=treinen&amp;party=MR"' in results.text
    page = site.get("/volgen?q=treinen&party=MR")
    assert "https://vragen.example/vragen/?q=treinen&amp;party=MR&amp;format=atom" in page.text
    assert "treinen · Partij: MR" in page.text
    assert button(page) == ("/volgen?q=treinen&amp;party=MR", {})
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["", "/fr"])
def test_a_search_is_followed_once_a_button_confirms_it_and_until_one_ends_it(site: Site, language: str) -> None:
    assert site.post(f"{language}/volgen?q=treinen").status_code == 200
    assert (site.states, len(site.server.taken)) == (["waiting"], 1)
    link = site.link()
    assert link.startswith(f"{language}/volgen/bevestigen?sleutel=")
    page = site.get(link)  # as a scanner of mails does
    assert site.states == ["waiting"]
    action, hidden = button(page)
    assert site.post(action, hidden).status_code == 200
    assert site.states == ["active"]
    with Store(site.file) as store:
        (followed,) = store.subscriptions()
    assert (followed.target, followed.language) == ("lezer@post.example", language.strip("/") or "nl")
    assert followed.search and followed.search.text == "treinen"
    key = site.sign_up.signer.key("remove", followed.id)
    page = site.get(f"{language}/volgen/opzeggen?sleutel={key}")
    assert site.states == ["active"]
    site.post(*button(page))
    assert site.states == []
    assert site.get(f"{language}/volgen/opzeggen?sleutel={key}").status_code == 404
    assert site.post(f"{language}/volgen/opzeggen", {"sleutel": key}).status_code == 200  # it has ended


def test_one_click_of_a_mail_program_ends_it_without_an_origin(site: Site) -> None:
    site.post("/volgen?q=treinen")
    key = site.sign_up.signer.key("remove", 1)
    click = {"List-Unsubscribe": "One-Click"}
    answer = site.visitor.post(f"/vragen/volgen/opzeggen?sleutel={key}", data=click)
    assert (answer.status_code, site.states) == (200, [])


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Referer": "https://evil.example/vragen.example"}],
)
@pytest.mark.parametrize("path", PATHS)
def test_a_form_of_another_site_is_refused(path: str, headers: dict[str, str], site: Site) -> None:
    key = site.sign_up.signer.key("remove", 1)
    answer = site.visitor.post(f"/vragen{path}?sleutel={key}", data={**FORM, "sleutel": key}, headers=headers)
    assert answer.status_code == 403
    assert (site.states, site.server.taken) == ([], [])


def test_a_post_elsewhere_or_without_mail_is_refused(site: Site) -> None:
    assert site.post("/").status_code == 405
    assert site.post("/vraag/5-101").status_code == 405
    assert site.visitor.put("/vragen/volgen", headers=OWN).status_code == 405
    off = Client(create_app(Index(PlainEngine(QUESTIONS))))
    assert [off.post(path, data=FORM).status_code for path in PATHS] == [405, 405, 405]
    assert [off.get(path).status_code for path in PATHS] == [200, 404, 404]
    assert "<form class" not in off.get("/volgen?q=treinen").text


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({**FORM, "mail": "geen adres"}, 400, "geen e-mailadres"),
        ({**FORM, "mail": "a@b.example\r\nBcc: c@d.example"}, 400, "geen e-mailadres"),
        ({"wanneer": "new"}, 400, "geen e-mailadres"),
        ({"mail": "lezer@post.example"}, 400, "Kies nieuwe vragen"),
        ({**FORM, "more": "x" * MAX_SIGNUP_BYTES}, 413, "groter dan het kan"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(form: Any, status: int, said: str, site: Site) -> None:
    answer = site.post("/volgen?q=treinen", form)
    assert answer.status_code == status
    assert said in answer.text
    if status == 400:
        assert 'role="alert"' in answer.text
    assert (site.states, site.server.taken) == ([], [])


def test_what_is_typed_is_shown_as_text(site: Site) -> None:
    answer = site.post("/volgen?q=treinen", {**FORM, "mail": '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


def test_an_address_gets_few_mails_a_day(site: Site) -> None:
    codes = [site.post(f"/volgen?q=woord{place}").status_code for place in range(MAX_SIGNUPS_PER_ADDRESS + 1)]
    assert codes == [200] * MAX_SIGNUPS_PER_ADDRESS + [429]
    site.clock.pass_by(hours=25)
    assert site.post("/volgen?q=nog").status_code == 200


def test_a_client_asks_few_times_an_hour(site: Site) -> None:
    def ask(place: int, client: str) -> int:
        form = {**FORM, "mail": f"lezer{place}@post.example"}
        return site.post("/volgen?q=treinen", form, environ_base={"REMOTE_ADDR": client}).status_code

    codes = [ask(place, f"2001:db8::{place:x}") for place in range(MAX_SIGNUPS_PER_CLIENT + 1)]
    assert codes == [200] * MAX_SIGNUPS_PER_CLIENT + [429]
    assert ask(99, "2001:db8:0:1::1") == 200
    site.clock.pass_by(minutes=61)
    assert ask(100, "2001:db8::1") == 200
    assert b"2001:db8" not in site.file.read_bytes()


def test_an_address_that_was_not_confirmed_in_two_days_is_forgotten(site: Site) -> None:
    site.post("/volgen?q=treinen")
    link = site.link()
    site.clock.pass_by(seconds=CONFIRMATION_SECONDS + 1)
    site.get("/")  # any visit
    assert site.states == []
    assert b"lezer@post.example" not in site.file.read_bytes()
    assert site.get(link).status_code == 404


def test_what_is_followed_already_is_neither_told_nor_sent(site: Site) -> None:
    site.post("/volgen?q=treinen")
    first = site.get(site.link())
    site.post(*button(first))
    answer = site.post("/volgen?q=treinen")
    assert (answer.status_code, len(site.server.taken), site.states) == (200, 1, ["active"])
    assert "Kijk in uw mailbox" in answer.text


def test_a_mail_that_is_grey_listed_is_left_to_the_next_run(site: Site) -> None:
    site.server.on_receiver.append("451 later")
    assert site.post("/volgen?q=treinen").status_code == 200
    with Store(site.file) as store:
        (message,) = store.messages("ready")
    assert (message.reason, message.tries) == ("451 later", 1)


def test_a_question_is_followed_by_its_number(site: Site) -> None:
    page = site.get("/volgen?vraag=5-103")
    assert "Volg deze vraag" in page.text
    assert 'name="wanneer"' not in page.text
    assert "https://vragen.example/vragen/vraag/5-103.atom" in page.text
    assert 'href="/vragen/volgen?vraag=5-103"' in site.get("/vraag/5-103").text
    site.post("/volgen?vraag=5-103", {"mail": "lezer@post.example"})
    with Store(site.file) as store:
        (followed,) = store.subscriptions()
    assert (followed.number, followed.kinds) == ("5-103", ("answered",))
    assert site.get("/volgen?vraag=5-99999").status_code == 404


def test_the_key_of_a_link_is_not_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="searchq.web.access"):
        site.get("/volgen/opzeggen?sleutel=geheim")
        site.get("/?q=openlijk")
    assert "geheim" not in caplog.text
    assert "openlijk" in caplog.text


def test_a_broken_key_is_no_page(site: Site) -> None:
    site.post("/volgen?q=treinen")
    for key in ("", "x", "é", site.sign_up.signer.key("confirm", 2), site.sign_up.signer.key("remove", 1)):
        assert site.get(f"/volgen/bevestigen?sleutel={key}").status_code == 404
        assert site.post("/volgen/bevestigen", {"sleutel": key}).status_code == 404
    assert site.states == ["waiting"]
