"""The catalog of documents read before and their questions, which makes a second run short.

    name of the document -> fingerprint of its content, numbers of the questions in it

Only the last reading of each document counts: a document that changes from X to Y and back to X changed twice. A name
may occur several times (captures of one page in an archive); each occurrence has its own entry. The catalog is stored
with the index, in the same commit, as `rows`, so that a run writes what it read, not all there is. The journal tells
of which generation of the index it is.
"""

import struct
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final

import zstandard

from searchq.indexing.row_part import ERRORS, TAB, Part, Row
from searchq.indexing.rows import Names, Rows, Shown

__all__ = [
    "BASE",
    "JOURNAL",
    "Catalog",
    "Fingerprints",
    "Told",
    "digest",
    "print_bits",
    "print_text",
    "restamped_base",
    "upgraded_base",
]

Told = tuple[str, list[str]]  # name, numbers

BASE: Final = "documents"  # names of blobs
JOURNAL: Final = "documents_since"
_NAMES: Final = Names(BASE, JOURNAL)

_HEAD: Final = struct.Struct("<QII")  # of the second edition: index generation, number of rows, bytes of lines
_FIRST_HEAD: Final = struct.Struct("<Q")  # of the first one: the generation
_HEX_DIGITS: Final = 16  # stored per fingerprint: 64 bits
_ENTRY: Final = struct.Struct("<QQI")  # digest of a name, fingerprint, number of questions


def digest(text: str) -> int:
    """A 64-bit hash of a text."""
    return int.from_bytes(blake2b(text.encode(errors=ERRORS), digest_size=8).digest())


def print_bits(fingerprint: str) -> int:
    """What is stored of a fingerprint."""
    return int(fingerprint[:_HEX_DIGITS], 16)


def print_text(bits: int) -> str:
    """The fingerprint of which that is stored."""
    return f"{bits:0{_HEX_DIGITS}x}"


def _anywhere(_: str) -> bool:
    return True


class Fingerprints(Collection[str]):
    """A set of hexadecimal fingerprints in some parts, but those at hidden places; cheap to send to other processes."""

    def __init__(self, parts: Iterable[Shown] = (), others: Iterable[int] = ()) -> None:
        self._columns = [(part.prints, part.by_print, hidden) for part, hidden in parts]
        self._others = list(others)
        self._set = frozenset(self._others)

    def __contains__(self, fingerprint: object) -> bool:
        own = print_bits(str(fingerprint))
        return own in self._set or any(True for columns in self._columns for _ in _places_of(own, *columns))

    def __iter__(self) -> Iterator[str]:
        return map(print_text, sorted(self._values()))

    def __len__(self) -> int:
        return sum(1 for _ in self._values())

    def _values(self) -> Iterator[int]:
        for prints, _, hidden in self._columns:
            yield from (value for place, value in enumerate(prints) if place not in hidden)
        yield from self._others


def _places_of(own: int, prints: Sequence[int], by_print: Sequence[int], hidden: Collection[int]) -> Iterator[int]:
    """The places of a fingerprint that are not hidden."""
    at = bisect_left(by_print, own, key=prints.__getitem__)
    while at < len(by_print) and prints[by_print[at]] == own:
        if by_print[at] not in hidden:
            yield by_print[at]
        at += 1


