"""Steps of a merge: in order or side by side, with the same outcome."""

import os
import threading
from pathlib import Path

import pytest

from searchq.errors import IndexWriteError
from searchq.index.format.files import arrays_of
from searchq.index.format.integrity import check
from searchq.index.read.reader import open_snapshot
from searchq.index.write import steps as module
from searchq.index.write.prepare import prepare
from searchq.index.write.steps import Steps
from searchq.index.write.writer import IndexWriter
from tests.faults.history import question
from tests.index.plain_index import ANALYZERS
from tests.wait import PATIENCE

pytestmark = pytest.mark.usefixtures("_always_side_by_side")


@pytest.fixture
def _always_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH", 2)


def written(folder: Path, count: int) -> dict[str, bytes]:
    with IndexWriter(folder, memory_mb=0) as writer:  # a segment a batch: a commit merges them, too
        for first in range(0, count, 2):
            batch = [question(number, 7 * number) for number in range(first, min(first + 2, count))]
            writer.add(prepare(batch, writer.dictionary, ANALYZERS))
        writer.delete(question(1).number)
        writer.commit()
    assert check(folder) == []
    segments = open_snapshot(folder).segments
    return {
        f"{place} {kind} {name}": array.tobytes()
        for place, segment in enumerate(segments)
        for kind, arrays in arrays_of(segment.part).items()
        for name, array in arrays.items()
    }


def test_steps_run_in_two_threads_when_they_are_many_documents_work() -> None:
    both = threading.Barrier(2, timeout=PATIENCE)
    with Steps(2) as steps:
        found = [steps.begin(lambda: (both.wait(), threading.get_ident())) for _ in range(2)]
        assert len({step()[1] for step in found} - {threading.get_ident()}) == 2


def test_steps_run_here_when_they_are_few_documents_work() -> None:
    with Steps(1) as steps:
        assert steps.begin(threading.get_ident)() == threading.get_ident()


def test_an_exception_of_a_step_is_raised_where_its_result_is_asked_for() -> None:
    with Steps(2) as steps:
        failing = steps.begin(lambda: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            failing()


def test_an_index_written_side_by_side_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = written(tmp_path / "beside", 21)
    monkeypatch.setattr(module, "_WORTH", 1 << 20)
    assert written(tmp_path / "in order", 21) == beside


def test_a_full_disk_leaves_no_file_that_a_thread_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 3)
    before = {path.name for path in tmp_path.iterdir()}
    calls: list[int] = []

    def sync(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(IndexWriteError, match="No space left"), IndexWriter(tmp_path) as writer:
        writer.add(prepare([question(number) for number in range(50, 60)], writer.dictionary, ANALYZERS))
        writer.commit()
    assert {path.name for path in tmp_path.iterdir()} == before
