"""Whatever happens to a writer, the index is the old one or the new one, whole; and damage to its files is found."""

import errno
import os
import pickle
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from searchq import atomic_file
from searchq.errors import IndexBroken, IndexLocked, IndexMissing, IndexOutdated, IndexUnreadable, IndexWriteError
from searchq.index.format import integrity
from searchq.index.format import manifest as manifest_module
from searchq.index.format.integrity import check
from searchq.index.format.manifest import MANIFEST, read_manifest
from searchq.index.read.reader import IndexReader, current, open_snapshot
from searchq.index.write import lock
from searchq.index.write.lock import LOCK
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import Question
from searchq.worker_pool import WorkerKilled, WorkerPool
from tests.faults.crash_points import CrashPoints
from tests.faults.crashes import kills_of
from tests.faults.history import load, named, names, question, state, titles
from tests.index.plain_index import ANALYZERS
from tests.wait import wait_until


def add(directory: Path, *questions: Question, **options: Any) -> int:
    with IndexWriter(directory, **options) as writer:
        writer.add(prepare(questions, writer.dictionary, ANALYZERS))
        return writer.commit()


# kill -9


def assert_old_then_new(found: list[bool]) -> None:
    assert set(found) == {False, True}
    assert found == sorted(found)  # what was committed once stays committed


def test_a_writer_killed_at_any_step_leaves_the_old_index_or_the_new(tmp_path: Path) -> None:
    with CrashPoints(load) as points:
        found = kills_of(points, tmp_path, seed=7)  # deletes, and merges two segments, in few steps
    assert_old_then_new(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 60, 2))
def test_more_writers_killed_at_any_step(tmp_path: Path, seed: Any) -> None:
    with CrashPoints(load) as points:
        assert_old_then_new(kills_of(points, tmp_path, seed))


# The disk says no


def failing(on: int, code: int) -> tuple[Callable[[int], None], list[int]]:
    """An fsync that fails the `on`-th time it is called, and the count of calls."""
    calls: list[int] = []

    def fsync(handle: int) -> None:
        calls.append(handle)
        if len(calls) == on:
            raise OSError(code, os.strerror(code))

    return fsync, calls


def test_a_full_disk_at_any_step_leaves_the_old_index_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, question(1))
    before, files = state(tmp_path), names(tmp_path)
    failures = 0
    for on in range(1, 100):
        fsync, calls = failing(on, errno.ENOSPC)
        monkeypatch.setattr(atomic_file, "os", SimpleNamespace(**{**vars(os), "fsync": fsync}))
        try:
            add(tmp_path, question(1, on), question(2, on))
        except IndexWriteError as error:
            assert "No space left on device" in str(error)
            if state(tmp_path) != before:  # the manifest was in place: only its durability is in doubt
                assert check(tmp_path) == []
                break
            failures += 1
            assert names(tmp_path) == files
        else:
            pytest.fail("the last fsync was never reached")
    assert failures >= 5
    assert len(calls) == failures + 1


