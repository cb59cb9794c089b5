"""The members of a tar archive, read as a stream, with bounds and faults of ours.

What Python's versions make of a broken header differs: one ignores attributes that the next refuses, and some take a
time that is quadratic in them. So they are checked here first, and whatever tarfile raises gets the same words.
"""

import io
import tarfile
from collections.abc import Iterator
from tarfile import HeaderError
from typing import Final, Protocol, Self, cast

from searchq.documents.archive_faults import DAMAGED_TAR
from searchq.documents.budget import BudgetExceeded
from searchq.errors import DocumentError
from searchq.limits import MAX_MEMBER_NAME_BYTES

__all__ = ["open_tar", "tar_members"]

_ATTRIBUTES: Final = frozenset({tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE})
_DESCRIBING: Final = _ATTRIBUTES | {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}  # they tell of the next member
_END: Final = (tarfile.EOFHeaderError, tarfile.EmptyHeaderError)  # type: ignore[attr-defined]
_MAX_DIGITS: Final = len(str(MAX_MEMBER_NAME_BYTES))


def open_tar(stream: io.BufferedReader) -> tarfile.TarFile:
    """An archive to read member by member. Raises as `tar_members` does."""
    try:
        return tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member)
    except Exception as error:
        raise _in_our_words(error) from error


def tar_members(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The headers of its members. Raises DocumentError, BudgetExceeded, and OSError of the file system."""
    while True:
        try:
            member = archive.next()
        except Exception as error:
            raise _in_our_words(error) from error
        if member is None:
            return
        yield member
        archive.members.clear()  # type: ignore[attr-defined]  # tarfile remembers every member otherwise


def _in_our_words(error: Exception) -> Exception:
    is_ours = isinstance(error, (DocumentError, BudgetExceeded)) or (isinstance(error, OSError) and error.errno)
    return error if is_ours else DocumentError(DAMAGED_TAR)


class _Stream(Protocol):
    def read(self, size: int) -> bytes: ...
    def tell(self) -> int: ...


class _Replayed:
    """A stream of which some bytes were read already: the first reading gives those."""

    def __init__(self, data: bytes, stream: _Stream) -> None:
        self._data, self._stream = data, stream

    def read(self, size: int) -> bytes:
        data, self._data = self._data, b""
        return data or self._stream.read(size)

    def tell(self) -> int:
        return self._stream.tell()


class _Member(tarfile.TarInfo):
    """A member whose name and attributes have a bound: tarfile reads them whole, whatever size they claim."""

    def _proc_member(self, archive: tarfile.TarFile) -> Self | None:
        """Pass on a header; the hook that tarfile names for subclasses, called for every header in all its versions.

        Raises DocumentError where a name or attributes are larger than MAX_MEMBER_NAME_BYTES or damaged.
        """
        if self.type in _DESCRIBING and self.size > MAX_MEMBER_NAME_BYTES:
            raise DocumentError(f"the name of a member is larger than {MAX_MEMBER_NAME_BYTES // 1024} kB")
        if self.type not in _ATTRIBUTES:
            return self._pass_on(archive)
        stream = cast(_Stream, archive.fileobj)
        data = stream.read(-(-self.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE)
        _check_attributes(data[: self.size])
        archive.fileobj = _Replayed(data, stream)  # type: ignore[assignment]
        try:
            return self._pass_on(archive)
        finally:
            archive.fileobj = stream  # type: ignore[assignment]

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        """The next header. Raises DocumentError where it is none: tarfile takes that for the archive's end."""
        try:
            return super().fromtarfile(tarfile)
        except _END:
            raise
        except HeaderError as error:
            raise DocumentError(DAMAGED_TAR) from error

    def _pass_on(self, archive: tarfile.TarFile) -> Self | None:
        return cast("Self | None", super()._proc_member(archive))  # type: ignore[misc]


def _check_attributes(data: bytes) -> None:
    """Raise DocumentError unless the data are records of POSIX: `LENGTH KEYWORD=VALUE` and the end of a line."""
    start = 0
    while start < len(data) and data[start]:
        digits, blank, _ = data[start : start + _MAX_DIGITS + 1].partition(b" ")
        end = start + int(digits) if digits.isdigit() else 0
        keyword, equals, _ = data[start + len(digits) + 1 : end].partition(b"=")
        if not (blank and keyword and equals and end <= len(data) and data[end - 1 : end] == b"\n"):
            raise DocumentError("the attributes of a member are damaged")
        start = end
