"""The files of the next generation: those of the index, and those a run writes, which are removed if it fails."""

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from searchq.errors import IndexFault
from searchq.index.format.arrays import Array, FileEntry
from searchq.index.format.manifest import MANIFEST, Files, read_manifest
from searchq.index.write.storage import replace_whole, store_arrays

__all__ = ["Transaction"]


class Transaction:
    """Writes files into an index directory; `known` are all its valid files."""

    def __init__(self, directory: Path, known: Files) -> None:
        self._directory = directory
        self._written: list[str] = []
        self.known = dict(known)

    def store(self, name: str, arrays: Mapping[str, Array]) -> None:
        """Write an array file durably."""
        self._written.append(name)
        self.known[name] = store_arrays(self._directory, name, arrays)

    def put(self, name: str, data: bytes, entry: FileEntry | None = None) -> None:
        """Write a small file durably and atomically; `entry` is what the manifest lists of it, if known."""
        self._written.append(name)
        self.known[name] = entry or FileEntry(len(data), hashlib.sha256(data).hexdigest())
        replace_whole(self._directory, name, data)

    def chosen(self, names: Iterable[str]) -> dict[str, FileEntry]:
        """Return the known files that have one of these names."""
        wanted = set(names)
        return {name: own for name, own in self.known.items() if name in wanted}

    def remove(self) -> None:
        """Remove the files of this run, except those that the manifest lists (if the commit got that far)."""
        try:
            named = read_manifest(self._directory).files
        except IndexFault:
            named = {}
        left = [name for name in self._written if name not in named]
        for name in (*left, *(f"{name}.new" for name in left), f"{MANIFEST}.new"):
            with contextlib.suppress(OSError):
                (self._directory / name).unlink()
