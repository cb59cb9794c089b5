"""Make the pictures of docs/search-page.md: `python tests/web/screenshots.py` photographs the sample questions.

Needs Chromium and the Python package playwright. Pictures are made, never drawn: what they show is what visitors get.
"""

import datetime as dt
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

import searchq
from searchq.alerts.keys import Signer
from searchq.alerts.news import News
from searchq.alerts.subscription import Subscription
from searchq.first_seen import EventKind
from searchq.indexing import index_paths
from searchq.query.request import Request
from searchq.samples import samples_path
from searchq.web import create_app
from searchq.web.follow import sign_up_of
from searchq.web.letters import LetterWriter
from searchq.web.server import serve_application

TARGET = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
OPTIONS = [
    "--lang=nl-BE",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


MAIL = {  # switched on, though none is sent
    "SEARCHQ_SMTP": "smtp://127.0.0.1:1",
    "SEARCHQ_MAIL_FROM": "alerts@vragen.example",
    "SEARCHQ_SITE": "https://vragen.example",
    "SEARCHQ_SECRET": "-",
}


class Shot(NamedTuple):
    """One picture: its name, the address, the screen."""

    name: str
    address: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    media: str = "screen"


SHOTS = (
    Shot("start", "/", height=1000),
    Shot("results", "/?q=trein", height=1300),
    Shot("filtered-dark", "/?q=trein&party=Groen&party=sp.a&not_status=open", scheme="dark"),
    Shot("nothing-found", "/?q=gevanggenis", height=700),
    Shot("question", "/vraag/5-5511?q=telewerk&hit=1", height=1300),
    Shot("side-by-side", "/vraag/5-5511/naast-elkaar", height=1300),
    Shot("statistics", "/statistiek", height=1200),
    Shot("facet", "/filter/keyword", height=800),
    Shot("missing", "/vraag/5-1", height=600),
    Shot("help", "/hulp", height=1000),
    Shot("person", "/indiener/anneleen-dumoulin-sels", height=900),
    Shot("follow", "/volgen?q=trein&party=Groen", height=850),
    Shot("french", "/fr/?q=train", height=1000),
    Shot("phone-filters", "/?q=trein#filters", 390, 844),
    Shot("phone-start", "/", 320, 700),
    Shot("phone-results", "/?q=trein", 360, 780),
    Shot("phone-question-dark", "/vraag/5-5511?q=telewerk&hit=1", 360, 780, "dark"),
    Shot("zoomed", "/?q=trein&not_status=open&from=2009-01-01", 640, 450),
    Shot("print", "/vraag/5-5511", 794, 1123, "light", "print"),
)


def main(folder: Path = TARGET) -> None:
    """Makes every picture anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        index_paths([str(samples_path())], f"{place}/index", rebuild=True, jobs=1)
        app = create_app(f"{place}/index", sign_up=sign_up_of(MAIL, f"{place}/index", dt.datetime.now))
        server = serve_application(app, "127.0.0.1", 0, 4)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
            for shot in SHOTS:
                photograph(browser, f"http://127.0.0.1:{server.effective_port}", shot, folder)
            suggestions(browser, f"http://127.0.0.1:{server.effective_port}", folder)
            letters(browser, f"{place}/index", folder)
            browser.close()
        server.task_dispatcher.shutdown()
        server.close()


def photograph(browser: Browser, site: str, shot: Shot, folder: Path) -> None:
    """Opens a page as the shot wants it and keeps what is on the screen."""
    page = open_page(browser, site, shot)
    page.screenshot(path=folder / f"{shot.name}.png")
    page.context.close()


def open_page(browser: Browser, site: str, shot: Shot) -> Page:
    """A tab on the shot's address, of its size and scheme."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,  # type: ignore[arg-type]
        locale="nl-BE",
    )
    page = context.new_page()
    page.emulate_media(media=shot.media)  # type: ignore[arg-type]
    page.goto(shot.address)
    return page


def letters(browser: Browser, place: str, folder: Path) -> None:
    """A mail of an alert, in the light and in the dark."""
    index = searchq.open(place)
    kinds: tuple[tuple[EventKind, ...], ...] = (("new",), ("answered",), ("new", "answered"))
    found = index.search("energie", limit=len(kinds), fold=False).hits
    watched = Subscription(channel="mail", target="ines@example.org", search=Request("energie"), id=1)
    write = LetterWriter(MAIL["SEARCHQ_SITE"], Signer("-"), dt.date(2026, 1, 15))
    letter = write(watched, [News(hit, happened) for hit, happened in zip(found, kinds, strict=True)])
    for scheme in ("light", "dark"):
        page = open_page(browser, "about:blank", Shot("mail", "about:blank", 640, 760, scheme))
        page.set_content(letter.html)
        page.screenshot(path=folder / f"mail-{scheme}.png")
        page.context.close()


def suggestions(browser: Browser, site: str, folder: Path) -> None:
    """The list of suggestions while typing."""
    page = open_page(browser, site, Shot("suggestions", "/", height=700))
    page.type("#q", "soci")
    page.wait_for_selector("#suggesties li")
    page.press("#q", "ArrowDown")
    page.screenshot(path=folder / "suggestions.png")
    page.context.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
