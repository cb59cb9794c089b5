"""The catalog of documents read before and their questions, which makes a second run short.

    name of the document -> fingerprint of its content, numbers of the questions in it

Only the last reading of each document counts: a document that changes from X to Y and back to X changed twice. A name
may occur several times (captures of one page in an archive); each occurrence has its own entry. The catalog is stored
with the index, in the same commit: a header, rows sorted by name digest, and one zstandard-compressed line per row:

    generation uint64, rows uint32, bytes uint32 | digest of the name uint64, fingerprint uint64, questions uint32 | …
    name TAB number BLANK number …
"""

import struct
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import starmap
from operator import itemgetter
from typing import Final, Self, TypeAlias

import zstandard

__all__ = ["Catalog", "Fingerprints", "digest"]

Entry: TypeAlias = tuple[int, int, int]  # digest of the name, fingerprint, number of questions

_HEAD: Final = struct.Struct("<QII")  # index generation, number of rows, bytes of lines
_FIRST_HEAD: Final = struct.Struct("<Q")  # of the first edition: the generation
_HEX_DIGITS: Final = 16  # stored per fingerprint: 64 bits
_ENTRY: Final = struct.Struct("<QQI")
_ERRORS: Final = "surrogatepass"
_TAB, _HYPHEN = b"\t", b"-"


def digest(text: str) -> int:
    """A 64-bit hash of a text."""
    return int.from_bytes(blake2b(text.encode(errors=_ERRORS), digest_size=8).digest())


class Fingerprints(Collection[str]):
    """A compact set of hexadecimal fingerprints, 8 bytes each, cheap to send to other processes."""

    def __init__(self, values: Iterable[int]) -> None:
        self._values = array("Q", values)

    def __contains__(self, fingerprint: object) -> bool:
        return _bits(str(fingerprint)) in self._set

    def __iter__(self) -> Iterator[str]:
        return (f"{value:0{_HEX_DIGITS}x}" for value in sorted(self._values))

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self) -> "tuple[type[Self], tuple[array[int]]]":
        return type(self), (self._values,)  # without the set, which is larger

    @cached_property
    def _set(self) -> frozenset[int]:
        return frozenset(self._values)


