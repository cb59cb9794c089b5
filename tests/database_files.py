"""SQLite files as they should not be: with a bit that flipped, or as a version before checksums wrote them."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

__all__ = ["each_flipped", "without_sums"]


def each_flipped(path: Path, places: Iterable[int]) -> Iterator[int]:
    """Flip a bit of the byte at each place, one place after the other."""
    data = path.read_bytes()
    for place in places:
        torn = bytearray(data)
        torn[place] ^= 1 << place % 8
        path.write_bytes(torn)
        yield place


def without_sums(path: Path, tables: Iterable[str]) -> None:
    """Leave the file as version 1 wrote it, whose rows had no checksums."""
    with closing(sqlite3.connect(path)) as raw:
        for table in tables:
            for event in ("insert", "update"):
                raw.execute(f"DROP TRIGGER {table}_{event}")
            raw.execute(f"ALTER TABLE {table} DROP COLUMN sum")
        raw.execute("PRAGMA user_version = 1")
        raw.commit()
