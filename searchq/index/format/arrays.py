"""A memory-mapped file of named arrays: the only kind of data file in an index.

    offset 0    8 bytes   "searchq" and a line feed
           8    uint32    FORMAT_VERSION
          12    uint32    length of the directory
          16    JSON      the directory: {name: [dtype, offset, length in elements]}
           …    zeros     up to a multiple of 64
           …    array     little-endian, each at a multiple of 64 (a cache line, more than any dtype needs)

Opening reads only the directory; the arrays are views of the mapped file, shared by all threads.
"""

import io
import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from searchq.errors import IndexBroken, IndexOutdated
from searchq.regular_file import open_regular

__all__ = ["FORMAT_VERSION", "Array", "array_file", "map_array", "map_arrays", "parse_arrays", "write_arrays"]

FORMAT_VERSION: Final = 2  # raise it when older files can no longer be read

Array = npt.NDArray[Any]

_MAGIC: Final = b"searchq\n"
_HEAD: Final = struct.Struct("<8sII")
_ALIGNMENT: Final = 64
_ORDERS: Final = "<|"  # byte orders: little-endian, or not applicable to a single byte
_PIECE: Final = 1 << 24  # bytes written and hashed at once


def write_arrays(file: BinaryIO, arrays: Mapping[str, Array]) -> tuple[int, str]:
    """Write the arrays to an open file; return its length and SHA-256. Raises OSError."""
    import hashlib  # loads OpenSSL: 4 ms that a search does not need

    digest = hashlib.sha256()
    length = 0

    def put(data: bytes | memoryview) -> None:
        nonlocal length
        digest.update(data)
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
    return length, digest.hexdigest()


def array_file(arrays: Mapping[str, Array]) -> bytes:
    """Return the bytes of a file with these arrays."""
    file = io.BytesIO()
    write_arrays(file, arrays)
    return file.getvalue()


def map_arrays(path: Path, length: int | None = None, oldest: int = FORMAT_VERSION) -> dict[str, Array]:
    """Map a file of `length` bytes and format `oldest` or later; return its arrays as read-only views.

    Raises FileNotFoundError if it does not exist (a newer generation may have replaced it), IndexBroken if it is torn.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0 or length not in (None, size):
            raise IndexBroken(f"The index file {path.name} holds {size} bytes, not {length}; build the index again.")
        return parse_arrays(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), path.name, oldest)


def map_array(path: Path, name: str, length: int, oldest: int = FORMAT_VERSION) -> Array:
    """Map one array of a file. Raises as `map_arrays` does, and IndexBroken if the file has no array of that name."""
    try:
        return map_arrays(path, length, oldest)[name]
    except KeyError as error:
        raise IndexBroken(f"The index file {path.name} lacks {error}; build the index again.") from error


def parse_arrays(data: bytes | mmap.mmap, name: str, oldest: int = FORMAT_VERSION) -> dict[str, Array]:
    """Return the arrays in the bytes of the file `name`, as read-only views. Raises IndexBroken if they are torn."""
    try:
        magic, version, size = _HEAD.unpack_from(data)
        if magic != _MAGIC:
            raise ValueError("it begins otherwise")
        if not oldest <= version <= FORMAT_VERSION:
            raise IndexOutdated(f"The index file {name} has format {version}, not {FORMAT_VERSION}; build it again.")
        directory = json.loads(data[_HEAD.size : _HEAD.size + size])["arrays"]
        base = end = _aligned(_HEAD.size + size)
        arrays = {}
        for key, (dtype, offset, length) in directory.items():
            if base + offset != end or dtype[0] not in _ORDERS:
                raise ValueError(f"{key} does not start where the array before it ends")
            arrays[key] = np.frombuffer(data, dtype, length, end) if length else np.zeros(0, dtype)
            end += _aligned(arrays[key].nbytes)
        if end != len(data):
            raise ValueError(f"its arrays end at {end}, not at {len(data)}")
        return arrays
    except (struct.error, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise IndexBroken(f"The index file {name} is torn ({error}); build the index again.") from error


def _aligned(size: int) -> int:
    """Return the next multiple of 64."""
    return -(-size // _ALIGNMENT) * _ALIGNMENT
