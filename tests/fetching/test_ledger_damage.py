"""Bits of a ledger that flip: what was written, or a sentence; and ledgers of the time before checksums."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from searchq.errors import FetchError
from searchq.fetching.coverage import summary
from searchq.fetching.ledger import LEDGER, Ledger
from searchq.fetching.ledger_tables import Page, Zip
from tests.database_files import each_flipped, without_sums

DAY = "2026-03-02T09:00:00+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of four pages, an archive, a WARC file and a fact."""
    with Ledger(tmp_path, create=True) as ledger:
        for number in (1, 2, 3):
            address = f"https://example.org/{number}"
            ledger.put(
                Page(5, number, "both", "stored", status="answered", changed=DAY, looked=DAY, due=DAY, address=address)
            )
        ledger.put(Page(5, 4, "both", "absent", "status 404", looked=DAY))
        ledger.put_zip(Zip(56, "chamber-56.zip", "https://example.org/56", DAY, DAY, 9, "0"))
        ledger.account("senate-5-001.warc.gz", 900)
        ledger.keep("contact", "ada@example.org")
    return tmp_path / LEDGER


def told(path: Path) -> Any:
    with Ledger(path.parent) as ledger:
        sizes = [(name, ledger.accounted(name)) for name in ledger.warcs()]
        pages = [list(ledger.pages(*key)) for key in ledger.fetched()]
        return summary(ledger), pages, list(ledger.sightings()), ledger.zips(), sizes, ledger.kept("contact")


def places(data: bytes) -> list[int]:
    """Around a row of each table, in the header, and some elsewhere."""
    words = (b"https://example.org/2", b"https://example.org/56", b"senate-5-001.warc.gz", b"ada@example.org")
    near = {place for word in words for place in range(data.index(word) - 60, data.index(word) + 60, 5)}
    near &= set(range(len(data)))
    return sorted(near | set(random.Random(4).sample(range(len(data)), 40)) | set(range(0, 100, 9)) | {63})


def test_an_altered_bit_is_named_or_changes_nothing(path: Path) -> None:
    before = told(path)
    found = set()
    for place in each_flipped(path, places(path.read_bytes())):
        try:
            assert told(path) == before, place
        except FetchError as error:
            found |= {word for word in ("is not as it was written", "is damaged") if word in str(error)}
    assert found == {"is not as it was written", "is damaged"}


def test_every_row_is_compared_whichever_table_it_is_of(path: Path) -> None:
    data = path.read_bytes()
    changed = {
        b"https://example.org/2": "page 5-2-both is not",
        b"https://example.org/56": "zips 56 is not",
        b"ada@example.org": "kept contact is not",
        b"senate-5-001.warc.gz": r"warc senate-5-001\.warc\.gZ is not",
    }
    for word, named in changed.items():
        other = word[:-1] + {b"z": b"Z", b"g": b"k"}.get(word[-1:], b"7")
        path.write_bytes(data.replace(word, other, 1))
        with pytest.raises(FetchError, match=named):
            told(path)


def make_older(path: Path) -> None:
    """Leave the ledger as the version before wrote it."""
    without_sums(path, ("page", "zips", "warc", "kept"))


def test_a_ledger_without_checksums_is_read_as_it_is_and_gets_them_from_the_next_run(path: Path) -> None:
    before = told(path)
    make_older(path)
    data = path.read_bytes()
    assert told(path) == before
    assert path.read_bytes() == data
    with Ledger(path.parent, create=True) as ledger:
        ledger.lock()
        ledger.put(Page(5, 2, "both"))
    assert told(path) != before
    path.write_bytes(path.read_bytes().replace(b"https://example.org/3", b"https://example.org/7"))
    with pytest.raises(FetchError, match="page 5-3-both is not as it was written"):
        told(path)


@pytest.mark.parametrize(
    ("written", "flipped"),
    [(b"2026-03-02T09", b":026-03-02T09"), (b"storedanswered", b"sToredanswered"), (b"absent", b"absen\xf4")],
)
def test_a_value_that_no_run_writes_is_damage_without_checksums_too(path: Path, written: bytes, flipped: bytes) -> None:
    make_older(path)
    path.write_bytes(path.read_bytes().replace(written, flipped, 1))
    with pytest.raises(FetchError, match="is damaged"):
        told(path)


def test_an_older_ledger_on_a_disk_that_cannot_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(path)
    make_older(path)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place, **given: connect(f"file:{place}?mode=ro", uri=True, **given))
    assert told(path) == before


def test_a_ledger_that_lost_its_version_is_no_new_one(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 0")
    kept = shutil.copy(path, path.with_name("kept"))
    with pytest.raises(FetchError, match="is a ledger of version 0"):
        told(path)
    assert path.read_bytes() == Path(kept).read_bytes()
