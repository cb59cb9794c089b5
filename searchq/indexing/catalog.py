"""Which documents were read before, and what they held: the memory that makes a second run short.

    name of the document -> fingerprint of its content, number of questions in it

Only the last reading of each document counts, so one that changes from X to Y and back to X is seen to change twice.
A name may occur several times (captures of one page in an archive): each occurrence has an entry of its own. The
catalog is kept with the index, in the same commit: the generation as uint64, then rows in the order of the names:

    digest of the name uint64 | fingerprint uint64 | questions uint32
"""

import struct
from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Catalog", "Fingerprints", "digest"]

U64 = npt.NDArray[np.uint64]

_HEAD: Final = struct.Struct("<Q")  # the generation of the index it belongs to
_HEX_DIGITS: Final = 16  # of a fingerprint that are kept: 64 bits
_ENTRY: Final = np.dtype([("name", "<u8"), ("fingerprint", "<u8"), ("questions", "<u4")])


def digest(text: str) -> int:
    """64 bits that stand for a text."""
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest())


class Fingerprints(Collection[str]):
    """A collection of fingerprints (hexadecimal) in 8 bytes each, cheap to hand to other processes."""

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
    """The documents of earlier runs, brought up to date by this one."""

    def __init__(self, blob: bytes = b"", generation: int = 0) -> None:
        """`blob` is what the catalog of the run gave that made this generation of the index.

        Of another generation, or torn, it is no memory at all: someone else wrote to the index since.
        """
        head, rows = blob[: _HEAD.size], blob[_HEAD.size :]
        trusted = len(head) == _HEAD.size and _HEAD.unpack(head)[0] == generation and len(rows) % _ENTRY.itemsize == 0
        entries = np.frombuffer(rows if trusted else b"", _ENTRY)
        self._names, self._prints, self._counts = (entries[name].copy() for name in _ENTRY.names or ())
        self._by_print = np.argsort(self._prints, kind="stable")
        self._met: dict[int, int] = {}  # name: how often met in this run
        self._new: dict[int, tuple[int, int]] = {}  # name: fingerprint, questions

    @property
    def fingerprints(self) -> Fingerprints:
        """The documents that need no reading as long as they are what they were."""
        return Fingerprints(self._prints)

    def unchanged(self, name: str, fingerprint: str) -> int:
        """Note a document that is what it was; the number of questions it holds."""
        self._meet(name)
        sorter = self._by_print
        place = int(self._prints.searchsorted(np.uint64(_bits(fingerprint)), sorter=sorter))
        return int(self._counts[sorter[place]])

    def read(self, name: str, fingerprint: str, questions: int) -> None:
        """Note a document that was read, with the number of questions it held."""
        self._new[self._meet(name)] = (_bits(fingerprint), questions)

    def repeated(self, name: str) -> bool:
        """Whether several documents of that name have been met, now or before."""
        return self._met.get(digest(name), 0) > 1 or self._known(_occurrence(digest(name), 1))

    @property
    def coming(self) -> Fingerprints:
        """The documents that the next run will know: `fingerprints` of what `dump` gives."""
        return Fingerprints(self._updated()["fingerprint"])

    def dump(self, generation: int = 0) -> bytes:
        """The catalog as bytes, for that generation of the index."""
        return _HEAD.pack(generation) + np.sort(self._updated(), order="name").tobytes()

    def _updated(self) -> npt.NDArray[np.void]:
        """The rows: what is new in place of what was known."""
        new = np.array([(name, *found) for name, found in self._new.items()], _ENTRY)
        kept = ~np.isin(self._names, new["name"])
        entries = np.empty(int(kept.sum()) + len(new), _ENTRY)
        for name, old in zip(_ENTRY.names or (), (self._names, self._prints, self._counts), strict=True):
            entries[name] = np.concatenate([old[kept], new[name]])
        return entries

    def _meet(self, name: str) -> int:
        key = digest(name)
        times = self._met.get(key, 0)
        self._met[key] = times + 1
        return _occurrence(key, times)

    def _known(self, key: int) -> bool:
        place = int(self._names.searchsorted(np.uint64(key)))
        return place < len(self._names) and int(self._names[place]) == key


def _bits(fingerprint: str) -> int:
    return int(fingerprint[:_HEX_DIGITS], 16)


def _occurrence(key: int, times: int) -> int:
    return digest(f"{key}#{times}") if times else key
