"""Rows as bytes, read where they are asked: a look-up takes a few steps, however many rows there are.

    head        magic, generation, its own stamp, the stamp of the part that it continues, counts
    by key      key uint64, fingerprint uint64, questions uint32, number of its line uint32, by key
    by print    places uint32 in those, by fingerprint
    forgotten   keys uint64 that the part before has, and are gone
    folders     first line uint32 of each, then their texts, a line each
    blocks      size uint32 of each, then 1,024 lines each, compressed: name TAB whatever is told of it

Lines are sorted by folder, then by name, so that those of a folder are read without the others.
"""

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate, groupby, pairwise
from typing import Final, NamedTuple, Self

import zstandard

__all__ = ["ERRORS", "TAB", "Part", "Row", "folder_of", "pack", "restamped"]

ERRORS: Final = "surrogatepass"
TAB: Final = b"\t"
_MAGIC: Final = b"CAT3"
_HEAD: Final = struct.Struct("<4sQQQIIIII")
_STAMP_AT: Final = struct.Struct("<4sQ").size
_GENERATION: Final = struct.Struct("<Q")
_BLOCK: Final = 1024  # lines
_OPEN: Final = 256  # blocks that stay decompressed, some 25 MB


class Row(NamedTuple):
    """A key, its line, and of a document also its fingerprint and the number of its questions."""

    key: int
    line: bytes
    print: int = 0
    questions: int = 0

    @property
    def folder(self) -> bytes:
        """All of its name up to the last slash."""
        return folder_of(self.line.partition(TAB)[0])


def folder_of(name: bytes) -> bytes:
    """Return all of a name up to the last slash."""
    return name[: name.rfind(b"/") + 1]


def pack(rows: Iterable[Row], generation: int = 0, base: int = 0, forgotten: Iterable[int] = ()) -> bytes:
    """Return some rows as bytes, for a generation of the index; they continue the part with the stamp `base`."""
    by_line = sorted(rows, key=lambda row: (row.folder, row.line))
    by_name = sorted(range(len(by_line)), key=lambda line: by_line[line].key)
    named = [by_line[line] for line in by_name]
    by_print = sorted(range(len(named)), key=lambda place: named[place].print)
    gone = sorted(set(forgotten))
    folders = [(own, len(list(group))) for own, group in groupby(row.folder for row in by_line)]
    texts = b"\n".join([own for own, _ in folders])
    blocks = [
        zstandard.compress(b"\n".join([row.line for row in by_line[first : first + _BLOCK]]))
        for first in range(0, len(by_line), _BLOCK)
    ]
    columns = (
        *(("Q", [row.key for row in named]), ("Q", [row.print for row in named])),
        *(("I", [row.questions for row in named]), ("I", by_name), ("I", by_print), ("Q", gone)),
        *(("I", [count for _, count in folders]), ("I", map(len, blocks))),
    )
    body = b"".join([*(_as_bytes(kind, values) for kind, values in columns), texts, *blocks])
    stamp = int.from_bytes(blake2b(body, digest_size=8).digest())
    counts = len(named), len(gone), len(folders), len(texts), len(blocks)
    return _HEAD.pack(_MAGIC, generation, stamp, base, *counts) + body


def restamped(blob: bytes, old: int, new: int) -> bytes:
    """Return a part that was packed for one generation for another one; one of neither holds nothing any more."""
    part = Part.load(blob)
    if part is None or part.generation != old:
        return pack((), new)
    return blob[: len(_MAGIC)] + _GENERATION.pack(new) + blob[_STAMP_AT:]


class Part:
    """Some rows, by their places in the order of their keys."""

    def __init__(self, blob: bytes) -> None:
        """Raises ValueError if it is none, or torn."""
        if len(blob) < _HEAD.size or not blob.startswith(_MAGIC):
            raise ValueError("no rows")
        _, self.generation, self.stamp, self.base, rows, gone, folders, texts, blocks = _HEAD.unpack_from(blob)
        cut = _Cutter(blob, _HEAD.size)
        self.keys, self.prints = cut.numbers("Q", rows), cut.numbers("Q", rows)  # by place, keys ascending
        self.questions = cut.numbers("I", rows)
        self._lines, self.by_print = cut.numbers("I", rows), cut.numbers("I", rows)
        self.forgotten = frozenset(cut.numbers("Q", gone))
        self._folder_sizes, self._block_sizes = cut.numbers("I", folders), cut.numbers("I", blocks)
        self._folders = cut.bytes(texts)
        self._packed = cut.bytes(sum(self._block_sizes))
        if cut.at != len(blob) or sum(self._folder_sizes) != rows:
            raise ValueError("some rows are torn")
        self._block = lru_cache(_OPEN)(self._decompressed)

    @classmethod
    def load(cls, blob: bytes) -> Self | None:
        """Return the part that some bytes are; None if they are none, or torn."""
        try:
            return cls(blob)
        except ValueError:
            return None

    def __len__(self) -> int:
        return len(self.keys)

    def place(self, key: int) -> int | None:
        """Return the place of a key; None if it is not here."""
        place = bisect_left(self.keys, key)
        return place if place < len(self) and self.keys[place] == key else None

    def places(self, keys: Iterable[int]) -> frozenset[int]:
        """Return the places of those that are here."""
        return frozenset(place for place in map(self.place, keys) if place is not None)

    def line(self, place: int) -> bytes:
        """Return the line at a place."""
        return self._line(self._lines[place])

    def line_numbers(self, places: Iterable[int]) -> frozenset[int]:
        """Return the numbers of the lines at some places."""
        return frozenset(map(self._lines.__getitem__, places))

    def lines_in(self, near: Callable[[str], bool]) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of those folders, with their numbers."""
        first = 0
        for folder, size in zip(self._folder_texts, self._folder_sizes, strict=True):
            if near(folder):
                yield from ((number, self._line(number)) for number in range(first, first + size))
            first += size

    def rows(self) -> Iterator[Row]:
        """Yield all rows, by their places."""
        blocks = range(len(self._block_sizes))
        lines = [line for number in blocks for line in self._block(number)]
        own = (lines[number] for number in self._lines)
        return map(Row, self.keys, own, self.prints, self.questions)

    def _line(self, number: int) -> bytes:
        block, place = divmod(number, _BLOCK)
        return self._block(block)[place]

    def _decompressed(self, number: int) -> list[bytes]:
        """Return the lines of a block."""
        start, end = self._bounds[number]
        return zstandard.decompress(self._packed[start:end]).split(b"\n")

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return list(pairwise(accumulate(self._block_sizes, initial=0)))

    @cached_property
    def _folder_texts(self) -> list[str]:
        return self._folders.decode(errors=ERRORS).split("\n") if self._folder_sizes else []


class _Cutter:
    """Cuts bytes into columns, one after the other."""

    def __init__(self, blob: bytes, at: int) -> None:
        self._blob = blob
        self.at = at

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self._blob[self.at - size : self.at]

    def numbers(self, kind: str, count: int) -> "array[int]":
        column = array(kind)
        column.frombytes(self.bytes(count * column.itemsize))
        if sys.byteorder == "big":
            column.byteswap()
        return column


def _as_bytes(kind: str, values: Iterable[int]) -> bytes:
    column = array(kind, values)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()
