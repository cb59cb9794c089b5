"""Writers killed, disturbed, or left without power at any step: how often which came out.

Each function goes on until it has met `count` cases, and returns a tally of their outcomes. A case in which the index
is not one generation, whole, is an AssertionError or the error met.
"""

import errno
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count as counting
from itertools import islice
from pathlib import Path

from whoosh import index as whoosh_index

from searchq.errors import IndexFault, IndexMissing
from tests.faults.crash_points import CrashPoints
from tests.faults.disk import Recorder, materialize
from tests.faults.history import Change, State, assert_whole, load, planned, state, without_waiting, write

__all__ = ["errors", "kills", "kills_of", "power_losses", "reading_errors"]

Tally = Counter[str]

CODES = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EMFILE, errno.ESTALE)
STATES = 25  # crash states tried of one history


def kills(count: int, folder: Path) -> Tally:
    """Kill writers with SIGKILL before each step and within each write."""
    tally: Tally = Counter()
    with CrashPoints(load) as points:
        for seed in counting(10, 2):
            found = kills_of(points, _fresh(folder), seed)
            assert found == sorted(found)  # what was committed once stays committed
            tally.update("new" if is_new else "old" for is_new in found)
            if tally.total() >= count:
                break
    return tally


def kills_of(points: CrashPoints, folder: Path, seed: int) -> list[bool]:
    """For each crash point of a random change, in their order, whether the index then is the new one."""
    index, copy = folder / "index", folder / "copy"
    first = planned(seed, {})
    points.steps(write, index, first)
    change = planned(seed + 1, first.after)

    def after(call: Callable[[], object]) -> bool:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(index, copy)
        call()
        return _is_new(copy, first.after, change.after)

    steps: list[str] = []
    assert after(lambda: steps.extend(points.steps(write, copy, change)))
    return [
        after(lambda: points.kill(number, torn, write, copy, change))  # noqa: B023
        for number, step in enumerate(steps, 1)
        for torn in ((False, True) if step == "write" else (False,))
    ]


def _is_new(directory: Path, before: State, after: State) -> bool:
    found = assert_whole(directory)
    assert found in (before, after)
    with whoosh_index.open_dir(directory).searcher() as searcher:
        assert searcher.doc_count() == len(found)
    return found == after


# The power fails


def power_losses(count: int, folder: Path) -> Tally:
    """Run up to three writers, each killed or not, and try some of the states in which a crash then leaves the disk."""
    with without_waiting():
        return Counter(islice((one for seed in counting(1) for one in _losses_of(seed, _fresh(folder))), count))


def _losses_of(seed: int, folder: Path) -> Iterator[str]:
    chance = random.Random(seed)
    index, before = folder / "index", folder / "before"
    index.mkdir()
    held: State | None = None
    if chance.random() < 0.8:
        first = planned(chance.randrange(10**6), {})
        write(index, first)
        held = first.after
    shutil.copytree(index, before)
    recorder, allowed = Recorder(index), [held]
    for _ in range(chance.randint(1, 3)):
        change = planned(chance.randrange(10**6), _held(index) or {})
        allowed = _run_once(recorder, index, change, chance, allowed)
        for _ in range(STATES // 5 if chance.random() < 0.3 else STATES):
            target = folder / "crashed"
            shutil.rmtree(target, ignore_errors=True)
            materialize(before, recorder.operations, target, chance)
            yield _outcome(target, allowed)


def _run_once(
    recorder: Recorder, index: Path, change: Change, chance: random.Random, allowed: list[State | None]
) -> list[State | None]:
    """Run a writer, mostly killed; return what the index may hold then."""
    if chance.random() < 0.15:
        recorder.run(lambda: write(index, change))
        return [change.after]
    if chance.random() < 0.5:
        # among the first steps after a kill among the last ones lies the sweep of what the killed run replaced
        recorder.run(lambda: write(index, change), last=chance.randint(1, 12))
    else:
        recorder.run(lambda: write(index, change), last=chance.randint(13, 150))
    return [*allowed, change.after]


def _outcome(directory: Path, allowed: list[State | None]) -> str:
    try:
        found: State | None = assert_whole(directory)
    except IndexMissing:
        found = None
    assert found in allowed, (found, allowed)
    return "none yet" if found is None else "newest" if found == allowed[-1] else "older"


def _held(directory: Path) -> State | None:
    try:
        return state(directory)
    except IndexMissing:
        return None


# The disk says no


def errors(count: int, folder: Path) -> Tally:
    """Tell writers of an OSError at each step: they end in a sentence, and the index is the old one or the new one."""
    with without_waiting():
        return Counter(islice((one for seed in counting(10, 2) for one in _errors_of(seed, _fresh(folder))), count))


def _errors_of(seed: int, folder: Path) -> Iterator[str]:
    index, copy = folder / "index", folder / "copy"
    first = planned(seed, {})
    write(index, first)
    change = planned(seed + 1, first.after)
    shutil.copytree(index, copy)
    for step in range(1, Recorder(copy).run(lambda: write(copy, change)) + 1):
        shutil.rmtree(copy)
        shutil.copytree(index, copy)
        yield _disturbed(copy, step, CODES[(step + seed) % len(CODES)], first.after, change)


def _disturbed(directory: Path, step: int, code: int, before: State, change: Change) -> str:
    told = ""
    try:
        Recorder(directory).run(lambda: write(directory, change), last=step, error=code)
    except IndexFault as fault:
        told = str(fault)
        assert "\n" not in told
    found = assert_whole(directory)
    assert found == change.after or (told and found == before)
    return f"{'told' if told else 'done'}, {'new' if found == change.after else 'old'}"


def reading_errors(folder: Path) -> Tally:
    """Tell a reader of an OSError at each file that it opens: it answers, or ends in a sentence."""
    place = _fresh(folder)
    change = planned(1, {})
    write(place, change)
    tally: Tally = Counter()
    for step in range(1, Recorder(place).run(lambda: state(place)) + 1):
        for code in CODES:
            try:
                Recorder(place).run(lambda: _same(state(place), change.after), last=step, error=code)
                tally["answered"] += 1
            except IndexFault as fault:
                assert "\n" not in str(fault)
                tally["told"] += 1
    return tally


def _same(found: State, expected: State) -> None:
    assert found == expected


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
