"""Compares the files of an index with the SHA-256 that the manifest lists: every byte of them."""

from pathlib import Path
from typing import Final

from searchq.errors import IndexUnreadable
from searchq.index.format.manifest import Files, read_manifest
from searchq.regular_file import open_regular

__all__ = ["check", "faults"]

_PIECE: Final = 1 << 22  # bytes hashed at once
_SHOWN: Final = 5  # files listed in an error


def check(directory: Path) -> list[str]:
    """Read every byte of an index; return a sentence for each file that is missing or differs from its SHA-256.

    Raises IndexUnreadable if no file is known to be broken, but some file cannot be read.
    """
    directory = Path(directory)
    broken, unread = _inspect(directory, read_manifest(directory).files)
    if unread and not broken:
        raise IndexUnreadable(f"Cannot check every file of the index in {directory}: {' '.join(unread[:_SHOWN])}")
    return [*broken, *unread]


def faults(directory: Path, files: Files) -> list[str]:
    """Return a sentence for each of these files that was altered or cannot be read."""
    broken, unread = _inspect(directory, files)
    return [*broken, *unread]


def _inspect(directory: Path, files: Files) -> tuple[list[str], list[str]]:
    """Check files; return sentences for broken and for unreadable files."""
    broken: list[str] = []
    unread: list[str] = []
    for name, entry in sorted(files.items()):
        path = directory / name
        try:
            found = path.stat().st_size
            if found != entry.length:
                broken.append(f"{name} holds {found} bytes, not {entry.length}.")
            elif _digest(path) != entry.sha256:
                broken.append(f"{name} was altered: its SHA-256 differs from the manifest.")
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            (broken if missing else unread).append(f"{name} cannot be read: {error.strerror}.")
    return broken, unread


def _digest(path: Path) -> str:
    import hashlib  # loads OpenSSL: 4 ms that a search does not need

    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
