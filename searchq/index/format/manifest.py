"""The manifest: one JSON file that lists the whole index; a file it does not list is not part of the index.

    {"format": 1, "schema": "9c1f…", "analysis": 3, "generation": 12,
     "segments": [{"name": "MAIN_7f3a…", "docs": 40000, "deleted": "MAIN_7f3a….12.deleted", "deleted_count": 3}],
     "blobs": {"sources": "MAIN_sources.12.blob"},
     "files": {"MAIN_7f3a….words": [52034816, "<SHA-256>"], …}}

It is replaced by a rename, so a reader sees either the old generation or the new one. Whoosh's own table of contents
is written beside it; only Whoosh reads that.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field, to_builtins

from searchq.analysis.terms import ANALYSIS_VERSION
from searchq.errors import IndexBroken, IndexMissing, IndexOutdated, IndexUnreadable
from searchq.index.format.arrays import FORMAT_VERSION
from searchq.index.schema import FINGERPRINT
from searchq.lazy_regex import lazy
from searchq.regular_file import open_regular, read_regular

__all__ = [
    "DICTIONARY",
    "FIRST_SEEN_LOG",
    "MANIFEST",
    "ORIGIN_DIGITS",
    "Manifest",
    "SegmentEntry",
    "check",
    "faults",
    "read_manifest",
    "read_older_manifest",
]

MANIFEST: Final = "manifest.json"
DICTIONARY: Final = "dictionary"  # the blob with the packed dictionary that the words were analysed with
FIRST_SEEN_LOG: Final = "first_seen"  # the blob with when the questions that are gone were first seen
ORIGIN_DIGITS: Final = 16  # at its beginning: what identifies the index
_NAME: Final = lazy(r"_?MAIN_[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")  # no path outside the folder
_PIECE: Final = 1 << 22  # bytes hashed at once
_SHOWN: Final = 5  # files listed in an error
_RENEW: Final = "renew it with `searchq upgrade`"
_AGAIN: Final = "build it again with `searchq index --rebuild`"


class SegmentEntry(Struct, frozen=True):
    """A segment: its name, its number of documents, and the file that marks the deleted ones."""

    name: str
    docs: int
    deleted: str | None = None
    deleted_count: int = 0


class Manifest(Struct, frozen=True):
    """One generation of an index; files by name with length in bytes and SHA-256."""

    generation: int = 0
    segments: tuple[SegmentEntry, ...] = ()
    blobs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT_VERSION
    schema: str = FINGERPRINT
    analysis: int = ANALYSIS_VERSION

    def to_bytes(self) -> bytes:
        return (json.dumps(to_builtins(self), indent=1, ensure_ascii=False) + "\n").encode()


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of an index and check its versions.

    Raises IndexMissing, IndexUnreadable, IndexBroken, or IndexOutdated with the remedy.
    """
    return _read(directory, _refuse_other_versions)


def read_older_manifest(directory: Path) -> Manifest | None:
    """Read the manifest of an outdated index whose records can still be read; None if the index is not outdated.

    Raises IndexMissing, IndexBroken, or IndexOutdated if a newer searchq made it.
    """
    manifest = _read(directory, _refuse_newer_format)
    return None if _other_version(to_builtins(manifest)) is None else manifest


def _read(directory: Path, refuse: Callable[[Path, dict[str, Any]], None]) -> Manifest:
    try:
        data = json.loads(read_regular(directory / MANIFEST))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"There is no index in {directory} yet; build one with `searchq index FILES`.") from error
    except OSError as error:
        raise IndexUnreadable(f"The index in {directory} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise IndexBroken(f"The manifest of the index in {directory} is torn; {_AGAIN}.") from error
    try:
        refuse(directory, data)
        return _manifest(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexBroken(f"The manifest of the index in {directory} lacks {error}; {_AGAIN}.") from error


def check(directory: Path) -> list[str]:
    """Read every byte of an index; return a sentence for each file that is missing or differs from its SHA-256.

    Raises IndexUnreadable if no file is known to be broken, but some file cannot be read.
    """
    directory = Path(directory)
    broken, unread = _inspect(directory, read_manifest(directory).files)
    if unread and not broken:
        raise IndexUnreadable(f"Cannot check every file of the index in {directory}: {' '.join(unread[:_SHOWN])}")
    return [*broken, *unread]


def faults(directory: Path, files: Mapping[str, tuple[int, str]]) -> list[str]:
    """Return a sentence for each of these files that was altered or cannot be read."""
    broken, unread = _inspect(directory, files)
    return [*broken, *unread]


def _inspect(directory: Path, files: Mapping[str, tuple[int, str]]) -> tuple[list[str], list[str]]:
    """Check files, given by name with length and SHA-256; return sentences for broken and for unreadable files."""
    broken: list[str] = []
    unread: list[str] = []
    for name, (length, digest) in sorted(files.items()):
        path = directory / name
        try:
            found = path.stat().st_size
            if found != length:
                broken.append(f"{name} holds {found} bytes, not {length}.")
            elif _digest(path) != digest:
                broken.append(f"{name} was altered: its SHA-256 differs from the manifest.")
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            (broken if missing else unread).append(f"{name} cannot be read: {error.strerror}.")
    return broken, unread


def _refuse_other_versions(directory: Path, data: dict[str, Any]) -> None:
    _refuse_newer_format(directory, data)
    if what := _other_version(data):
        made, wanted = data[what], _versions()[what]
        raise IndexOutdated(f"The index in {directory} was made with {what} {made}, not {wanted}; {_RENEW}.")


def _refuse_newer_format(directory: Path, data: dict[str, Any]) -> None:
    if _count(data["format"]) > FORMAT_VERSION:
        raise IndexOutdated(f"The index in {directory} was made by a newer searchq; upgrade searchq, or {_AGAIN}.")


def _other_version(data: dict[str, Any]) -> str | None:
    """Return the first version number that differs from the current one."""
    return next((what for what, version in _versions().items() if data[what] != version), None)


def _versions() -> dict[str, object]:
    return {"format": FORMAT_VERSION, "schema": FINGERPRINT, "analysis": ANALYSIS_VERSION}


def _manifest(data: dict[str, Any]) -> Manifest:
    for name in (*data["files"], *(entry["name"] for entry in data["segments"])):
        if not _NAME.fullmatch(name):
            raise ValueError(f"a file name instead of {name!r}")
    manifest = Manifest(
        _count(data["generation"]),
        tuple(SegmentEntry(**entry) for entry in data["segments"]),
        dict(data["blobs"]),
        {name: (_count(length), str(digest)) for name, (length, digest) in data["files"].items()},
        data["format"],
        data["schema"],
        data["analysis"],
    )
    for entry in manifest.segments:
        _count(_count(entry.docs) - _count(entry.deleted_count))
    deleted = [entry.deleted for entry in manifest.segments if entry.deleted is not None]
    for name in (*manifest.blobs.values(), *deleted):
        if name not in manifest.files:
            raise ValueError(f"the file {name!r}")
    return manifest


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"a number instead of {value!r}")
    return value


def _digest(path: Path) -> str:
    import hashlib  # loads OpenSSL: 4 ms that a search does not need

    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
