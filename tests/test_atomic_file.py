"""A file is the old one or the new one, at any moment."""

import os
from pathlib import Path

import pytest

from searchq import atomic_file
from searchq.atomic_file import replaced


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
