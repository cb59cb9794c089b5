"""Files of an index that are altered while a reader has them open: looked at before they are trusted again."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from searchq.errors import IndexBroken
from searchq.index.read import reader
from searchq.index.read.reader import IndexReader
from searchq.index.read.snapshot import Snapshot
from tests.faults.history import planned, write


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IndexReader:
    """A reader of an index in `tmp_path` that looks at its files each time."""
    monkeypatch.setattr(reader, "_LOOK_SECONDS", 0.0)
    write(tmp_path, planned(1, {}))
    return IndexReader(tmp_path)


def altered(path: Path) -> None:
    """The same length, age and inode, as `cp -p` leaves it."""
    age = path.stat()
    with path.open("r+b") as file:
        file.write(bytes(64))
    os.utime(path, ns=(age.st_atime_ns, age.st_mtime_ns))


def cut_short(path: Path) -> None:
    os.truncate(path, 100)


def replaced_by_another(path: Path) -> None:
    (path.parent / "new").write_bytes(path.read_bytes()[:-1] + b"x")
    (path.parent / "new").rename(path)


@pytest.mark.parametrize("alter", [altered, cut_short, replaced_by_another])
@pytest.mark.parametrize("ending", ["words", "columns", "records", "blob"])
def test_a_file_that_was_altered_under_a_reader_is_named_until_it_is_back(
    alter: Callable[[Path], None], ending: str, watched: IndexReader, tmp_path: Path
) -> None:
    path = min(tmp_path.glob(f"*.{ending}"))
    held, content = watched.current(), path.read_bytes()
    assert watched.current() is held
    alter(path)
    for _ in range(2):
        with pytest.raises(IndexBroken, match=path.name):
            watched.current()
    path.write_bytes(content)
    again = watched.current()
    assert (again.generation, again.doc_count) == (held.generation, held.doc_count)
    assert watched.current() is again


def test_files_that_are_gone_can_still_be_read(watched: IndexReader, tmp_path: Path) -> None:
    held = watched.current()
    min(tmp_path.glob("*.words")).unlink()
    assert watched.current() is held


def test_the_files_are_looked_at_once_a_second_not_at_each_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, planned(1, {}))
    clock, looks = [100.0], []

    def look(snapshot: Snapshot) -> bool:
        looks.append(clock[0])
        return True

    monkeypatch.setattr(reader, "monotonic", lambda: clock[0])
    monkeypatch.setattr(reader, "_is_as_opened", look)
    watched = IndexReader(tmp_path)
    for moment in (100.0, 100.5, 100.99, 101.0, 101.5, 102.1):
        clock[0] = moment
        watched.current()
    assert looks == [101.0, 102.1]
