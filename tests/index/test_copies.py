"""Backups and restorations: whole, verified, while others read and write, and what is refused."""

import json
import os
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from searchq import atomic_file
from searchq.errors import (
    IndexBroken,
    IndexFault,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexWriteError,
    RequestError,
)
from searchq.index.format.integrity import check
from searchq.index.format.manifest import MANIFEST, read_manifest
from searchq.index.read.reader import IndexReader, open_snapshot
from searchq.index.write.copies import backup
from searchq.index.write.lock import LOCK
from searchq.index.write.storage import MARK
from searchq.index.write.writer import IndexWriter
from tests.faults.copies import back_up, put_back
from tests.faults.flips import flipped
from tests.faults.history import Change, named, names, planned, state, titles, without_waiting, write
from tests.index.forgery import change_manifest


@pytest.fixture(autouse=True)
def quick() -> object:
    with without_waiting():
        yield


@pytest.fixture
def index(tmp_path: Path) -> Path:
    write(tmp_path / "index", planned(1, {}))
    return tmp_path / "index"


def change(index: Path, seed: int = 2) -> Change:
    coming = planned(seed, state(index))
    write(index, coming)
    return coming


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LOCK}


def test_a_backup_holds_one_generation_and_is_itself_an_index(index: Path, tmp_path: Path) -> None:
    copied = back_up(index, tmp_path / "b")
    assert names(tmp_path / "b") == {*named(index), MARK}
    assert (state(tmp_path / "b"), check(tmp_path / "b")) == (state(index), [])
    assert copied.written == copied.bytes == sum(file.length for file in read_manifest(index).files.values())
    assert (tmp_path / "b" / MANIFEST).stat().st_mtime_ns == (index / MANIFEST).stat().st_mtime_ns


def test_a_backup_of_a_backup_and_what_is_restored_into_an_empty_place_are_the_same(
    index: Path, tmp_path: Path
) -> None:
    back_up(index, tmp_path / "b")
    back_up(tmp_path / "b", tmp_path / "c")
    put_back(tmp_path / "c", tmp_path / "d")
    assert contents(tmp_path / "b") == contents(tmp_path / "c")
    assert contents(tmp_path / "d") == contents(index)


def test_the_next_backup_writes_only_what_is_new_and_removes_what_is_gone(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "b")
    assert back_up(index, tmp_path / "b").written == 0
    change(index)
    copied = back_up(index, tmp_path / "b")
    assert 0 < copied.written < copied.bytes
    assert names(tmp_path / "b") == {*named(index), MARK}


def test_a_backup_taken_while_an_index_is_updated_again_and_again_is_one_generation(
    index: Path, tmp_path: Path
) -> None:
    before, seeds = state(index), iter(range(5, 8))
    backup(index, tmp_path / "b", lambda done, total: [change(index, seed) for seed in islice(seeds, 1)])
    assert (state(tmp_path / "b"), check(tmp_path / "b")) == (before, [])
    assert state(index) != before


def test_an_update_under_way_keeps_nobody_from_a_backup_but_from_a_restoration(index: Path, tmp_path: Path) -> None:
    with IndexWriter(index):
        back_up(index, tmp_path / "b")
        with pytest.raises(IndexLocked, match=r"Another process is writing to .*index: process \d+"):
            put_back(tmp_path / "b", index)


def test_a_reader_goes_on_with_its_snapshot_and_then_with_what_was_restored(index: Path, tmp_path: Path) -> None:
    before = state(index)
    back_up(index, tmp_path / "b")
    after = change(index).after
    reader = IndexReader(index)
    held = reader.current()
    copied = put_back(tmp_path / "b", index)
    assert titles(map(held.record, range(held.max_doc))).items() >= after.items()
    assert reader.current().generation == copied.generation == 3
    assert (state(index), check(index)) == (before, [])


def test_what_is_restored_counts_on_from_the_last_generation_of_its_folder(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "b")
    for seed in range(3, 6):
        change(index, seed)
    assert put_back(tmp_path / "b", index).generation == 5
    (index / MANIFEST).write_text("torn")
    assert put_back(tmp_path / "b", index).generation == 6
    assert names(index) == named(index)


def test_a_damaged_index_is_mended_from_a_backup_whatever_was_damaged(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "b")
    whole = shutil.copytree(index, tmp_path / "whole")
    for path in sorted(whole.iterdir()):
        for damage in (truncated, removed, linked):
            shutil.rmtree(index)
            shutil.copytree(whole, index)
            damage(index / path.name)
            put_back(tmp_path / "b", index)
            assert (state(index), check(index), names(index)) == (state(whole), [], named(index))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def removed(path: Path) -> None:
    path.unlink()


def linked(path: Path) -> None:
    """Another name of a file elsewhere, which others may write to."""
    if path.name != LOCK:
        path.rename(path.parent.parent / path.name)
        path.hardlink_to(path.parent.parent / path.name)


