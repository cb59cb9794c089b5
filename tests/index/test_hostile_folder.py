"""A folder that others write to: what is not of the index stays, and nothing is written or waited for elsewhere."""

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

import pytest

from searchq.errors import IndexFault, IndexWriteError
from searchq.index.format.integrity import check
from searchq.index.format.manifest import MANIFEST
from searchq.index.read.reader import open_snapshot
from searchq.index.write.lock import LOCK
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import Question
from tests.index.plain_index import ANALYZERS

OURS = (
    "MAIN_0123456789abcdef.words",
    "MAIN_0123456789abcdef.columns",
    "MAIN_0123456789abcdef.records",
    "MAIN_0123456789abcdef.0123abcd.deleted",
    "MAIN_dictionary_0123456789abcdef.blob",
    "_MAIN_7.toc",
    "_MAIN_7.toc.new",
    "manifest.json.new",
    ".manifest.json.0123abcd.part",
    "._MAIN_7.toc.0123abcd.part",
    ".MAIN_dictionary_0123456789abcdef.blob.0123abcd.part",
)
THEIRS = (
    "thesis.new",
    "thesis.part",
    "film.mp4.part",
    "MAIN_thesis.words",
    "MAIN_0123456789abcdef.txt",
    "MAIN_thesis.blob",
    ".thesis.0123abcd.part",
    "_MAIN_draft.toc",
    "manifest.json.old",
    "manifest.json~",
    "xmanifest.json.new",
)


def add(directory: Path, number: int) -> None:
    with IndexWriter(directory) as writer:
        writer.add(prepare([Question(f"5-{number}", title="trein")], writer.dictionary, ANALYZERS))
        writer.commit()


def test_only_what_this_index_can_have_made_is_swept(tmp_path: Path) -> None:
    add(tmp_path, 1)
    for name in (*OURS, *THEIRS):
        (tmp_path / name).write_text("years of work")
    add(tmp_path, 2)
    assert [name for name in OURS if (tmp_path / name).exists()] == []
    assert [name for name in THEIRS if not (tmp_path / name).exists()] == []


def test_every_file_of_an_index_is_known_as_its_own(tmp_path: Path) -> None:
    add(tmp_path, 1)
    before = {path.name for path in tmp_path.iterdir()}
    (tmp_path / MANIFEST).unlink()
    with IndexWriter(tmp_path, rebuild=True) as writer:
        writer.add(prepare([Question("5-2", title="trein")], writer.dictionary, ANALYZERS))
        writer.commit()
    add(tmp_path, 3)
    left = before & {path.name for path in tmp_path.iterdir()}
    assert {name for name in left if not name.startswith("MAIN_dictionary")} == {MANIFEST, LOCK}


@pytest.mark.parametrize("there", [True, False])
def test_a_lock_that_is_a_link_is_refused_and_its_target_left_alone(tmp_path: Path, there: bool) -> None:
    target, folder = tmp_path / "thesis", tmp_path / "index"
    folder.mkdir()
    if there:
        target.write_text("years of work")
    (folder / LOCK).symlink_to(target)
    with pytest.raises(IndexWriteError, match=r"write\.lock is a link or a device.*remove it"):
        IndexWriter(folder)
    assert target.exists() == there
    assert not there or target.read_text() == "years of work"


def test_a_lock_that_is_another_name_of_a_file_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    target, folder = tmp_path / "thesis", tmp_path / "index"
    add(folder, 1)
    target.write_text("years of work")
    (folder / LOCK).unlink()
    (folder / LOCK).hardlink_to(target)
    add(folder, 2)
    assert target.read_text() == "years of work"


def test_a_manifest_or_a_part_of_it_that_is_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    target, folder = tmp_path / "thesis", tmp_path / "index"
    add(folder, 1)
    for name in (MANIFEST, "manifest.json.new", f".{MANIFEST}.0123abcd.part"):
        target.write_bytes((folder / MANIFEST).read_bytes())
        before = target.read_bytes()
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
        add(folder, 2)
        assert target.read_bytes() == before
    assert not (folder / MANIFEST).is_symlink()


def test_a_pipe_in_the_place_of_any_file_of_an_index_is_an_error_at_once(tmp_path: Path) -> None:
    add(tmp_path, 1)
    for path in sorted(tmp_path.iterdir()):
        content = path.read_bytes()
        path.unlink()
        os.mkfifo(path)
        told = [fault for use in USES if (fault := fault_of(use, tmp_path))]
        path.unlink()
        path.write_bytes(content)
        assert len(told) >= (path.name != LOCK) + (path.suffix not in (".toc", ".blob"))
    assert check(tmp_path) == []


def fault_of(use: Callable[[Path], object], folder: Path) -> str:
    """What is wrong with an index; empty if nothing is."""
    try:
        found = use(folder)
        return str(found) if isinstance(found, list) and found else ""
    except IndexFault as fault:
        return str(fault)


def extend(folder: Path) -> None:
    IndexWriter(folder).abort()


USES: Final[tuple[Callable[[Path], object], ...]] = (open_snapshot, check, extend)


def test_a_file_system_without_locks_is_told_from_a_held_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(file: int, operation: int) -> NoReturn:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(IndexWriteError, match="cannot be locked: No locks available; put the index on a file system"):
        IndexWriter(tmp_path)
