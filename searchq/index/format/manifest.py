"""The manifest: one JSON file that lists the whole index; a file it does not list is not part of the index.

    {"format": 4, "schema": "9c1f…", "analysis": 3, "generation": 12, "questions": 39997,
     "segments": [{"name": "MAIN_7f3a…", "docs": 40000, "deleted": "MAIN_7f3a….12.deleted", "deleted_count": 3}],
     "blobs": {"sources": "MAIN_sources_1f0c….blob"},
     "files": {"MAIN_7f3a….words": [52034816, "<SHA-256>", <checksum of its table of checksums>], …},
     "blake2b": "<digest of all the above>"}

It vouches for itself (`seal.py`), and each of its parts for the others: every file is named once, by a segment or a
blob, and the questions are those of the segments. It is replaced by a rename, so a reader sees either the old
generation or the new one. Whoosh's own table of contents is written beside it; only Whoosh reads that.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field, to_builtins

from searchq.analysis.terms import ANALYSIS_VERSION
from searchq.errors import REBUILD, IndexBroken, IndexMissing, IndexOutdated, IndexUnreadable
from searchq.index.format.arrays import FIRST_CHECKED, FORMAT_VERSION, FileEntry
from searchq.index.format.seal import SEAL, is_sealed, sealed
from searchq.index.schema import FINGERPRINT
from searchq.lazy_regex import lazy
from searchq.regular_file import read_regular

__all__ = [
    "DICTIONARY",
    "EXTENSIONS",
    "FIRST_SEEN_LOG",
    "MANIFEST",
    "ORIGIN_DIGITS",
    "Files",
    "Manifest",
    "SegmentEntry",
    "files_of",
    "missing",
    "other_version",
    "parse_manifest",
    "read_manifest",
    "read_older_manifest",
    "toc_name",
    "unreadable",
]

MANIFEST: Final = "manifest.json"
EXTENSIONS: Final = ("words", "columns", "records")  # of the files of a segment
DICTIONARY: Final = "dictionary"  # the blob with the packed dictionary that the words were analysed with
FIRST_SEEN_LOG: Final = "first_seen"  # the blob with when the questions that are gone were first seen
ORIGIN_DIGITS: Final = 16  # at its beginning: what identifies the index
_NAME: Final = lazy(r"_?MAIN_[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")  # no path outside the folder
_RENEW: Final = "renew it with `searchq upgrade`"

Files = Mapping[str, FileEntry]


class SegmentEntry(Struct, frozen=True):
    """A segment: its name, its number of documents, and the file that marks the deleted ones."""

    name: str
    docs: int
    deleted: str | None = None
    deleted_count: int = 0


class Manifest(Struct, frozen=True):
    """One generation of an index."""

    generation: int = 0
    segments: tuple[SegmentEntry, ...] = ()
    blobs: Mapping[str, str] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    format: int = FORMAT_VERSION
    schema: str = FINGERPRINT
    analysis: int = ANALYSIS_VERSION

    @property
    def questions(self) -> int:
        """Count the documents that are not deleted."""
        return sum(entry.docs - entry.deleted_count for entry in self.segments)

    def to_bytes(self) -> bytes:
        return sealed({**to_builtins(self), "questions": self.questions})


def toc_name(generation: int) -> str:
    """Return the file name of Whoosh's table of contents, which it looks for."""
    return f"_MAIN_{generation}.toc"


