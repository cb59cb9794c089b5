"""The files of the next generation: those of the index, and those a run writes, which are removed if it fails."""

import contextlib
import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from searchq.atomic_file import replaced
from searchq.errors import IndexFault
from searchq.index.format.arrays import Array, FileEntry
from searchq.index.format.manifest import MANIFEST, Files, Manifest, SegmentEntry, files_of, parse_manifest, toc_name
from searchq.index.write.storage import replace_whole, store_arrays
from searchq.regular_file import read_regular

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

    def store_blob(self, name: str, data: bytes) -> str:
        """Write a blob durably; return the name of its file."""
        file = f"MAIN_{name}_{secrets.token_hex(6)}.blob"
        self.store(file, {"blob": np.frombuffer(data, np.uint8)})
        return file

    def put(self, name: str, data: bytes, entry: FileEntry | None = None) -> None:
        """Write a small file durably and atomically; `entry` is what the manifest lists of it, if known."""
        self._written.append(name)
        self.known[name] = entry or FileEntry(len(data), hashlib.sha256(data).hexdigest())
        replace_whole(self._directory, name, data)

    def copy(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a known file durably and atomically, piece by piece."""
        self._written.append(name)
        with replaced(self._directory / name, sync=True) as file:
            for piece in pieces:
                file.write(piece)

    def manifest(
        self,
        before: Manifest,
        generation: int,
        segments: Sequence[tuple[SegmentEntry, npt.NDArray[np.bool_]]],
        blobs: Mapping[str, str],
    ) -> Manifest:
        """Put Whoosh's table of contents of segments and their live documents; return the manifest of a generation."""
        from searchq.index.codec.toc import toc_bytes  # loads Whoosh: 80 ms, while workers prepare (`get_ready`)

        self.put(toc_name(generation), toc_bytes(generation, segments))
        entries = tuple(entry for entry, _ in segments)
        named = {toc_name(generation), *blobs.values(), *chain.from_iterable(map(files_of, entries))}
        files = {name: own for name, own in self.known.items() if name in named}
        return replace(before, generation=generation, segments=entries, blobs=blobs, files=files)

    def remove(self) -> None:
        """Remove the files of this run, except those that the manifest lists (if the commit got that far)."""
        try:
            named = parse_manifest(self._directory, read_regular(self._directory / MANIFEST)).files
        except (IndexFault, OSError):
            named = {}
        left = [name for name in self._written if name not in named]
        for name in (*left, *(f"{name}.new" for name in left), f"{MANIFEST}.new"):
            with contextlib.suppress(OSError):
                (self._directory / name).unlink()