class Catalog:
    """The documents of earlier runs, updated by this one."""

    def __init__(self, base: bytes = b"", journal: bytes = b"", generation: int = 0) -> None:
        """The blobs are those stored with this generation of the index.

        Torn ones, or those of another generation, are ignored: someone else has written to the index.
        """
        self._rows = Rows.load(base, journal, generation) or Rows.of(_second_edition_rows(base, generation))
        self._met: dict[int, int] = {}  # name: how often met in this run

    @property
    def is_stored(self) -> bool:
        """Whether the blobs hold this catalog, in their present form."""
        return self._rows.is_stored

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of documents that need no reading while unchanged."""
        return Fingerprints(self._rows.held)

    @property
    def coming(self) -> Fingerprints:
        """The `fingerprints` of the next run."""
        return Fingerprints(self._rows.coming, [row.print for row in self._rows.new.values()])

    def unchanged(self, name: str, fingerprint: str) -> int:
        """Record an unchanged document; returns its number of questions."""
        self._meet(name)
        own = print_bits(fingerprint)
        return next(
            part.questions[place]
            for part, hidden in self._rows.held
            for place in _places_of(own, part.prints, part.by_print, hidden)
        )

    def read(self, name: str, fingerprint: str, numbers: Sequence[str]) -> None:
        """Record a document that was read, with its question numbers."""
        key = self._meet(name)
        self._rows.put(Row(key, _line(name, numbers), print_bits(fingerprint), len(numbers)))

    def forget(self, name: str) -> None:
        """Remove a document that no longer exists."""
        self._rows.forget(digest(name))

    def repeated(self, name: str) -> bool:
        """Whether several documents with this name were seen, in this run or before."""
        return self._met.get(digest(name), 0) > 1 or self._rows.line(_occurrence(digest(name), 1)) is not None

    def numbers(self, name: str) -> list[str]:
        """The question numbers of a document before this run."""
        line = self._rows.line(digest(name))
        return [] if line is None else _told(line)[1]

    def met(self, name: str) -> bool:
        """Whether this run saw a document with this name."""
        return digest(name) in self._met

    def unmet(self, within: Callable[[str], bool], near: Callable[[str], bool] = _anywhere) -> Iterator[Told]:
        """The entries of earlier runs whose names this one did not see, of names that are within.

        `near` tells of a folder whether any document in it may be.
        """
        for line in _lines(self._rows.held, near):
            name = line.partition(TAB)[0].decode(errors=ERRORS)
            if within(name) and not self.met(name):
                yield _told(line)

    def held(self, near: Callable[[str], bool] = _anywhere) -> Iterator[Told]:
        """The documents in those folders that the next run will know, each with the numbers that it holds."""
        yield from map(_told, _lines(self._rows.coming, near))
        yield from (_told(row.line) for row in self._rows.new.values() if near(row.folder.decode(errors=ERRORS)))

    def changed(self) -> Iterator[Told]:
        """The documents that this run read or forgot, as they were and as they are."""
        before = map(self._rows.line, self._rows.gone)
        yield from (_told(line) for line in before if line is not None)
        yield from (_told(row.line) for row in self._rows.new.values())

    def dump(self, generation: int = 0) -> dict[str, bytes]:
        """The blobs to keep with a generation of the index; the base only where it is written anew."""
        return self._rows.dump(_NAMES, generation)

    def _meet(self, name: str) -> int:
        key = digest(name)
        times = self._met.get(key, 0)
        self._met[key] = times + 1
        return _occurrence(key, times)


def restamped_base(blob: bytes, old: int, new: int) -> bytes:
    """The base of a catalog for another generation; one of the second edition, which had no journal, tells its own."""
    if Part.load(blob) is not None:
        return blob
    rows, packed = _second_edition(blob, old)
    return _HEAD.pack(new, len(rows) // _ENTRY.size, len(packed)) + rows + packed


def upgraded_base(blob: bytes, old: int, new: int, held: Mapping[str, Sequence[str]]) -> bytes:
    """The same of any edition; the first one held no names: `held` gives numbers by document."""
    rows = blob[_FIRST_HEAD.size :]
    if Part.load(blob) is not None or any(_second_edition(blob, old)) or len(rows) % _ENTRY.size:
        return restamped_base(blob, old, new)
    if len(blob) < _FIRST_HEAD.size or _FIRST_HEAD.unpack_from(blob)[0] != old:
        return restamped_base(b"", old, new)
    lines = {digest(name): _line(name, numbers) for name, numbers in held.items()}
    told = [lines.get(name, b"") for name, _, _ in _ENTRY.iter_unpack(rows)]
    packed = zstandard.compress(b"\n".join(told))
    return _HEAD.pack(new, len(told), len(packed)) + rows + packed


def _second_edition_rows(blob: bytes, generation: int) -> Iterator[Row]:
    rows, packed = _second_edition(blob, generation)
    lines = zstandard.decompress(packed).split(b"\n") if rows else []
    entries = zip(_ENTRY.iter_unpack(rows), lines, strict=True)
    return (Row(key, line, own, questions) for (key, own, questions), line in entries)


def _second_edition(blob: bytes, generation: int) -> tuple[bytes, bytes]:
    """Rows and compressed lines of a blob of the second edition; both empty if it is none, or of another generation."""
    if len(blob) < _HEAD.size:
        return b"", b""
    made, count, packed = _HEAD.unpack_from(blob)
    end = _HEAD.size + count * _ENTRY.size
    if made != generation or len(blob) != end + packed:
        return b"", b""
    return blob[_HEAD.size : end], blob[end:]


def _lines(parts: Iterable[Shown], near: Callable[[str], bool]) -> Iterator[bytes]:
    """The lines in those folders, but those at hidden places."""
    for part, hidden in parts:
        numbers = part.line_numbers(hidden)
        yield from (line for number, line in part.lines_in(near) if number not in numbers)


def _line(name: str, numbers: Sequence[str]) -> bytes:
    return f"{name}\t{' '.join(numbers)}".encode(errors=ERRORS)


def _told(line: bytes) -> Told:
    name, _, numbers = line.decode(errors=ERRORS).partition("\t")
    return name, numbers.split()


def _occurrence(key: int, times: int) -> int:
    return digest(f"{key}#{times}") if times else key
