"""Bits of the file of alerts that flip: what was written, or a sentence; never another address or another search."""

import random
from pathlib import Path

import pytest

from searchq.alerts.store import Message, Store
from searchq.alerts.subscription import Subscription
from searchq.errors import AlertError
from searchq.query.request import Request
from tests.database_files import each_flipped, without_sums

WHEN = "2026-03-02T06:00:00+00:00"
Told = tuple[list[Subscription], list[Message]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of three alerts with a message each."""
    path = tmp_path / "alerts.sqlite"
    with Store(path, create=True) as store:
        for name in ("ada", "jan", "els"):
            made = store.add(
                Subscription(channel="mail", target=f"{name}@example.org", search=Request(f"fiets {name}"))
            )
            store.enqueue(Message(id=f"{name}-1", subscription=made.id, body=b"new: 5-12", written=WHEN, due=WHEN))
            store.change(made.id, cursor=7)
    return path


def told(path: Path) -> Told:
    """What a run reads."""
    with Store(path) as store:
        store.lock()
        return store.subscriptions(), store.messages("ready")


def places(data: bytes) -> list[int]:
    """Around each row, in the description of the tables, and some elsewhere."""
    rows = (data.index(word) for word in (b"els@example.org", b"els-1"))
    near = {place for row in rows for place in range(row - 30, row + 90, 4)}
    return sorted(near | set(random.Random(3).sample(range(len(data)), 15)) | set(range(0, 100, 9)))


def test_an_altered_bit_is_named_or_changes_nothing(path: Path) -> None:
    before = told(path)
    found = set()
    for place in each_flipped(path, places(path.read_bytes())):
        try:
            assert told(path) == before, place
        except AlertError as error:
            found.add(str(error).partition(str(path))[0])
    assert found == {"The alerts in ", ""}  # the second where the version is another


def test_a_file_without_checksums_gets_them(path: Path) -> None:
    before = told(path)
    without_sums(path, ("subscription", "message"))
    assert told(path) == before
    path.write_bytes(path.read_bytes().replace(b"els@example.org", b"elz@example.org"))
    with pytest.raises(AlertError, match="subscription 3 is not as it was written"):
        told(path)
