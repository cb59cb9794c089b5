"""The catalog of documents read before and their questions, which makes a second run short.

    name of the document -> fingerprint of its content, numbers of the questions in it

Only the last reading of each document counts: a document that changes from X to Y and back to X changed twice. A name
may occur several times (captures of one page in an archive); each occurrence has its own entry. The catalog is stored
with the index, in the same commit: a header, rows sorted by name digest, and one zstandard-compressed line per row:

    generation uint64, rows uint32, bytes uint32 | digest of the name uint64, fingerprint uint64, questions uint32 | …
    name TAB number BLANK number …
"""

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import zstandard

__all__ = ["Catalog", "Fingerprints", "digest"]

U64 = npt.NDArray[np.uint64]

_HEAD: Final = struct.Struct("<QII")  # index generation, number of rows, bytes of lines
_FIRST_HEAD: Final = struct.Struct("<Q")  # of the first edition: the generation
_HEX_DIGITS: Final = 16  # stored per fingerprint: 64 bits
_ENTRY: Final = np.dtype([("name", "<u8"), ("fingerprint", "<u8"), ("questions", "<u4")])
_ERRORS: Final = "surrogatepass"


def digest(text: str) -> int:
    """A 64-bit hash of a text."""
    return int.from_bytes(blake2b(text.encode(errors=_ERRORS), digest_size=8).digest())


class Fingerprints(Collection[str]):
    """A compact set of hexadecimal fingerprints, 8 bytes each, cheap to send to other processes."""

    def __init__(self, values: U64) -> None:
        self._values = np.sort(values)

    def __contains__(self, fingerprint: object) -> bool:
        wanted = np.uint64(int(str(fingerprint)[:_HEX_DIGITS], 16))
        place = int(self._values.searchsorted(wanted))
        return place < len(self._values) and bool(self._values[place] == wanted)

    def __iter__(self) -> Iterator[str]:
        return (f"{int(value):0{_HEX_DIGITS}x}" for value in self._values)

    def __len__(self) -> int:
        return len(self._values)


class Catalog:
    """The documents of earlier runs, updated by this one."""

    def __init__(self, blob: bytes = b"", generation: int = 0) -> None:
        """`blob` is the catalog stored with this generation of the index.

        A torn blob, or one of another generation, is ignored: someone else has written to the index.
        """
        rows, self._packed = _parted(blob, generation)
        entries = np.frombuffer(rows, _ENTRY)
        self._names, self._prints, self._counts = (entries[name].copy() for name in _ENTRY.names or ())
        self._by_print = np.argsort(self._prints, kind="stable")
        self._met: dict[int, int] = {}  # name: how often met in this run
        self._new: dict[int, tuple[int, int, bytes]] = {}  # name: fingerprint, questions, line
        self._forgotten: set[int] = set()  # names

    @classmethod
    def of_first_edition(cls, blob: bytes, generation: int, held: Mapping[str, Sequence[str]]) -> Self:
        """The catalog of an index of the first edition, which held no names: `held` gives numbers by document."""
        rows = blob[_FIRST_HEAD.size :]
        if (
            len(blob) < _FIRST_HEAD.size
            or _FIRST_HEAD.unpack_from(blob)[0] != generation
            or len(rows) % _ENTRY.itemsize
        ):
            return cls()
        lines = {digest(name): _line(name, numbers) for name, numbers in held.items()}
        entries = np.frombuffer(rows, _ENTRY)
        packed = zstandard.compress(b"\n".join([lines.get(name, b"") for name in entries["name"].tolist()]))
        return cls(_HEAD.pack(generation, len(entries), len(packed)) + rows + packed, generation)

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of documents that need no reading while unchanged."""
        return Fingerprints(self._prints)

    def unchanged(self, name: str, fingerprint: str) -> int:
        """Record an unchanged document; returns its number of questions."""
        self._meet(name)
        sorter = self._by_print
        place = int(self._prints.searchsorted(np.uint64(_bits(fingerprint)), sorter=sorter))
        return int(self._counts[sorter[place]])

    def read(self, name: str, fingerprint: str, numbers: Sequence[str]) -> None:
        """Record a document that was read, with its question numbers."""
        self._new[self._meet(name)] = (_bits(fingerprint), len(numbers), _line(name, numbers))

    def forget(self, name: str) -> None:
        """Remove a document that no longer exists."""
        self._forgotten.add(digest(name))

    def repeated(self, name: str) -> bool:
        """Whether several documents with this name were seen, in this run or before."""
        return self._met.get(digest(name), 0) > 1 or self._row(_occurrence(digest(name), 1)) is not None

    def numbers(self, name: str) -> list[str]:
        """The question numbers of a document before this run."""
        row = self._row(digest(name))
        return [] if row is None else _told(self._lines[row])[1]

    def met(self, name: str) -> bool:
        """Whether this run saw a document with this name."""
        return digest(name) in self._met

    def unmet(self) -> Iterator[tuple[str, list[str]]]:
        """The entries of earlier runs not seen in this one: names and question numbers.

        An entry may be another occurrence of a name that was seen.
        """
        met = np.fromiter(self._met, np.uint64, len(self._met))
        return (_told(self._lines[row]) for row in np.flatnonzero(~np.isin(self._names, met)).tolist())

    def held(self) -> Iterator[tuple[str, list[str]]]:
        """The documents that the next run will know, each with the numbers that it holds."""
        return map(_told, self._updated()[1])

    @property
    def coming(self) -> Fingerprints:
        """The `fingerprints` of the next run."""
        return Fingerprints(self._updated()[0]["fingerprint"])

    def dump(self, generation: int = 0) -> bytes:
        """Serialize the catalog for a generation of the index."""
        entries, lines = self._updated()
        order = np.argsort(entries["name"], kind="stable")
        packed = zstandard.compress(b"\n".join([lines[row] for row in order.tolist()]))
        return _HEAD.pack(generation, len(entries), len(packed)) + entries[order].tobytes() + packed

    @cached_property
    def _lines(self) -> list[bytes]:
        """The line of each row; decompressed on first use, so never in an idle run."""
        return zstandard.decompress(self._packed).split(b"\n") if self._packed else []

    def _updated(self) -> tuple[npt.NDArray[np.void], list[bytes]]:
        """The rows and lines with this run's changes."""
        new = np.array([(name, *found[:2]) for name, found in self._new.items()], _ENTRY)
        out = np.concatenate([new["name"], np.fromiter(self._forgotten, np.uint64, len(self._forgotten))])
        kept = np.flatnonzero(~np.isin(self._names, out))
        entries = np.empty(len(kept) + len(new), _ENTRY)
        for name, old in zip(_ENTRY.names or (), (self._names, self._prints, self._counts), strict=True):
            entries[name] = np.concatenate([old[kept], new[name]])
        lines = [self._lines[row] for row in kept.tolist()]
        return entries, lines + [line for _, _, line in self._new.values()]

    def _meet(self, name: str) -> int:
        key = digest(name)
        times = self._met.get(key, 0)
        self._met[key] = times + 1
        return _occurrence(key, times)

    def _row(self, key: int) -> int | None:
        place = int(self._names.searchsorted(np.uint64(key)))
        return place if place < len(self._names) and int(self._names[place]) == key else None


def _parted(blob: bytes, generation: int) -> tuple[bytes, bytes]:
    """Rows and compressed lines; both empty if the blob is torn or of another generation."""
    if len(blob) < _HEAD.size:
        return b"", b""
    made, count, packed = _HEAD.unpack_from(blob)
    end = _HEAD.size + count * _ENTRY.itemsize
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
