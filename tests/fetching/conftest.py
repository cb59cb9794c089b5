"""What the tests of fetching share: an archive, a clock that can be a day later, and a run against a local site."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchq.fetching.plan import Wanted
from searchq.fetching.report import Report
from searchq.fetching.senate import fetch_senate
from searchq.fetching.settings import Settings
from searchq.fetching.sites import Pause, SenateSite
from tests.fetching.site import Site

PAUSE = Pause(0.002, 0.004)
CONTACT = "library@example.org"
BEGIN = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


class Clock:
    """Days that a test sets, seconds that pass."""

    def __init__(self) -> None:
        self.moment = BEGIN
        self.slept: list[float] = []

    def now(self) -> dt.datetime:
        return self.moment

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        time.sleep(seconds)

    def pass_days(self, days: int) -> None:
        self.moment += dt.timedelta(days=days)


_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of this machine stands between the tests and their site."""
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


Fetch = Callable[..., Report]


@pytest.fixture
def fetch(archive: Path, clock: Clock) -> Fetch:
    """One run over legislature 5 of a site; `said` in its keywords collects what it says."""

    def run(
        site: Site, wanted: Wanted | None = None, said: list[str] | None = None, highest: int = 0, **settings: Any
    ) -> Report:
        say = said.append if said is not None else lambda sentence: None
        chosen = Settings(**{"contact": CONTACT, "pause": PAUSE, "clock": clock, "say": say, **settings})
        return fetch_senate(archive, wanted or Wanted((5,)), chosen, SenateSite(site.root, {5: highest}))

    return run
