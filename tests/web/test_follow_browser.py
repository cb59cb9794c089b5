"""Following in a real browser: by keyboard, with and without script, in both languages; axe finds nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.alerts.settings import mail_settings
from searchq.alerts.signup import SignUp
from searchq.alerts.store import Store
from searchq.api import Index
from tests.alerts.conftest import Clock
from tests.alerts.mail_server import MailServer, serving
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS
from tests.web.test_accessibility import violations
from tests.web.visits import Served

pytestmark = pytest.mark.browser


class Mailed:
    """The page with mail, on a real port."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        self.mail, self.file = server, folder / "alerts.sqlite"
        settings = mail_settings(server.environ)
        sign_up = SignUp(self.file, settings, Clock(), start=lambda work: work())
        self.served = Served(Index(PlainEngine(QUESTIONS)), sign_up=sign_up)

    def link(self) -> str:
        """The path of the link in the last mail."""
        text = self.mail.mails[-1].get_body(("plain",)).get_content()
        return str(re.findall(r"https://vragen\.example/vragen(\S*/volgen/\S+)", text)[0])

    @property
    def states(self) -> list[str]:
        with Store(self.file, create=True) as store:
            return [one.state for one in store.subscriptions()]


@pytest.fixture
def mailed(tmp_path: Path) -> Iterator[Mailed]:
    with serving(MailServer()) as server:
        one = Mailed(tmp_path, server)
        yield one
        one.served.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["", "/fr"])
def test_a_search_is_followed_by_keyboard(chromium: Any, mailed: Mailed, language: str, script: bool) -> None:
    context = chromium.new_context(base_url=mailed.served.address, java_script_enabled=script)
    tab = context.new_page()
    tab.goto(f"{language}/volgen?q=klachten")
    tab.focus("#mail")
    tab.keyboard.type("lezer@post.example")
    for key in ("Tab", "Space", "Tab", "Tab", "Enter"):  # without new questions
        tab.keyboard.press(key)
    tab.wait_for_url("**/volgen?q=klachten")
    tab.wait_for_selector("h1:has-text('mailbox'), h1:has-text('boîte')")
    tab.goto(mailed.link())
    assert mailed.states == ["waiting"]
    tab.focus("button.send")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/volgen/bevestigen")
    assert mailed.states == ["active"]
    context.close()
    with Store(mailed.file) as store:
        assert store.subscriptions()[0].kinds == ("answered",)


@pytest.mark.parametrize("language", ["", "/fr"])
def test_axe_finds_nothing_on_the_way(chromium: Any, mailed: Mailed, axe: str, language: str) -> None:
    context = chromium.new_context(base_url=mailed.served.address, bypass_csp=True)
    tab = context.new_page()

    def wrong() -> list[str]:
        tab.evaluate(axe)
        return violations(tab, "light", 1280) + violations(tab, "dark", 360)

    tab.goto(f"{language}/volgen?q=klachten")
    assert wrong() == []
    tab.fill("#mail", "geen adres@")
    tab.eval_on_selector("form.follow", "form => { form.noValidate = true; form.submit() }")
    tab.wait_for_selector("[role=alert]")
    assert wrong() == []
    tab.fill("#mail", "lezer@post.example")
    tab.click("button.send")
    tab.wait_for_selector("h1:has-text('mailbox'), h1:has-text('boîte')")
    assert wrong() == []
    tab.goto(mailed.link())
    assert wrong() == []
    tab.click("button.send")
    tab.wait_for_url("**/volgen/bevestigen")
    assert wrong() == []
    context.close()
