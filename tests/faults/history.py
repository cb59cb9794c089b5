"""A small index and random changes to it, with what it must hold before and after each."""

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from searchq.index.format.integrity import check
from searchq.index.format.manifest import MANIFEST, read_manifest
from searchq.index.read.reader import open_snapshot
from searchq.index.write import merge_policy as tiers
from searchq.index.write import writer as writer_module
from searchq.index.write.lock import LOCK
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import Question
from tests.index.plain_index import ANALYZERS, small_dictionary

__all__ = [
    "Change",
    "State",
    "assert_whole",
    "load",
    "named",
    "names",
    "planned",
    "question",
    "state",
    "titles",
    "without_waiting",
    "write",
]

State = dict[str, str | None]  # every question's title, by number


class Change(NamedTuple):
    """Questions to add, numbers to delete, and what the index then holds."""

    added: list[Question]
    gone: list[str]
    after: State


def question(number: int, version: int = 0) -> Question:
    return Question(f"5-{number}", title=f"versie{version} trein", question="de trein " * (number % 7), party="MR")


def titles(questions: Any) -> State:
    return {one.number: one.title for one in questions}


def state(directory: Path) -> State:
    """What an index holds, read through."""
    snapshot = open_snapshot(directory)
    live = range(snapshot.max_doc) if snapshot.live is None else snapshot.live.nonzero()[0]
    return {snapshot.number(doc): snapshot.record(doc).title for doc in live}  # type: ignore[arg-type]


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def named(directory: Path) -> set[str]:
    """The files an index has a right to."""
    return {*read_manifest(directory).files, MANIFEST, LOCK}


def planned(seed: int, before: State) -> Change:
    """A random change."""
    rng = random.Random(seed)
    added = [question(rng.randrange(60), rng.randrange(10**6)) for _ in range(rng.randint(1, 30))]
    gone = rng.sample(sorted(before), min(len(before), rng.randrange(4)))
    after = {**before, **titles(added)}
    return Change(added, gone, {number: title for number, title in after.items() if number not in gone})


def write(directory: Path, change: Change) -> None:
    """Commit a change, in several segments and often with a merge."""
    with pytest.MonkeyPatch.context() as patch:  # also in a process of its own, which no fixture reaches
        patch.setattr(tiers, "_TIER", 3)
        patch.setattr(writer_module, "packed_dictionary", small_dictionary)
        _write(directory, change)


def _write(directory: Path, change: Change) -> None:
    with IndexWriter(directory, memory_mb=0) as writer:
        for first in range(0, len(change.added), 10):
            writer.add(prepare(change.added[first : first + 10], writer.dictionary, ANALYZERS))
        for number in change.gone:
            writer.delete(number)
        writer.set_blob("sources", repr(sorted(change.after)).encode())
        writer.commit()


@contextmanager
def without_waiting() -> Iterator[None]:
    """Do not wait for the disk, where what is on it is worked out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


def load() -> None:
    """Import what writing needs, in the process that workers are forked from."""
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch), planned(0, {}))


def assert_whole(directory: Path) -> State:
    """Return what an index holds; it is one generation, whole, and the next run leaves nothing else behind."""
    found = state(directory)
    assert check(directory) == []
    assert open_snapshot(directory).blob("sources") == repr(sorted(found)).encode()
    IndexWriter(directory).abort()  # the next run sweeps
    assert names(directory) == named(directory)
    return found
