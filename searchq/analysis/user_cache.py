"""What took long to work out, kept in the user's cache folder: $SEARCHQ_CACHE, or searchq/ where caches belong.

    dictionary-5f0c….kept     CRC-32 of what follows, 4 bytes │ what was kept

A name tells by a hash what its content follows from, so nothing here is ever out of date, only no longer asked for. A
cache only saves time: whatever goes wrong with it, what is asked for is simply not there, and worked out anew.
"""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final
from zlib import crc32

from platformdirs import user_cache_path

from searchq.atomic_file import UNFINISHED, replaced

__all__ = ["ENVIRONMENT", "keep", "kept", "name_after"]

ENVIRONMENT: Final = "SEARCHQ_CACHE"  # another folder; empty: nothing is kept

_SUFFIX: Final = ".kept"
_MAX_FILES: Final = 4  # installations that differ need one each; the oldest goes first
_MAX_WRITING_SECONDS: Final = 3600  # no file is written that long, so its process was killed
_CHECKSUM: Final = 4  # bytes


def name_after(what: str, sources: Iterable[bytes]) -> str:
    """The name of something that follows from these sources."""
    digest = sha256()
    for source in sources:
        digest.update(len(source).to_bytes(8, "little"))
        digest.update(source)
    return f"{what}-{digest.hexdigest()[:32]}"


def kept(name: str) -> bytes | None:
    """What was kept under a name; None when nothing was, or it is damaged."""
    folder = _folder()
    if folder is None:
        return None
    try:
        content = (folder / (name + _SUFFIX)).read_bytes()
    except OSError:
        return None
    checksum, content = content[:_CHECKSUM], content[_CHECKSUM:]
    return content if checksum == _checksum(content) else None


def keep(name: str, written: Callable[[], bytes]) -> None:
    """Keep something under a name, where that can be done; it is written out only then."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        content = written()
        with replaced(folder / (name + _SUFFIX)) as file:
            file.write(_checksum(content) + content)
        _sweep(folder)


def _folder() -> Path | None:
    """Where to keep things; None for nowhere."""
    chosen = os.environ.get(ENVIRONMENT)
    if chosen is not None:
        return Path(chosen).expanduser() if chosen else None
    try:
        folder = user_cache_path("searchq", appauthor=False)
    except RuntimeError:  # a user without a home
        return None
    return folder if folder.is_absolute() else None  # older platformdirs return ~/.cache then


def _checksum(content: bytes) -> bytes:
    """What tells content that is whole from content that is not; SHA-256 would take five times as long."""
    return crc32(content).to_bytes(_CHECKSUM, "little")


def _sweep(folder: Path) -> None:
    """Remove all but the latest, and what killed processes left half written; what others write now is theirs."""
    files = sorted(folder.glob("*" + _SUFFIX), key=_written_at)
    long_ago = time.time() - _MAX_WRITING_SECONDS
    left_behind = [file for file in folder.glob("*" + UNFINISHED) if _written_at(file) < long_ago]
    for file in files[:-_MAX_FILES] + left_behind:
        file.unlink(missing_ok=True)


def _written_at(file: Path) -> float:
    """When a file was last written, in seconds since 1970."""
    return file.stat().st_mtime
