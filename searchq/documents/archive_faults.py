"""Say in our own words why an archive cannot be read; what the libraries say differs from version to version."""

import errno
import lzma
import os
import tarfile
import zipfile
import zlib
from typing import Final

from warcio.exceptions import ArchiveLoadFailed

from searchq.errors import DocumentError

__all__ = ["DAMAGED_TAR", "reason_of"]

DAMAGED_TAR: Final = "its data is damaged or cut off"

_REASONS: Final[tuple[tuple[tuple[type[Exception], ...], str], ...]] = (
    ((tarfile.TarError,), DAMAGED_TAR),
    ((zipfile.BadZipFile,), "its zip structure or a checksum is damaged"),
    ((ArchiveLoadFailed,), "the header of a WARC record is damaged"),
    ((EOFError,), "its data is cut off"),
    ((zlib.error, lzma.LZMAError, OSError), "its compressed data is damaged"),
    ((NotImplementedError,), "its compression method is not supported"),
    ((MemoryError,), "it needs too much memory"),
)
_NO_SUCH_PLACE: Final = os.strerror(errno.EINVAL)  # where a damaged archive sends its reader
_UNKNOWN: Final = "its content is damaged"


def reason_of(error: Exception) -> str:
    """The reason in words: ours for what a library found, the system's for a file that cannot be read."""
    if isinstance(error, DocumentError):
        return str(error)
    if isinstance(error, OSError) and error.strerror and error.strerror != _NO_SUCH_PLACE:
        return error.strerror
    return next((reason for kinds, reason in _REASONS if isinstance(error, kinds)), _UNKNOWN)
