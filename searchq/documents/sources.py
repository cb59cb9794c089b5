"""Where documents come from: files, folders, globs and standard input, each as a stream of `SourceDocument`.

A stream, so that memory does not grow with the collection. Whatever cannot be read (no permission, too large, an
unknown kind of file, a link that leads back) becomes a `Rejection` with its name and the reason, never an exception
and never silence. Only names beginning with a dot are passed over in folders and archives, as listings do.
"""

import datetime as dt
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR
from typing import BinaryIO, Final, cast

from msgspec import Struct
from msgspec.structs import replace

from searchq.documents.archives import unpack
from searchq.documents.content_type import SNIFFED_BYTES, archive_format, media_of
from searchq.documents.document import Rejection, SourceDocument, document_of, printable
from searchq.question import Source
from searchq.regular_file import NotRegular, open_regular, read_regular

__all__ = ["STDIN", "SourceFile", "find", "open_file"]

STDIN: Final = "-"  # the path that stands for standard input
_SPOOLED_BYTES: Final = 16 * 1024 * 1024  # a zip file on standard input is kept in memory up to here, then on disk


class SourceFile(Struct, frozen=True):
    """A file that may hold documents."""

    path: str

    @property
    def single(self) -> bool:
        """Whether it holds one document, and so can be read anywhere, in any process.

        Its ending tells, or its beginning where the ending does not.
        """
        if self.path == STDIN:
            return False
        return media_of(self.path) is not None or _is_document(self.path)


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[SourceFile | Rejection]:
    """Every file that the paths name, folders walked in sorted order; what is not there is rejected by name."""
    for given in paths:
        path = Path(given)
        if os.fspath(given) == STDIN:
            yield SourceFile(STDIN)
        elif path.is_symlink() or path.exists():
            yield from _visit(path, set())
        else:
            yield from _expand(path)


def open_file(file: SourceFile) -> Iterator[SourceDocument | Rejection]:
    """The documents of one file: itself, or the members of the archive it is."""
    if file.path == STDIN:
        yield from _read(sys.stdin.buffer, "<stdin>")
        return
    try:
        with open_regular(file.path) as stream:
            documents = _read(stream, file.path)
            day = _day_beside(file.path)
            yield from documents if day is None else (_dated(document, day) for document in documents)
    except OSError as error:
        yield _unreadable(file.path, error)


def _day_beside(path: str) -> dt.date | None:
    """The last day a file was as it is, as `searchq fetch` writes it down beside it: `.chamber-56.zip.json`."""
    folder, name = os.path.split(path)
    try:
        told = json.loads(read_regular(Path(folder, f".{name}.json")))
        return dt.date.fromisoformat((told.get("looked") or told["fetched"])[:10])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _dated(document: SourceDocument | Rejection, day: dt.date) -> SourceDocument | Rejection:
    if isinstance(document, Rejection) or document.seen is not None:
        return document
    return replace(document, seen=day)


def _visit(path: Path, seen: set[tuple[int, int]]) -> Iterator[SourceFile | Rejection]:
    """A path somebody named: a folder, or a file of whatever ending."""
    try:
        is_folder = S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield _unreadable(str(path), error)
        return
    if is_folder:
        yield from _walk(str(path), seen)
    else:
        yield SourceFile(str(path))


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[SourceFile | Rejection]:
    """All files below a folder; a stack instead of recursion, since folders may lie deeper than calls may."""
    stack = [_entries(folder, seen)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, Rejection):
            yield entry
        else:
            try:
                if entry.is_dir():
                    stack.append(_entries(entry.path, seen))
                else:
                    yield SourceFile(entry.path) if entry.is_file() else _odd(entry.path)
            except OSError as error:  # a link that leads to itself
                yield _unreadable(entry.path, error)


def _entries(folder: str, seen: set[tuple[int, int]]) -> Iterator[os.DirEntry[str] | Rejection]:
    """What a folder holds, in the order of names; or why that is not told."""
    try:
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            yield Rejection(folder, "it is a folder already read under another name")
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    yield from entries


def _is_document(path: str) -> bool:
    """Whether the beginning of a file is none of an archive; what cannot be read is no archive either."""
    try:
        with open_regular(path) as stream:
            return archive_format(stream.read(SNIFFED_BYTES), path) is None
    except (OSError, ValueError):
        return True


def _odd(path: str) -> Rejection:
    """Why something that is neither folder nor file cannot be read."""
    try:
        Path(path).stat()
    except OSError as error:
        return _unreadable(path, error)
    return _unreadable(path, NotRegular(path))


def _expand(pattern: Path) -> Iterator[SourceFile | Rejection]:
    """The files a glob stands for, in sorted order; a pattern without any is rejected as a missing file is."""
    parts = pattern.parts
    magic = next((i for i, part in enumerate(parts) if set(part) & set("*?[")), None)
    found: list[Path] = []
    if magic is not None:
        try:
            found = sorted(Path(*parts[:magic]).glob("/".join(parts[magic:])))
        except (OSError, ValueError):
            found = []
    if not found:
        yield Rejection(str(pattern), "there is no such file or folder")
    seen: set[tuple[int, int]] = set()
    for path in found:
        yield from _visit(path, seen)


def _read(stream: BinaryIO, path: str) -> Iterator[SourceDocument | Rejection]:
    peekable = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    source = Source(printable(path))
    shape = archive_format(peekable.peek(SNIFFED_BYTES)[:SNIFFED_BYTES], path)
    if shape is None:
        yield document_of(peekable, media_of(path), source)
    elif shape == "zip" and not stream.seekable():
        with tempfile.SpooledTemporaryFile(_SPOOLED_BYTES) as copy:
            while part := peekable.read(io.DEFAULT_BUFFER_SIZE):
                copy.write(part)
            copy.seek(0)
            yield from unpack(io.BufferedReader(cast(io.RawIOBase, copy)), source, shape)
    else:
        yield from unpack(peekable, source, shape)


def _unreadable(path: str, error: OSError | ValueError) -> Rejection:
    if isinstance(error, NotRegular):
        return Rejection(path, str(error.strerror))
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "no file can have this name"
    return Rejection(path, f"it cannot be read: {reason}")
