"""A small part of the fault harness: backups and restorations killed, disturbed, or left without power."""

from pathlib import Path

import pytest

from tests.faults import copies
from tests.faults.crash_points import CrashPoints
from tests.faults.history import load, without_waiting

SLOW = pytest.mark.slow


@pytest.mark.parametrize("every", [61, pytest.param(1, marks=SLOW)])
def test_killed_at_any_step_a_folder_holds_the_old_generation_or_the_new(tmp_path: Path, every: int) -> None:
    with CrashPoints(load) as points, without_waiting():
        for scene in copies.scenes(tmp_path, 1):
            found = list(copies.kills_of(points, scene, tmp_path / "copy", every))
            assert False in found
            assert found == sorted(found)  # what was committed once stays committed


@pytest.mark.parametrize("count", [20, pytest.param(1000, marks=SLOW)])
def test_when_the_power_fails_a_folder_holds_the_old_generation_or_the_new(tmp_path: Path, count: int) -> None:
    assert copies.power_losses(count, tmp_path / "f").total() == count


@pytest.mark.parametrize("count", [15, pytest.param(500, marks=SLOW)])
def test_an_error_of_the_disk_at_any_step_is_a_sentence_and_the_folder_whole(tmp_path: Path, count: int) -> None:
    assert copies.errors(count, tmp_path / "f")["told, old"] > count // 2
