"""A file is the old one or the new one, at any moment."""

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from searchq import atomic_file
from searchq.atomic_file import replaced, sync_ancestors, sync_directory, sync_file


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.parametrize("sync", [False, True])
def test_the_new_file_is_there_when_the_block_ends_and_not_before(tmp_path: Path, sync: bool) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with replaced(path, sync=sync) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["a.json"])


def test_a_failure_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(ValueError), replaced(path) as file:
        file.write(b"new")
        raise ValueError
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["a.json"])


@pytest.mark.parametrize("unnamed", [True, False])
@pytest.mark.parametrize("sync", [False, True])
def test_what_a_kill_left_goes_with_the_next_write_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sync: bool, unnamed: bool
) -> None:
    if not unnamed:
        monkeypatch.setattr(atomic_file, "_open_unnamed", lambda folder: None)
    for name in (".a.json.0123abcd.part", ".a.json.mine.part", ".b.json.0123abcd.part", "a.json.0123abcd.part"):
        (tmp_path / name).write_bytes(b"half")
    with replaced(tmp_path / "a.json", sync=sync):
        with replaced(tmp_path / "a.json", sync=sync) as beside:
            beside.write(b"whole")
        assert (tmp_path / "a.json").read_bytes() == b"whole"
    assert names(tmp_path) == [".a.json.mine.part", ".b.json.0123abcd.part", "a.json", "a.json.0123abcd.part"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files have names here")
def test_a_file_in_the_making_has_no_name(tmp_path: Path) -> None:
    with replaced(tmp_path / "a.json") as file:
        file.write(b"half")
        file.flush()
        assert names(tmp_path) == []
    (tmp_path / "b.json").touch()
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "b.json").stat().st_mode


def test_of_two_writers_the_last_one_wins_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with replaced(path) as first:
        with replaced(path) as second:
            second.write(b"second")
        first.write(b"first")
    assert (path.read_bytes(), names(tmp_path)) == (b"first", ["a.json"])


FULL = 51  # F_FULLFSYNC of macOS


def on_macos(monkeypatch: pytest.MonkeyPatch, answer: Callable[[], object]) -> list[str]:
    """An fcntl as macOS has it, which answers so; what is called from now on."""
    calls: list[str] = []

    def called(handle: int, command: int) -> object:
        calls.append(f"fcntl {command}")
        return answer()

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", FULL, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", called)
    monkeypatch.setattr(os, "fsync", lambda handle: calls.append("fsync"))
    return calls


def refusing(code: int) -> Callable[[], object]:
    def refuse() -> object:
        raise OSError(code, os.strerror(code))

    return refuse


def test_macos_is_asked_to_empty_the_cache_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = on_macos(monkeypatch, lambda: 0)
    with replaced(tmp_path / "a.json", sync=True) as file:
        file.write(b"new")
    sync_directory(tmp_path)
    assert calls == [f"fcntl {FULL}", f"fcntl {FULL}"]


def test_a_file_system_without_that_is_synced_as_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = on_macos(monkeypatch, refusing(errno.ENOTSUP))
    sync_file(0)
    assert calls == [f"fcntl {FULL}", "fsync"]


def test_an_error_of_the_disk_is_told_and_not_tried_away(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = on_macos(monkeypatch, refusing(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        sync_file(0)
    assert calls == [f"fcntl {FULL}"]


def test_the_names_of_all_folders_above_are_made_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    (tmp_path / "new").mkdir()
    sync_ancestors(tmp_path / "new" / "index")
    assert synced[:2] == [(tmp_path / "new").stat().st_ino, tmp_path.stat().st_ino]
    assert synced[-1] == Path("/").stat().st_ino
