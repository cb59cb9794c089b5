"""A memory-mapped file of named arrays: the only kind of data file in an index.

    offset 0    8 bytes   "searchq" and a line feed
           8    uint32    FORMAT_VERSION
          12    uint32    length of the directory
          16    JSON      the directory: {name: [dtype, offset, length in elements]}
           …    zeros     up to a multiple of 64
           …    array     little-endian, each at a multiple of 64 (a cache line, more than any dtype needs)
           …    uint32    checksums of all the above (`blocks.py`); since format 3

Opening reads only the directory; the arrays are views of the mapped file, shared by all threads, whose blocks are
compared with their checksums when they are first read (`checked_array.py`).
"""

import io
import json
import mmap
import os
import struct
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.errors import REBUILD, IndexBroken, IndexOutdated
from searchq.index.format.blocks import Blocks, BlockSums
from searchq.index.format.checked_array import CheckedArray
from searchq.regular_file import open_regular

__all__ = [
    "FIRST_CHECKED",
    "FORMAT_VERSION",
    "Array",
    "FileEntry",
    "array_file",
    "map_array",
    "map_arrays",
    "parse_arrays",
    "write_arrays",
]

FORMAT_VERSION: Final = 4  # raise it when older files can no longer be read

Array = npt.NDArray[Any]  # those of a mapped file are a CheckedArray, which acts as one

_MAGIC: Final = b"searchq\n"
_HEAD: Final = struct.Struct("<8sII")
_ALIGNMENT: Final = 64
_ORDERS: Final = "<|"  # byte orders: little-endian, or not applicable to a single byte
_PIECE: Final = 1 << 24  # bytes written and hashed at once
FIRST_CHECKED: Final = 3  # the first format with checksums


class FileEntry(NamedTuple):
    """What the manifest lists of a file; `sums` is the checksum of its table of checksums, None where it has none."""

    length: int
    sha256: str
    sums: int | None = None


def write_arrays(file: BinaryIO, arrays: Mapping[str, Array]) -> FileEntry:
    """Write the arrays to an open file; return what the manifest lists of it. Raises OSError."""
    import hashlib  # loads OpenSSL: 4 ms that a search does not need

    digest, sums = hashlib.sha256(), BlockSums()
    length = 0

    def put(data: bytes | memoryview) -> None:
        nonlocal length
        digest.update(data)
        sums.add(data)
        file.write(data)
        length += len(data)

    directory, offset = {}, 0  # offsets count from the end of the header until its size is known
    for name, array in arrays.items():
        directory[name] = [array.dtype.newbyteorder("<").str, offset, len(array)]
        offset += _aligned(array.nbytes)
    text = json.dumps({"arrays": directory}, separators=(",", ":")).encode()
    put(_HEAD.pack(_MAGIC, FORMAT_VERSION, len(text)))
    put(text)
    put(bytes(-length % _ALIGNMENT))
    for array in arrays.values():
        whole = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
        data = memoryview(whole.view(np.uint8).data) if len(whole) else memoryview(b"")
        for first in range(0, len(data), _PIECE):
            put(data[first : first + _PIECE])
        put(bytes(-length % _ALIGNMENT))
    table, checksum = sums.table()
    put(table)
    return FileEntry(length, digest.hexdigest(), checksum)


def array_file(arrays: Mapping[str, Array]) -> tuple[bytes, FileEntry]:
    """Return the bytes of a file with these arrays, and what the manifest lists of it."""
    file = io.BytesIO()
    entry = write_arrays(file, arrays)
    return file.getvalue(), entry


def map_arrays(path: Path, entry: FileEntry | None = None, oldest: int = FORMAT_VERSION) -> dict[str, Array]:
    """Map a file of format `oldest` or later; return its arrays as read-only views, checked when they are read.

    Raises FileNotFoundError if it does not exist (a newer generation may have replaced it), IndexBroken if it is torn
    or not the one that the manifest lists.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if entry and entry.length != size:
            raise IndexBroken(f"The index file {path.name} holds {size} bytes, not {entry.length}; {REBUILD}.")
        if not size:
            raise IndexBroken(f"The index file {path.name} is empty; {REBUILD}.")
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return parse_arrays(mapped, path.name, entry, oldest)


def map_array(path: Path, name: str, entry: FileEntry | None = None, oldest: int = FORMAT_VERSION) -> Array:
    """Map one array of a file. Raises as `map_arrays` does, and IndexBroken if the file has no array of that name."""
    try:
        return map_arrays(path, entry, oldest)[name]
    except KeyError as error:
        raise IndexBroken(f"The index file {path.name} lacks {error}; {REBUILD}.") from error


def parse_arrays(
    data: memoryview, name: str, entry: FileEntry | None = None, oldest: int = FORMAT_VERSION
) -> dict[str, Array]:
    """Return the arrays in the bytes of the file `name`, as read-only views. Raises IndexBroken if they are torn."""
    try:
        listed = entry.sums if entry else None
        blocks = None if listed is None else _begun(data, name, listed)  # before any of it is believed
        magic, version, size = _HEAD.unpack_from(data)
        if magic != _MAGIC:
            raise ValueError("it begins otherwise")
        if not oldest <= version <= FORMAT_VERSION:
            raise IndexOutdated(f"The index file {name} has format {version}, not {FORMAT_VERSION}; {REBUILD}.")
        if version >= FIRST_CHECKED:
            blocks = blocks or _begun(data, name, None)
            blocks.check(0, min(_HEAD.size + size, blocks.end))
        directory = json.loads(bytes(data[_HEAD.size : _HEAD.size + size]))["arrays"]
        return _views(data, blocks, directory, _aligned(_HEAD.size + size))
    except (struct.error, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise IndexBroken(f"The index file {name} is torn ({error}); {REBUILD}.") from error


def _begun(data: memoryview, name: str, listed: int | None) -> Blocks:
    """Return the blocks of a file, the first compared."""
    blocks = Blocks(data, name, listed)
    blocks.check(0, 1)
    return blocks


def _views(data: memoryview, blocks: Blocks | None, directory: Mapping[str, Any], base: int) -> dict[str, Array]:
    """Return the arrays of a directory, which lie one after the other from `base` on and fill the file."""
    end = base
    arrays: dict[str, Any] = {}
    for key, (name, offset, length) in directory.items():
        if base + offset != end or name[0] not in _ORDERS:
            raise ValueError(f"{key} does not start where the array before it ends")
        dtype = _dtype(name)
        array = np.frombuffer(data, dtype, length, end) if length else np.zeros(0, dtype)
        arrays[key] = array if blocks is None else CheckedArray(array, blocks, end)
        end += _aligned(array.nbytes)
    if end != (blocks.end if blocks else len(data)):
        raise ValueError(f"its arrays end at {end}, not at {blocks.end if blocks else len(data)}")
    return arrays


@lru_cache
def _dtype(name: str) -> np.dtype[Any]:
    """Return the dtype of a name, of which there are few in thousands of arrays."""
    return np.dtype(name)


def _aligned(size: int) -> int:
    """Return the next multiple of 64."""
    return -(-size // _ALIGNMENT) * _ALIGNMENT
