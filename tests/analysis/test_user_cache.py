"""What was kept is there again, whole or not at all, and a folder that cannot be used is no failure."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from searchq.analysis.user_cache import ENVIRONMENT, keep, kept, name_after


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, which is not there yet."""
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "cache"))
    return tmp_path / "cache"


def the_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_was_kept_is_there_again(folder: Any) -> None:
    keep("word", lambda: b"huis\nhuizen")
    assert (kept("word"), kept("other")) == (b"huis\nhuizen", None)


def test_a_name_follows_from_all_its_sources() -> None:
    names = [name_after("dictionary", sources) for sources in ([b"ab", b"c"], [b"a", b"bc"], [b"ab", b"c", b""], [])]
    assert len(set(names)) == len(names)
    assert name_after("dictionary", [b"ab", b"c"]) == names[0]


@pytest.mark.parametrize("length", [0, 3, 4, 9])
def test_a_file_cut_short_is_not_there(folder: Any, length: int) -> None:
    keep("word", lambda: b"huis\nhuizen")
    the_file(folder).write_bytes(the_file(folder).read_bytes()[:length])
    assert kept("word") is None


def test_a_file_with_another_letter_in_it_is_not_there(folder: Any) -> None:
    keep("word", lambda: b"huis\nhuizen")
    the_file(folder).write_bytes(the_file(folder).read_bytes().replace(b"huizen", b"hutten"))
    assert kept("word") is None


def test_a_damaged_file_is_kept_anew(folder: Any) -> None:
    keep("word", lambda: b"huis")
    the_file(folder).write_bytes(b"")
    keep("word", lambda: b"huis")
    assert kept("word") == b"huis"


def test_two_who_keep_the_same_at_once_leave_one_whole_file(folder: Any) -> None:
    content = os.urandom(1 << 20)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: keep("word", lambda: content), range(64)))
    assert kept("word") == content
    assert the_file(folder).suffix == ".kept"


def test_only_the_latest_four_stay(folder: Any) -> None:
    for number in range(7):
        keep(f"word-{number}", lambda: b"huis")
        os.utime(folder / f"word-{number}.kept", (number, number))
    assert sorted(file.name for file in folder.iterdir()) == [f"word-{number}.kept" for number in (3, 4, 5, 6)]


def test_what_another_process_writes_now_is_left_to_it_and_what_a_killed_one_left_is_removed(folder: Any) -> None:
    folder.mkdir()
    for number in range(9):
        (folder / f"word{number}.part").write_bytes(b"hui")
    for number in range(5):
        os.utime(folder / f"word{number}.part", (number, number))
    keep("word", lambda: b"huis")
    assert kept("word") == b"huis"
    assert sorted(file.name for file in folder.iterdir()) == [
        "word.kept",
        *(f"word{number}.part" for number in range(5, 9)),
    ]


def test_nothing_is_written_out_for_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "")
    keep("word", lambda: pytest.fail("written out for nothing"))


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "file" / "cache"))
    keep("word", lambda: b"huis")
    assert kept("word") is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_keeps_nothing(folder: Any) -> None:
    folder.mkdir(mode=0o500)
    keep("word", lambda: b"huis")
    assert list(folder.iterdir()) == []


def test_a_disk_that_is_full_leaves_nothing_behind(folder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    keep("word", lambda: b"huis")
    assert list(folder.iterdir()) == []


def test_the_folder_is_where_caches_belong_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for caches in ("", "relative/caches", str(tmp_path / "caches")):
        monkeypatch.setenv("XDG_CACHE_HOME", caches)
        keep("word", caches.encode)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "mine"))
    keep("word", lambda: b"mine")
    found = {str(file.relative_to(tmp_path)): file.read_bytes()[4:] for file in tmp_path.rglob("*.kept")}
    assert found == {
        "home/.cache/searchq/word.kept": b"relative/caches",
        "caches/searchq/word.kept": str(tmp_path / "caches").encode(),
        "mine/word.kept": b"mine",
    }


def test_an_empty_folder_name_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv(ENVIRONMENT, "")
    keep("word", lambda: b"huis")
    assert (kept("word"), list(tmp_path.iterdir())) == (None, [])


def test_a_user_without_a_home_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(path: str) -> str:
        return path  # as os.path.expanduser does

    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.path.expanduser", homeless)
    keep("word", lambda: b"huis")
    assert (kept("word"), list(tmp_path.iterdir())) == (None, [])
