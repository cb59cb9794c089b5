"""A file is the old one or the new one, at any moment."""

from pathlib import Path

import pytest

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


def test_of_two_writers_the_last_one_wins_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with replaced(path) as first:
        with replaced(path) as second:
            second.write(b"second")
        first.write(b"first")
    assert (path.read_bytes(), names(tmp_path)) == (b"first", ["a.json"])
