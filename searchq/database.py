"""SQLite files that one run at a time writes to: its transactions, its lock, and the checksums of its rows.

SQLite itself notices a damaged page only where its structure is wrong. A table whose rows have a column `sum` is
compared when it is read; triggers write it, whoever changes a row.
"""

import fcntl
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from zlib import crc32

from searchq.errors import SearchqError
from searchq.regular_file import open_in_place

__all__ = ["DAMAGE", "Database", "fill_sums", "statements", "triggers"]


DAMAGE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)  # the second where SQLite quotes what it cannot read


class Database(ABC):
    """An open file; a context manager that closes it, and says so where it proves to be damaged."""

    _db: sqlite3.Connection
    _lock: int | None = None

    @abstractmethod
    def _damaged(self, error: Exception) -> SearchqError:
        """Return what is told of an error of SQLite."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, DAMAGE):
            raise self._damaged(error) from error

    def close(self) -> None:
        """Close the file and let the next run in; may be called twice."""
        self._db.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is entered within, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # a full disk ends it by itself
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _register_sums(self) -> None:
        """Let this connection work out checksums; before anything is read or written."""
        self._db.create_function("checksum", -1, _checksum, deterministic=True)

    def _select(self, table: str, names: Sequence[str], rest: str, values: Iterable[object]) -> Iterator[Sequence[Any]]:
        """The rows of a table with checksums. Raises an error of its kind for one that was altered."""
        query = f"SELECT {', '.join(names)}, sum IS {_sum_of(names)} FROM {table} {rest}"
        for *row, is_whole in self._db.execute(query, tuple(values)):
            if not is_whole:
                raise self._damaged(sqlite3.DatabaseError(f"{table} {row[0]} is not as it was written"))
            yield row

    def _confirm_structure(self) -> None:
        """Raise an error of its kind where pages of the file are damaged."""
        told = self._db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if told != "ok":
            raise self._damaged(sqlite3.DatabaseError(" ".join(str(told).split())))

    def _lock_run(self, path: Path, busy: SearchqError) -> None:
        """Become the only run, until the file is closed.

        Raises `busy` while there is another, an error of its kind where the folder has no locks, NotRegular for a link.
        """
        lock = open_in_place(path, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            if isinstance(error, BlockingIOError):
                raise busy from error
            raise type(busy)(f"{path.parent} cannot be locked: {error.strerror}; use another disk.") from error
        self._lock = lock


def triggers(table: str, names: Sequence[str]) -> str:
    """The statements that keep the checksum of each row of a table, whose first field is its key."""
    key = names[0]
    return "".join(
        f"CREATE TRIGGER IF NOT EXISTS {table}_{event.split()[0].lower()} AFTER {event} ON {table} BEGIN"
        f" UPDATE {table} SET sum = {_sum_of(names)} WHERE {key} = NEW.{key}; END;"
        for event in ("INSERT", f"UPDATE OF {', '.join(names)}")
    )


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end the transaction around it."""
    begun = ""
    for piece in script.split(";"):
        begun += f"{piece};"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def fill_sums(table: str, names: Sequence[str]) -> str:
    """The statement that sets the checksum of every row."""
    return f"UPDATE {table} SET sum = {_sum_of(names)};"


def _sum_of(names: Sequence[str]) -> str:
    return f"checksum({', '.join(names)})"


def _checksum(*values: object) -> int:
    total = 0
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        total = crc32(data, crc32(b"%s %d " % (_KINDS[type(value)], len(data)), total))
    return total


_KINDS: Final[dict[type, bytes]] = {type(None): b"n", int: b"i", float: b"f", str: b"s", bytes: b"b"}
