"""Where documents come from: files, folders, globs and standard input, each as a stream of `SourceDocument`.

A stream, so that memory does not grow with the collection. Whatever cannot be read (no permission, too large, an
unknown kind of file, a link that leads back) becomes a `Rejection` with its name and the reason, never an exception
and never silence. Only names beginning with a dot are passed over in folders and archives, as listings do.
"""

import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO, Final, cast

from searchq.documents.archives import MAGIC_BYTES, shape_of, sniff_shape, unpack
from searchq.documents.document import MEDIA, Media, Rejection, SourceDocument, document_of, suffix_of
from searchq.question import Source

__all__ = ["STDIN", "SourceFile", "find", "open_file"]

STDIN: Final = "-"  # the path that stands for standard input
_SPOOLED_BYTES: Final = 16 * 1024 * 1024  # a zip file on standard input is kept in memory up to here, then on disk


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold documents.

    `shape` is the kind of archive its ending announces, `media` the kind of document; with neither, its content tells.
    """

    path: str
    shape: str | None = None
    media: Media | None = None

    @property
    def single(self) -> bool:
        """Whether it holds exactly one document, and so can be read anywhere, in any process."""
        return self.media is not None


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[SourceFile | Rejection]:
    """Every file that the paths name, folders walked in sorted order; what is not there is rejected by name."""
    for given in paths:
        path = Path(given)
        if os.fspath(given) == STDIN:
            yield SourceFile(STDIN)
        elif path.is_symlink() or path.exists():
            yield from _visit(path, set(), named=True)
        else:
            yield from _expand(path)


def open_file(file: SourceFile) -> Iterator[SourceDocument | Rejection]:
    """The documents of one file: itself, or the members of the archive it is."""
    if file.path == STDIN:
        yield from _read(sys.stdin.buffer, SourceFile("<stdin>"))
        return
    try:
        with Path(file.path).open("rb") as stream:
            yield from _read(stream, file)
    except OSError as error:
        yield _unreadable(file.path, error)


def _visit(path: Path, seen: set[tuple[int, int]], named: bool = False) -> Iterator[SourceFile | Rejection]:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        yield _unreadable(str(path), error)
        return
    if S_ISDIR(status.st_mode):
        yield from _walk(path, (status.st_dev, status.st_ino), seen)
    elif not (S_ISREG(status.st_mode) or named):
        yield Rejection(str(path), "it is not a regular file")
    else:
        ending = suffix_of(path.name)
        media = MEDIA.get(ending)
        shape = shape_of(path.name) if media is None else None
        if media or shape or named:
            yield SourceFile(str(path), shape, media)
        else:
            yield Rejection(str(path), f"files ending in “{ending}” are not read")


def _walk(folder: Path, identity: tuple[int, int], seen: set[tuple[int, int]]) -> Iterator[SourceFile | Rejection]:
    if identity in seen:
        yield Rejection(str(folder), "it is a folder already read under another name")
        return
    seen.add(identity)
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    for entry in entries:
        yield from _visit(entry, seen)


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
        yield from _visit(path, seen, named=True)


def _read(stream: BinaryIO, file: SourceFile) -> Iterator[SourceDocument | Rejection]:
    source, shape = Source(file.path), file.shape
    if shape is None and file.media is None:
        peekable = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        shape = sniff_shape(peekable.peek(MAGIC_BYTES)[:MAGIC_BYTES])
        stream = peekable
    if shape is None:
        yield document_of(stream, file.media, source)
    elif shape == "zip" and not stream.seekable():
        with tempfile.SpooledTemporaryFile(_SPOOLED_BYTES) as copy:
            while part := stream.read(io.DEFAULT_BUFFER_SIZE):
                copy.write(part)
            copy.seek(0)
            yield from unpack(cast(BinaryIO, copy), source, shape)
    else:
        yield from unpack(stream, source, shape)


def _unreadable(path: str, error: OSError | ValueError) -> Rejection:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Rejection(path, f"it cannot be read: {reason}")
