"""Files written whole or not at all: under a name of their own first, then renamed over the old one.

.report.json.1f0c9a2b.part     what is being written; a killed process leaves it
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

__all__ = ["UNFINISHED", "replaced", "sync_directory"]

UNFINISHED: Final = ".part"  # how the names of files end that are not whole yet


@contextmanager
def replaced(path: Path, *, sync: bool = False) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` when the block ends well; of two writers the last one wins.

    `sync`: its content is on disk before it has the name. `sync_directory` makes the name itself durable.
    """
    coming = path.with_name(f".{path.name}.{os.urandom(4).hex()}{UNFINISHED}")
    try:
        with coming.open("wb") as file:
            yield file
            if sync:
                file.flush()
                os.fsync(file.fileno())
        coming.replace(path)
    except BaseException:
        with suppress(OSError):
            coming.unlink(missing_ok=True)
        raise


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
