"""Backups and restorations killed, disturbed, or left without power at any step: how often which came out.

Each case begins with an index of two commits and a backup of the first. What a fault leaves is one of both, whole, and
the same command, given again, ends well.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count as counting
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from searchq.errors import IndexFault, IndexMissing
from searchq.index.format.integrity import check
from searchq.index.write.copies import Copied, backup, restore
from tests.faults.crash_points import CrashPoints
from tests.faults.crashes import CODES
from tests.faults.disk import Recorder, materialize
from tests.faults.history import State, assert_whole, load, planned, state, without_waiting, write

__all__ = ["back_up", "errors", "kills", "kills_of", "power_losses", "put_back"]

Tally = Counter[str]


def back_up(index: Path, folder: Path) -> Copied:
    return backup(index, folder, lambda done, total: None)


def put_back(folder: Path, index: Path) -> Copied:
    stamps = {"sources": lambda blob, old, new: bytes(blob)}
    return restore(folder, index, stamps, lambda done, total: None)


class Scene(NamedTuple):
    """What is copied to where, over what, and the states before and after."""

    copy: Callable[[Path, Path], Copied]
    source: Path
    target: Path
    before: State | None
    after: State


def scenes(folder: Path, seed: int) -> list[Scene]:
    """A first backup, a later one, a restoration over an index, and one into an empty place."""
    index, kept = folder / "index", folder / "kept"
    first = planned(seed, {})
    write(index, first)
    back_up(index, kept)
    change = planned(seed + 1, first.after)
    write(index, change)
    return [
        Scene(back_up, index, folder / "nothing", None, change.after),
        Scene(back_up, index, kept, first.after, change.after),
        Scene(put_back, kept, index, change.after, first.after),
        Scene(put_back, kept, folder / "nothing", None, first.after),
    ]


def kills(count: int, folder: Path) -> Tally:
    """Kill them with SIGKILL before each step and within each write."""
    tally: Tally = Counter()
    with CrashPoints(load) as points, without_waiting():
        for seed in counting(10, 2):
            for scene in scenes(_fresh(folder), seed):
                found = list(kills_of(points, scene, folder / "copy"))
                assert found == sorted(found)  # what was committed once stays committed
                tally.update("new" if is_new else "old" for is_new in found)
            if tally.total() >= count:
                return tally
    raise AssertionError


def kills_of(points: CrashPoints, scene: Scene, copy: Path, every: int = 1) -> Iterator[bool]:
    """For each crash point, or every so many of them, whether the target then is the new one."""
    _copied(scene.target, copy)
    steps = points.steps(scene.copy, scene.source, copy)
    for number in range(1, len(steps) + 1, every):
        for torn in (False, True) if steps[number - 1] == "write" else (False,):
            _copied(scene.target, copy)
            points.kill(number, torn, scene.copy, scene.source, copy)
            yield _is_new(scene, copy)


def _is_new(scene: Scene, target: Path) -> bool:
    found = _held(target)
    assert found in (scene.before, scene.after)
    scene.copy(scene.source, target)  # given again
    assert check(target) == []
    assert assert_whole(target) == scene.after
    return found == scene.after


def _held(directory: Path) -> State | None:
    try:
        found = state(directory)
    except IndexMissing:
        return None
    assert check(directory) == []
    return found


def power_losses(count: int, folder: Path) -> Tally:
    """Let the power fail at some step, and try some of the states that this may leave."""
    with without_waiting():
        return Counter(islice((one for seed in counting(1) for one in _losses_of(seed, _fresh(folder))), count))


def _losses_of(seed: int, folder: Path) -> Iterator[str]:
    chance = random.Random(seed)
    scene = chance.choice(scenes(folder, seed))
    place = _copied(scene.target, folder / "copy")
    place.mkdir(exist_ok=True)
    steps = Recorder(place).run(partial(scene.copy, scene.source, place))
    _copied(scene.target, place).mkdir(exist_ok=True)
    recorder = Recorder(place)
    recorder.run(partial(scene.copy, scene.source, place), last=chance.randint(1, steps + 1))
    if not scene.target.exists():
        scene.target.mkdir()
    for _ in range(10):
        target = folder / "crashed"
        shutil.rmtree(target, ignore_errors=True)
        materialize(scene.target, recorder.operations, target, chance)
        yield "new" if _is_new(scene, target) else "old"


def errors(count: int, folder: Path) -> Tally:
    """Tell them of an OSError at each step: they end in a sentence, and the target is the old one or the new one."""
    with without_waiting():
        return Counter(islice((one for seed in counting(10, 2) for one in _errors_of(seed, _fresh(folder))), count))


def _errors_of(seed: int, folder: Path) -> Iterator[str]:
    for scene in scenes(folder, seed):
        place = _copied(scene.target, folder / "copy")
        steps = Recorder(place).run(partial(scene.copy, scene.source, place))
        for step in range(1, steps + 1):
            _copied(scene.target, place)
            yield _disturbed(scene, place, step, CODES[(step + seed) % len(CODES)])


def _disturbed(scene: Scene, place: Path, step: int, code: int) -> str:
    told = ""
    try:
        Recorder(place).run(partial(scene.copy, scene.source, place), last=step, error=code)
    except IndexFault as fault:
        told = str(fault)
        assert "\n" not in told
    return f"{'told' if told else 'done'}, {'new' if _is_new(scene, place) else 'old'}"


def _copied(folder: Path, copy: Path) -> Path:
    """A copy of a folder, in place of an earlier one; none where there is none."""
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(folder, copy)) if folder.exists() else copy


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
