"""What an update knows of when questions were first seen: from the index before it, and those gone from that.

    live questions     columns of the segments, merged and copied with them
    gone ones          a blob that every commit keeps, a rebuild too:
                       origin, 16 characters | zstandard of {number: [new_in, answered_in, question, answer], …}

An index made before any of this kept nothing: what it held was there by its generation, at an unknown moment.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

import msgspec
import zstandard
from msgspec import Struct

from searchq.engines.first_seen import first_seen_after, seen_before
from searchq.errors import IndexFault
from searchq.first_seen import FirstSeen
from searchq.index.format.manifest import FIRST_SEEN_LOG, ORIGIN_DIGITS, Manifest, read_older_manifest
from searchq.index.read.older import older_blob, older_entries, older_first_seen
from searchq.index.read.snapshot import Snapshot
from searchq.question import Question

__all__ = ["FirstSeenLog"]

Look = Callable[[str], FirstSeen | None]


class FirstSeenLog:
    """Works out when each question that is put was first seen, and remembers those that go."""

    def __init__(
        self, directory: Path, before: Snapshot | None, generation: int, moment: dt.datetime | None, rebuild: bool
    ) -> None:
        """`before` is the index before the update, `generation` the coming one, `moment` that of the update."""
        self._before = _of_snapshot(before) if before else _of_outdated(directory)
        self._generation, self._moment = generation, moment and moment.replace(microsecond=0)  # read for each question
        self._rebuild = rebuild
        self._leaving: set[str] = set(self._before.numbers()) if rebuild else set()

    def of(self, question: Question) -> FirstSeen:
        """What the index keeps of a question that is put."""
        return first_seen_after(self._held(question.number), question, self._generation, self._moment)

    def delete(self, number: str) -> None:
        """A question leaves, unless it is put again."""
        self._leaving.add(number)

    def dump(self, held: Callable[[str], bool]) -> bytes | None:
        """The blob of the coming generation, whose numbers `held` tells; None where it stays as it is."""
        gone = {number: seen for number, seen in self._before.kept.gone.items() if not held(number)}
        for number in self._leaving:
            seen = None if held(number) else self._held(number)
            if seen is not None:
                gone[number] = seen
        kept = _Kept(self._before.kept.origin or secrets.token_hex(ORIGIN_DIGITS // 2), gone)
        return None if kept == self._before.kept and not self._rebuild else kept.dump()

    def _held(self, number: str) -> FirstSeen | None:
        return self._before.look(number) or self._before.kept.gone.get(number)


class _Kept(Struct, frozen=True):
    """The blob: what identifies the index, and when the questions that are gone were first seen."""

    origin: str
    gone: Mapping[str, FirstSeen]

    @classmethod
    def load(cls, blob: bytes) -> Self:
        if len(blob) <= ORIGIN_DIGITS:
            return cls("", {})
        gone = msgspec.json.decode(zstandard.decompress(blob[ORIGIN_DIGITS:]), type=dict[str, FirstSeen])
        return cls(blob[:ORIGIN_DIGITS].decode(), gone)

    def dump(self) -> bytes:
        return self.origin.encode() + zstandard.compress(msgspec.json.encode(self.gone))


class _Before(Struct, frozen=True):
    """The index before an update."""

    look: Look  # when a question that it holds was first seen
    numbers: Callable[[], Iterable[str]]  # that it holds
    kept: _Kept


def _of_snapshot(snapshot: Snapshot) -> _Before:
    def look(number: str) -> FirstSeen | None:
        doc = snapshot.doc(number)
        return None if doc is None else snapshot.first_seen(doc)

    def numbers() -> Iterator[str]:
        return (number for number in snapshot.numbers() if snapshot.doc(number) is not None)

    return _Before(look, numbers, _Kept.load(snapshot.blob(FIRST_SEEN_LOG) or b""))


def _of_outdated(directory: Path) -> _Before:
    """An index of another version, which only a rebuild or an upgrade comes upon; nothing where it cannot be read."""
    try:
        manifest = read_older_manifest(directory)
        held = _older(directory, manifest) if manifest else {}
        blob = older_blob(directory, manifest, FIRST_SEEN_LOG) if manifest else b""
    except IndexFault:
        held, blob = {}, b""
    return _Before(held.get, held.keys, _Kept.load(blob))


def _older(directory: Path, manifest: Manifest) -> dict[str, FirstSeen]:
    kept = older_first_seen(directory, manifest)
    if kept is not None:
        return dict(kept)
    found = (entry.question for entry in older_entries(directory, manifest))
    return {question.number: seen_before(question, manifest.generation) for question in found}