class Catalog:
    """The documents of earlier runs, updated by this one."""

    def __init__(self, blob: bytes = b"", generation: int = 0) -> None:
        """`blob` is the catalog stored with this generation of the index.

        A torn blob, or one of another generation, is ignored: someone else has written to the index.
        """
        rows, self._packed = _parted(blob, generation)
        self._entries: list[Entry] = list(_ENTRY.iter_unpack(rows))
        self._met: dict[int, int] = {}  # name: how often met in this run
        self._new: dict[int, tuple[Entry, bytes]] = {}  # name: row, line
        self._forgotten: set[int] = set()  # names

    @classmethod
    def of_first_edition(cls, blob: bytes, generation: int, held: Mapping[str, Sequence[str]]) -> Self:
        """The catalog of an index of the first edition, which held no names: `held` gives numbers by document."""
        rows = blob[_FIRST_HEAD.size :]
        if len(blob) < _FIRST_HEAD.size or _FIRST_HEAD.unpack_from(blob)[0] != generation or len(rows) % _ENTRY.size:
            return cls()
        lines = {digest(name): _line(name, numbers) for name, numbers in held.items()}
        told = [lines.get(name, b"") for name, _, _ in _ENTRY.iter_unpack(rows)]
        packed = zstandard.compress(b"\n".join(told))
        return cls(_HEAD.pack(generation, len(told), len(packed)) + rows + packed, generation)

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of documents that need no reading while unchanged."""
        return Fingerprints(fingerprint for _, fingerprint, _ in self._entries)

    def unchanged(self, name: str, fingerprint: str) -> int:
        """Record an unchanged document; returns its number of questions."""
        self._meet(name)
        return self._questions[_bits(fingerprint)]

    def read(self, name: str, fingerprint: str, numbers: Sequence[str]) -> None:
        """Record a document that was read, with its question numbers."""
        key = self._meet(name)
        self._new[key] = (key, _bits(fingerprint), len(numbers)), _line(name, numbers)

    def forget(self, name: str) -> None:
        """Remove a document that no longer exists."""
        self._forgotten.add(digest(name))

    def repeated(self, name: str) -> bool:
        """Whether several documents with this name were seen, in this run or before."""
        return self._met.get(digest(name), 0) > 1 or _occurrence(digest(name), 1) in self._rows

    def numbers(self, name: str) -> list[str]:
        """The question numbers of a document before this run."""
        row = self._rows.get(digest(name))
        return [] if row is None else _told(self._lines[row])[1]

    def met(self, name: str) -> bool:
        """Whether this run saw a document with this name."""
        return digest(name) in self._met

    def unmet(self, within: Callable[[str], bool]) -> Iterator[tuple[str, list[str]]]:
        """The entries of earlier runs not seen in this one, of names that are within: names and question numbers.

        An entry may be another occurrence of a name that was seen.
        """
        for (key, _, _), line in zip(self._entries, self._lines, strict=True):
            if key not in self._met and within(line.partition(_TAB)[0].decode(errors=_ERRORS)):
                yield _told(line)

    def held(self, hyphens: int = 0) -> Iterator[tuple[str, list[str]]]:
        """The documents that the next run will know, each with the numbers that it holds.

        With `hyphens`, those are left out whose numbers have fewer of them in all.
        """
        return (_told(line) for _, line in self._updated() if line.count(_HYPHEN, line.find(_TAB)) >= hyphens)

    @property
    def coming(self) -> Fingerprints:
        """The `fingerprints` of the next run."""
        gone = self._new.keys() | self._forgotten
        kept = [fingerprint for name, fingerprint, _ in self._entries if name not in gone]
        return Fingerprints([*kept, *(entry[1] for entry, _ in self._new.values())])

    def dump(self, generation: int = 0) -> bytes:
        """Serialize the catalog for a generation of the index."""
        rows = sorted(self._updated(), key=itemgetter(0))  # by name, of which there are no two
        packed = zstandard.compress(b"\n".join([line for _, line in rows]))
        entries = b"".join(starmap(_ENTRY.pack, [entry for entry, _ in rows]))
        return _HEAD.pack(generation, len(rows), len(packed)) + entries + packed

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {name: row for row, (name, _, _) in enumerate(self._entries)}

    @cached_property
    def _questions(self) -> dict[int, int]:
        """The number of questions by fingerprint, of the first row that has it."""
        return {fingerprint: questions for _, fingerprint, questions in reversed(self._entries)}

    @cached_property
    def _lines(self) -> list[bytes]:
        """The line of each row; decompressed on first use, so never in an idle run."""
        return zstandard.decompress(self._packed).split(b"\n") if self._entries else []

    def _updated(self) -> list[tuple[Entry, bytes]]:
        """The rows and lines with this run's changes."""
        gone = self._new.keys() | self._forgotten
        rows = [row for row in zip(self._entries, self._lines, strict=True) if row[0][0] not in gone]
        return rows + list(self._new.values())

    def _meet(self, name: str) -> int:
        key = digest(name)
        times = self._met.get(key, 0)
        self._met[key] = times + 1
        return _occurrence(key, times)


def _parted(blob: bytes, generation: int) -> tuple[bytes, bytes]:
    """Rows and compressed lines; both empty if the blob is torn or of another generation."""
    if len(blob) < _HEAD.size:
        return b"", b""
    made, count, packed = _HEAD.unpack_from(blob)
    end = _HEAD.size + count * _ENTRY.size
    if made != generation or len(blob) != end + packed:
        return b"", b""
    return blob[_HEAD.size : end], blob[end:]


def _line(name: str, numbers: Sequence[str]) -> bytes:
    return f"{name}\t{' '.join(numbers)}".encode(errors=_ERRORS)


def _told(line: bytes) -> tuple[str, list[str]]:
    name, _, numbers = line.decode(errors=_ERRORS).partition("\t")
    return name, numbers.split()


def _bits(fingerprint: str) -> int:
    return int(fingerprint[:_HEX_DIGITS], 16)


def _occurrence(key: int, times: int) -> int:
    return digest(f"{key}#{times}") if times else key