def add_where_files_may_not_grow(directory: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    add(directory, *(question(number) for number in range(50)))


def test_a_file_that_may_not_grow_is_one_sentence(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    before, files = state(tmp_path), names(tmp_path)
    with WorkerPool(1, load=load) as pool, pytest.raises(IndexWriteError, match="File too large"):
        pool.submit(add_where_files_may_not_grow, tmp_path).get()
    assert (state(tmp_path), names(tmp_path)) == (before, files)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(IndexWriteError, match="Permission denied"):
        IndexWriter(tmp_path / "index")


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(IndexWriteError, match="File exists"):
        IndexWriter(tmp_path / "index")


def test_an_aborted_writer_leaves_no_trace(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    before, files = state(tmp_path), names(tmp_path)
    with IndexWriter(tmp_path, memory_mb=0) as writer:
        for number in range(4):
            writer.add(prepare([question(number, 9)], writer.dictionary, ANALYZERS))
        writer.set_blob("sources", b"x")
    assert (state(tmp_path), names(tmp_path)) == (before, files)


# Damage


def test_every_flipped_bit_is_found(tmp_path: Path) -> None:
    add(tmp_path, *(question(number) for number in range(30)))
    rng = random.Random(3)
    for _ in range(200):
        path = tmp_path / rng.choice(sorted(read_manifest(tmp_path).files))
        data = bytearray(path.read_bytes())
        place, bit = rng.randrange(len(data)), 1 << rng.randrange(8)
        data[place] ^= bit
        path.write_bytes(data)
        assert check(tmp_path) == [f"{path.name} was altered: its SHA-256 differs from the manifest."]
        data[place] ^= bit
        path.write_bytes(data)
    assert check(tmp_path) == []


def test_a_file_that_may_not_be_read_is_not_called_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, question(1))
    secret, torn = sorted(path for path in tmp_path.iterdir() if path.suffix in (".columns", ".words"))
    digest = integrity._digest

    def refused(path: Any) -> Any:
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return digest(path)

    monkeypatch.setattr(integrity, "_digest", refused)
    with pytest.raises(IndexUnreadable, match=f"{secret.name} cannot be read: Permission denied"):
        check(tmp_path)
    torn.write_bytes(b"")
    assert [fault.split()[0] for fault in check(tmp_path)] == [torn.name, secret.name]


@pytest.mark.parametrize("name", ["manifest.json", "words", "columns"])
@pytest.mark.parametrize("leads", ["nowhere", "to a folder"])
def test_a_file_that_is_there_and_cannot_be_read_may_be_whole(tmp_path: Path, name: str, leads: str) -> None:
    add(tmp_path, question(1))
    path = next(tmp_path.glob(f"*{name}"))
    path.unlink()
    if leads == "nowhere":
        path.symlink_to(path)
    else:
        path.mkdir()
    with pytest.raises(IndexUnreadable, match="cannot be read: "):
        IndexReader(tmp_path).current()
    with pytest.raises(IndexUnreadable, match="cannot be read: "):
        IndexWriter(tmp_path)


def test_a_missing_file_is_named_on_opening_and_on_checking(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    gone = next(path for path in tmp_path.iterdir() if path.suffix == ".columns")
    gone.unlink()
    with pytest.raises(IndexBroken, match=gone.name):
        open_snapshot(tmp_path)
    assert check(tmp_path) == [f"{gone.name} cannot be read: No such file or directory."]
    with pytest.raises(IndexBroken, match=gone.name):
        IndexWriter(tmp_path)


@pytest.mark.parametrize("size", [0, 10, 1000])
@pytest.mark.parametrize("extension", ["words", "columns", "records"])
def test_a_truncated_file_is_refused_on_opening(tmp_path: Path, extension: str, size: int) -> None:
    add(tmp_path, *(question(number) for number in range(30)))
    path = next(tmp_path.glob(f"*.{extension}"))
    os.truncate(path, size)
    with pytest.raises(IndexBroken, match=path.name):
        open_snapshot(tmp_path)
    assert [path.name in problem for problem in check(tmp_path)] == [True]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 3}'])
def test_a_torn_manifest_is_one_sentence(tmp_path: Path, text: str) -> None:
    add(tmp_path, question(1))
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(IndexBroken, match="searchq index --rebuild"):
        open_snapshot(tmp_path)


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    text = (tmp_path / MANIFEST).read_text()
    (tmp_path / MANIFEST).write_text(text.replace("MAIN_", "../MAIN_"))
    with pytest.raises(IndexBroken):
        open_snapshot(tmp_path)


def test_no_index_is_told_from_a_broken_one(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "absent"):
        with pytest.raises(IndexMissing, match="searchq index"):
            open_snapshot(place)
        with pytest.raises(IndexMissing, match="searchq index"):
            IndexReader(place).current()


@pytest.mark.parametrize(("what", "value"), [("FORMAT_VERSION", 99), ("ANALYSIS_VERSION", 99), ("FINGERPRINT", "?")])
def test_an_index_of_another_version_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, value: int | str
) -> None:
    add(tmp_path, question(1))
    monkeypatch.setattr(manifest_module, what, value)
    for opening in (open_snapshot, IndexWriter):
        with pytest.raises(IndexOutdated, match="renew it with `searchq upgrade`"):
            opening(tmp_path)


def test_a_rebuild_replaces_an_index_that_cannot_be_read(tmp_path: Path) -> None:
    add(tmp_path, question(1), question(2))
    (tmp_path / MANIFEST).write_text("{")
    add(tmp_path, question(3), rebuild=True)
    assert state(tmp_path) == titles([question(3)])
    assert names(tmp_path) == named(tmp_path)


def test_the_old_index_answers_until_a_rebuild_is_whole(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    with IndexWriter(tmp_path, memory_mb=0, rebuild=True) as writer:
        for number in (2, 3):
            writer.add(prepare([question(number)], analyzers=ANALYZERS))
        assert state(tmp_path) == titles([question(1)])
        writer.commit()
    assert state(tmp_path) == titles([question(2), question(3)])
    assert names(tmp_path) == named(tmp_path)


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.write_text, (self.path, "boom")


def test_a_hostile_table_of_contents_is_never_run(tmp_path: Path) -> None:
    add(tmp_path / "index", question(1))
    toc = next((tmp_path / "index").glob("_MAIN_*.toc"))
    toc.write_bytes(pickle.dumps(Bomb(tmp_path / "boom")))
    assert state(tmp_path / "index") == titles([question(1)])
    assert current(tmp_path / "index").doc_count == 1
    assert check(tmp_path / "index") != []
    assert not (tmp_path / "boom").exists()


def test_opening_a_snapshot_loads_no_whoosh() -> None:
    program = "import sys, searchq.index.read.snapshot; print('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "False\n"


# Several at once


def test_a_second_writer_is_told_who_holds_the_lock_within_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0.0]
    clock = SimpleNamespace(monotonic=lambda: sum(passed), sleep=passed.append, strftime=time.strftime)
    with IndexWriter(tmp_path):
        monkeypatch.setattr(lock, "time", clock)
        with pytest.raises(IndexLocked, match=f"process {os.getpid()} .* since 20"):
            IndexWriter(tmp_path)
        assert 0.1 < sum(passed) < 1
    add(tmp_path, question(1))


def end_as_writer(directory: Path) -> None:
    IndexWriter(directory)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_lock_of_a_killed_writer_holds_nobody_up(tmp_path: Path) -> None:
    with WorkerPool(1, load=load) as pool, pytest.raises(WorkerKilled):
        pool.submit(end_as_writer, tmp_path).get()
    add(tmp_path, question(1))
    assert state(tmp_path) == titles([question(1)])


def test_of_two_writers_let_in_by_a_lock_that_was_removed_only_the_second_commits(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    with IndexWriter(tmp_path, memory_mb=0) as first:
        first.add(prepare([question(2)], analyzers=ANALYZERS))
        (tmp_path / LOCK).unlink()
        add(tmp_path, question(3))
        with pytest.raises(IndexWriteError, match="was removed while this run held it"):
            first.commit()
    assert state(tmp_path) == titles([question(1), question(3)])
    assert names(tmp_path) == named(tmp_path)
    assert check(tmp_path) == []


def test_eight_threads_see_whole_generations_while_a_writer_commits(tmp_path: Path) -> None:
    rounds, size = 8, 20
    add(tmp_path, *(question(number, 0) for number in range(size)))
    source = IndexReader(tmp_path)
    seen: set[int] = set()
    errors: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                snapshot = source.current()
                version = snapshot.generation - 1
                postings = snapshot.postings("title_exact", f"versie{version}")
                assert postings is not None
                assert len(postings) == snapshot.doc_count == size
                assert len(snapshot.facet("party").codes) == snapshot.max_doc
                assert snapshot.record(int(postings.docs[-1])).title == f"versie{version} trein"
                seen.add(snapshot.generation)
        except BaseException as error:
            errors.append(error)
            raise

    def known(generation: int) -> bool:
        return generation in seen or bool(errors)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for version in range(1, rounds):
        add(tmp_path, *(question(number, version) for number in range(size)))
        wait_until(partial(known, version + 1))
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert seen >= set(range(2, rounds + 1))


def test_a_commit_is_seen_at_the_next_request(tmp_path: Path) -> None:
    add(tmp_path, question(1))
    source = IndexReader(tmp_path)
    first = source.current()
    assert source.current() is first
    assert add(tmp_path, question(2)) == first.generation + 1
    second = source.current()
    assert (first.doc_count, second.doc_count) == (1, 2)
    assert first.record(0) == question(1)
    assert second.segments[0] is first.segments[0]


def test_a_file_that_was_copied_over_is_not_taken_for_the_one_that_was_open(tmp_path: Path) -> None:
    add(tmp_path, *(question(number) for number in range(30)))
    source = IndexReader(tmp_path)
    first = source.current()
    path = next(tmp_path.glob("*.records"))
    data = bytearray(path.read_bytes())
    add(tmp_path, question(40))
    path.unlink()
    path.write_bytes(data)
    second = source.current()
    assert second.segments[0].part is not first.segments[0].part
    assert second.record(3) == first.record(3)
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(tmp_path / MANIFEST, (1, 1))
    with pytest.raises(IndexBroken, match=path.name):
        [source.current().record(doc) for doc in range(30)]


def test_an_index_built_anew_under_a_reader_is_a_generation_not_seen_before(tmp_path: Path) -> None:
    source = IndexReader(tmp_path)
    add(tmp_path, question(1))
    first = source.current()
    for path in tmp_path.iterdir():
        path.unlink()
    add(tmp_path, question(2))
    second = source.current()
    assert (first.generation, second.generation, second.number(0)) == (1, 2, "5-2")
    add(tmp_path, question(3))
    assert source.current().generation == 3


def test_what_the_indexing_run_stored_goes_with_its_generation(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.set_blob("sources", b"one")
        writer.set_blob("sources", b"two")
        writer.set_blob("empty", b"")
        writer.commit()
    add(tmp_path, question(1))
    snapshot = open_snapshot(tmp_path)
    assert [snapshot.blob(name) for name in ("sources", "empty", "absent")] == [b"two", b"", None]
    assert names(tmp_path) == named(tmp_path)


def test_a_question_given_twice_is_kept_once_the_last(tmp_path: Path) -> None:
    batch = prepare([question(1, 1), question(2, 1), question(1, 2)], analyzers=ANALYZERS)
    assert (batch.numbers, batch.repeated) == (["5-1", "5-2"], 1)
    with IndexWriter(tmp_path) as writer:
        writer.add(batch)
        writer.add(prepare([question(2, 3)], analyzers=ANALYZERS))
        assert (writer.doc_count, "5-2" in writer, "5-9" in writer) == (2, True, False)
        writer.commit()
    assert state(tmp_path) == titles([question(1, 2), question(2, 3)])
