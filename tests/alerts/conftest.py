"""A mail server, a file of alerts, a clock that stands still, and an index of made-up news."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchq.alerts.store import Store
from tests.alerts.mail_server import MailServer, serving


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with serving(MailServer()) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "alerts.sqlite", create=True) as opened:
        yield opened


class Clock:
    """The time, which moves when told."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()