def files_of(entry: SegmentEntry) -> list[str]:
    """Return the names of the files of a segment."""
    own = [f"{entry.name}.{extension}" for extension in EXTENSIONS]
    return own if entry.deleted is None else [*own, entry.deleted]


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of an index and check its versions.

    Raises IndexMissing, IndexUnreadable, IndexBroken, or IndexOutdated with the remedy.
    """
    return _read(directory, _refuse_other_versions)


def read_older_manifest(directory: Path) -> Manifest | None:
    """Read the manifest of an outdated index whose records can still be read; None if the index is not outdated.

    Raises IndexMissing, IndexUnreadable, IndexBroken, or IndexOutdated if a newer searchq made it.
    """
    manifest = _read(directory, lambda directory, data: None)
    return None if other_version(manifest) is None else manifest


def other_version(manifest: Manifest) -> str | None:
    """Return what of a manifest is of another version than this searchq writes: format, schema or analysis."""
    return _other_version(to_builtins(manifest))


def parse_manifest(directory: Path, raw: bytes) -> Manifest:
    """Parse the manifest of an index of this version or an older one. Raises IndexBroken, IndexOutdated if newer."""
    return _parse(directory, raw, lambda directory, data: None)


def missing(directory: Path) -> IndexMissing:
    """Return what is raised where a directory holds no index yet."""
    return IndexMissing(f"There is no index in {directory} yet; build one with `searchq index FILES`.")


def unreadable(directory: Path, error: OSError) -> IndexUnreadable:
    """Return what is raised where a file of an index is there and cannot be read."""
    return IndexUnreadable(f"The index in {directory} cannot be read: {error.strerror}.")


def _read(directory: Path, refuse: Callable[[Path, dict[str, Any]], None]) -> Manifest:
    try:
        raw = read_regular(directory / MANIFEST)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise missing(directory) from error
    except OSError as error:
        raise unreadable(directory, error) from error
    return _parse(directory, raw, refuse)


def _parse(directory: Path, raw: bytes, refuse: Callable[[Path, dict[str, Any]], None]) -> Manifest:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise IndexBroken(f"The manifest of the index in {directory} is torn; {REBUILD}.") from error
    try:
        _refuse_newer_format(directory, data)
        if not is_sealed(raw) and (data["format"] >= FIRST_CHECKED or SEAL in data):
            raise IndexBroken(f"The manifest of the index in {directory} was altered: its digest differs; {REBUILD}.")
        refuse(directory, data)
        return _manifest(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexBroken(f"The manifest of the index in {directory} lacks {error}; {REBUILD}.") from error


def _refuse_other_versions(directory: Path, data: dict[str, Any]) -> None:
    if what := _other_version(data):
        made, wanted = data[what], _versions()[what]
        raise IndexOutdated(f"The index in {directory} was made with {what} {made}, not {wanted}; {_RENEW}.")


def _refuse_newer_format(directory: Path, data: dict[str, Any]) -> None:
    if _count(data["format"]) > FORMAT_VERSION:
        raise IndexOutdated(f"The index in {directory} was made by a newer searchq; upgrade searchq, or {REBUILD}.")


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
        {name: _file_entry(*entry) for name, entry in data["files"].items()},
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
    if manifest.format >= FIRST_CHECKED:
        _refuse_unbound(manifest, data["questions"])
    return manifest


def _refuse_unbound(manifest: Manifest, questions: object) -> None:
    """Raise ValueError where parts of a manifest do not belong to each other."""
    names = list(_named(manifest))
    if odd := set(names) ^ manifest.files.keys():
        raise ValueError(f"what belongs to {min(odd)!r}")
    if len(names) != len(set(names)):
        raise ValueError("files of its own for each part")
    for name, file in manifest.blobs.items():
        if not file.startswith(f"MAIN_{name}_") or "_" in file.removeprefix(f"MAIN_{name}_"):
            raise ValueError(f"the blob {name!r}")
    for entry in manifest.segments:
        marks = entry.deleted is not None and entry.deleted.startswith(f"{entry.name}.")
        if marks != bool(entry.deleted_count):
            raise ValueError(f"the deleted documents of {entry.name}")
    if _count(questions) != manifest.questions:
        raise ValueError(f"{questions} questions, but has {manifest.questions}")


def _named(manifest: Manifest) -> Iterator[str]:
    """Yield the files that the parts of a manifest name."""
    yield toc_name(manifest.generation)
    yield from manifest.blobs.values()
    for entry in manifest.segments:
        yield from files_of(entry)


def _file_entry(length: object, digest: object, sums: object = None) -> FileEntry:
    return FileEntry(_count(length), str(digest), None if sums is None else _count(sums))


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"a number instead of {value!r}")
    return value