def test_no_file_of_a_backup_is_also_one_of_the_index(index: Path, tmp_path: Path) -> None:
    shutil.copytree(index, tmp_path / "b", copy_function=os.link)
    (tmp_path / "b" / MARK).touch()
    back_up(index, tmp_path / "b")
    assert not {path.stat().st_ino for path in index.iterdir()} & {
        path.stat().st_ino for path in (tmp_path / "b").iterdir() if path.name not in (MARK, LOCK)
    }


def test_nothing_that_is_damaged_is_backed_up_or_restored(index: Path, tmp_path: Path) -> None:
    kept, before = tmp_path / "b", state(index)
    back_up(index, kept)
    change(index)
    for source, target, copy in ((index, kept, back_up), (kept, index, put_back)):
        held = contents(target)
        for name in sorted({*read_manifest(source).files, MANIFEST} - read_manifest(target).files.keys()):
            with flipped(source / name, 40, 3), pytest.raises(IndexBroken, match="restore a backup with") as told:
                copy(source, target)
            assert name in str(told.value) or name == MANIFEST
            assert contents(target) == held
    assert state(kept) == before


def test_a_file_that_is_lacking_is_named(index: Path, tmp_path: Path) -> None:
    name = next(path.name for path in index.iterdir() if path.name.endswith(".words"))
    (index / name).unlink()
    with pytest.raises(IndexBroken, match=f"lacks the file {name}"):
        back_up(index, tmp_path / "b")


def test_a_folder_of_anything_else_is_no_place_for_a_backup(index: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("years of work")
    write(tmp_path / "other", planned(7, {}))
    for folder in ("full", "other", "index"):
        before = contents(tmp_path / folder)
        with pytest.raises(RequestError, match=r"holds other files|is the folder of the index itself"):
            back_up(index, tmp_path / folder)
        assert contents(tmp_path / folder) == before
    (tmp_path / "empty").mkdir()
    back_up(index, tmp_path / "empty")


def test_a_folder_that_an_indexer_has_written_to_is_no_backup_any_more(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "b")
    change(tmp_path / "b")
    with pytest.raises(RequestError, match="holds other files, and no backup"):
        back_up(index, tmp_path / "b")


def test_places_given_the_wrong_way_round_are_refused(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "b")
    with pytest.raises(RequestError, match="is a backup itself; name the folder of the index with --index"):
        put_back(index, tmp_path / "b")
    with pytest.raises(RequestError, match="is the folder of the index itself"):
        put_back(index, index)


def newer(data: dict[str, object]) -> None:
    data["format"] = 99


def of_another_schema(data: dict[str, object]) -> None:
    data["schema"] = "0123456789abcdef"


@pytest.mark.parametrize(
    ("alter", "told"), [(newer, "made by a newer searchq"), (of_another_schema, "searchq upgrade --index .*b`, then")]
)
def test_a_backup_of_another_version_is_refused(
    index: Path, tmp_path: Path, alter: Callable[[dict[str, object]], None], told: str
) -> None:
    back_up(index, tmp_path / "b")
    change_manifest(tmp_path / "b", alter)
    held = contents(index)
    with pytest.raises(IndexOutdated, match=told):
        put_back(tmp_path / "b", index)
    assert contents(index) == held


def test_an_older_index_is_backed_up_as_it_is(index: Path, tmp_path: Path) -> None:
    change_manifest(index, of_another_schema)
    back_up(index, tmp_path / "b")
    assert json.loads((tmp_path / "b" / MANIFEST).read_bytes()) == json.loads((index / MANIFEST).read_bytes())


def test_an_unfinished_backup_is_none(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "b")
    (tmp_path / "b" / MANIFEST).unlink()
    for folder in ("b", "nowhere"):
        with pytest.raises(IndexMissing, match=f"There is no whole backup in .*{folder}; name a folder"):
            put_back(tmp_path / folder, index)
    with pytest.raises(IndexMissing, match="There is no index"):
        back_up(tmp_path / "nowhere", tmp_path / "c")
    assert not (tmp_path / "c").exists()


def test_a_disk_that_does_not_keep_what_is_written_is_told_of(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(index, tmp_path / "b")
    change(index)
    held = contents(tmp_path / "b")
    monkeypatch.setattr(
        atomic_file, "sync_file", lambda handle: os.ftruncate(handle, max(os.fstat(handle).st_size - 1, 0))
    )
    with pytest.raises(IndexWriteError, match="does not keep what is written to it; use another disk"):
        back_up(index, tmp_path / "b")
    assert contents(tmp_path / "b") == held


def test_open_files_are_closed_whatever_happens(index: Path, tmp_path: Path) -> None:
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("needs /proc to count open files")
    back_up(index, tmp_path / "b")
    before = len(list(handles.iterdir()))
    back_up(index, tmp_path / "b")
    with pytest.raises(RequestError):
        back_up(index, index)
    (index / next(iter(read_manifest(index).files))).unlink()
    with pytest.raises(IndexFault):
        back_up(index, tmp_path / "b")
    assert len(list(handles.iterdir())) == before
    assert open_snapshot(tmp_path / "b").doc_count > 0
