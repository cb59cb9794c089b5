"""Caches results that are slow to compute in the user's cache folder: $SEARCHQ_CACHE, or searchq/ in the default one.

    dictionary-5f0c….kept     CRC-32 of what follows, 4 bytes │ what was kept

A name contains a hash of everything its content depends on, so an entry is never outdated, only unused. If reading or
writing fails, the entry counts as absent and is computed again.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final
from zlib import crc32

from searchq.atomic_file import UNFINISHED, replaced
from searchq.cache_folder import ENVIRONMENT, cache_folder
from searchq.regular_file import read_regular

__all__ = ["ENVIRONMENT", "keep", "kept", "name_after"]

_SUFFIX: Final = ".kept"
_MAX_FILES: Final = 4  # installations that differ need one each; the oldest goes first
_MAX_WRITING_SECONDS: Final = 3600  # no file is written that long, so its process was killed
_CHECKSUM: Final = 4  # bytes


def name_after(what: str, sources: Iterable[bytes]) -> str:
    """Return the name of an entry that depends on these sources."""
    digest = sha256()
    for source in sources:
        digest.update(len(source).to_bytes(8, "little"))
        digest.update(source)
    return f"{what}-{digest.hexdigest()[:32]}"


def kept(name: str) -> bytes | None:
    """Return the entry of that name; None if there is none, or it is damaged."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        content = read_regular(folder / (name + _SUFFIX))
    except OSError:
        return None
    checksum, content = content[:_CHECKSUM], content[_CHECKSUM:]
    return content if checksum == _checksum(content) else None


def keep(name: str, written: Callable[[], bytes]) -> None:
    """Store an entry under a name, if there is a cache folder; calls `written` only then."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        content = written()
        with replaced(folder / (name + _SUFFIX)) as file:
            file.write(_checksum(content) + content)
        _sweep(folder)


def _checksum(content: bytes) -> bytes:
    """Return a checksum to detect damage; SHA-256 would take five times as long."""
    return crc32(content).to_bytes(_CHECKSUM, "little")


def _sweep(folder: Path) -> None:
    """Remove all but the latest entries, and unfinished files of killed processes, but not those being written."""
    files = sorted(folder.glob("*" + _SUFFIX), key=_written_at)
    long_ago = time.time() - _MAX_WRITING_SECONDS
    left_behind = [file for file in folder.glob("*" + UNFINISHED) if _written_at(file) < long_ago]
    for file in files[:-_MAX_FILES] + left_behind:
        file.unlink(missing_ok=True)


def _written_at(file: Path) -> float:
    """Return when a file was last written, in seconds since 1970."""
    return file.stat().st_mtime
