"""The page over a few records in memory, a client for it, and a browser where there is one."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

sys.path.insert(0, str(Path(__file__).parent))

from searchq.api import Index
from searchq.web import create_app
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS
from tests.web.visits import Served, watch

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=nl-BE",
)


@pytest.fixture
def engine() -> PlainEngine:
    return PlainEngine(QUESTIONS)


@pytest.fixture
def index(engine: PlainEngine) -> Index:
    return Index(engine)


@pytest.fixture
def client(index: Index) -> Client:
    return Client(create_app(index))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    one = Served(Index(PlainEngine(QUESTIONS)))
    yield one
    one.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, without its windows where it comes so; the test is skipped where there is none."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not program:
        pytest.skip("no Chromium on this machine: install the package chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="the Python package playwright is absent")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_OPTIONS))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(browser, "new_context", patient(browser.new_context))
            yield browser
        browser.close()


def patient(make: Callable[..., Any]) -> Callable[..., Any]:
    """What makes a context, whose tabs wait as long as a machine that stalls may need."""

    def made(**options: Any) -> Any:
        context = make(**options)
        context.set_default_timeout(120_000)  # milliseconds
        return context

    return made


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; the test is skipped where npm has not brought it."""
    for place in (ROOT / ".ci" / "node", ROOT.parent):
        script = place / "node_modules" / "axe-core" / "axe.min.js"
        if script.is_file():
            return script.read_text(encoding="utf-8")
    pytest.skip("axe-core is absent: npm install --prefix .ci/node axe-core@4")


@pytest.fixture
def page(chromium: Any, served: Any) -> Iterator[Any]:
    """A fresh tab whose dialogs, script errors and refusals by the policy fail the test."""
    context = chromium.new_context(base_url=served.address, locale="nl-BE", viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    wrong: list[str] = []
    watch(tab, wrong)
    yield tab
    context.close()
    assert wrong == []
