"""A small part of the fault harness (`python -m tests.faults` is the whole): crashes, and errors of the disk."""

import random
import shutil
from pathlib import Path

import pytest

from searchq.index.format.manifest import MANIFEST
from tests.faults import crashes
from tests.faults.disk import Recorder, materialize
from tests.faults.history import Change, load, named, names, planned, state, write

SLOW = pytest.mark.slow


@pytest.mark.parametrize("count", [80, pytest.param(5000, marks=SLOW)])
def test_when_the_power_fails_the_index_is_one_that_was_committed_or_about_to_be(tmp_path: Path, count: int) -> None:
    assert crashes.power_losses(count, tmp_path / "f").total() == count


@pytest.mark.parametrize("count", [30, pytest.param(500, marks=SLOW)])
def test_an_error_of_the_disk_at_any_step_is_a_sentence_and_the_index_whole(tmp_path: Path, count: int) -> None:
    tally = crashes.errors(count, tmp_path / "f")
    assert tally["told, old"] > count // 2


def test_an_error_while_reading_is_a_sentence(tmp_path: Path) -> None:
    assert crashes.reading_errors(tmp_path / "f")["told"] > 20


def test_a_run_killed_before_its_name_was_durable_is_not_lost_with_the_one_it_replaced(tmp_path: Path) -> None:
    """The next run removes the files of the old generation: by then the name of the new manifest must be on disk."""
    before, first = tmp_path / "before", planned(1, {})
    write(before, first)
    change = planned(2, first.after)
    index, killed = killed_after_the_rename(before, tmp_path, change)
    again = Recorder(index)
    again.run(lambda: write(index, planned(3, change.after)), last=40)
    assert any(step.kind == "unlink" for step in again.operations)
    for seed in range(60):
        target = tmp_path / f"crashed{seed}"
        materialize(before, [*killed.operations, *again.operations], target, random.Random(seed))
        assert state(target) in (first.after, change.after)


def killed_after_the_rename(before: Path, folder: Path, change: Change) -> tuple[Path, Recorder]:
    """A copy of an index whose writer was killed when the new manifest had its name, and nothing more."""
    for step in range(1, 1000):
        index = Path(shutil.copytree(before, folder / f"killed{step}"))
        recorder = Recorder(index)
        recorder.run(lambda: write(index, change), last=step)  # noqa: B023
        if recorder.operations and recorder.operations[-1].other == MANIFEST:
            return index, recorder
    raise AssertionError


def test_the_name_of_a_new_index_is_durable_before_it_is_told_of(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.run(lambda: write(tmp_path / "new" / "index", planned(1, {})))
    steps = [(step.kind, step.path if step.kind != "rename" else step.other) for step in recorder.operations]
    renamed = steps.index(("rename", f"new/index/{MANIFEST}"))
    for folder, above in (("new", "."), ("new/index", "new")):
        assert steps.index(("mkdir", folder)) < steps.index(("fsync folder", above)) < renamed


def test_a_dead_process_does_nothing_more(tmp_path: Path) -> None:
    change = planned(1, {})
    load()
    for step in (5, 9, 20):
        recorder = Recorder(tmp_path / str(step))
        recorder.run(lambda: write(tmp_path / str(step), change), last=step)  # noqa: B023
        assert 0 < len(recorder.operations) < step
        write(tmp_path / str(step), change)
        assert names(tmp_path / str(step)) == named(tmp_path / str(step))
