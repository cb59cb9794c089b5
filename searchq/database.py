"""SQLite files that one run at a time writes to: its transactions, its lock, and the checksums of its rows.

SQLite itself notices a damaged page only where its structure is wrong. A `Table` has rows with a column `sum`, which
is compared when it is read, or once when the file is opened; triggers write it, whoever changes a row.
"""

import fcntl
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self
from zlib import crc32

from searchq.errors import SearchqError
from searchq.regular_file import open_in_place

__all__ = ["DAMAGE", "WITHOUT_SUMS", "Database", "Table", "triggers"]

DAMAGE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)  # the second where SQLite quotes what it cannot read
WITHOUT_SUMS: Final = 1  # the version of the files whose rows had no checksums


class Table(NamedTuple):
    """A table whose rows have a checksum of their fields; the first of them are its key."""

    name: str
    fields: Sequence[str]
    key_fields: int = 1

    @property
    def sum(self) -> str:
        """The checksum, in SQL."""
        return f"checksum({', '.join(self.fields)})"

    @property
    def key(self) -> Sequence[str]:
        """The fields that name a row."""
        return self.fields[: self.key_fields]


class Database(ABC):
    """An open file; a context manager that closes it, and says so where it proves to be damaged."""

    _db: sqlite3.Connection
    _lock: int | None = None

    @abstractmethod
    def _damaged(self, error: Exception) -> SearchqError:
        """Return what is told of an error of SQLite."""

    @abstractmethod
    def _prepare(self) -> None:
        """Look at the version of the file that was opened, and at its rows; create the tables of a new one."""

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

    def _open(self, place: str | Path, busy_seconds: float, **options: Any) -> None:
        """Open the file and prepare it, waiting so long for other programs; what fails leaves it closed."""
        try:
            self._db = sqlite3.connect(place, timeout=busy_seconds, isolation_level=None, **options)
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        try:
            self._db.create_function("checksum", -1, _checksum, deterministic=True)
            self._prepare()
        except (*DAMAGE, SearchqError) as error:
            self._db.close()
            if isinstance(error, DAMAGE):
                raise self._damaged(error) from error
            raise

    def _read_version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _is_known(self, version: int, newest: int) -> bool:
        """Whether a file of this version is read, or is a new one; not one that lost its version."""
        if version:
            return version in (WITHOUT_SUMS, newest)
        return not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]

    def _create(self, schema: str, tables: Iterable[Table]) -> None:
        """Create the tables, or give those of a file without checksums theirs."""
        with self.transaction():
            is_older = self._read_version() == WITHOUT_SUMS  # now: another process may have done it
            sums = "".join(map(_add_sums, tables)) if is_older else ""
            for step in _statements(sums + schema):
                self._db.execute(step)

    def _select(self, table: Table, rest: str, values: Iterable[object]) -> Iterator[Sequence[Any]]:
        """The rows of a table. Raises an error of its kind for one that was altered."""
        query = f"SELECT {', '.join(table.fields)}, sum IS {table.sum} FROM {table.name} {rest}"
        for *row, is_whole in self._db.execute(query, tuple(values)):
            if not is_whole:
                raise self._altered(table, row)
            yield row

    def _confirm_rows(self, tables: Iterable[Table]) -> None:
        """Raise an error of its kind where a row was altered."""
        for table in tables:
            query = f"SELECT {', '.join(table.key)} FROM {table.name} WHERE sum IS NOT {table.sum} LIMIT 1"
            for row in self._db.execute(query):
                raise self._altered(table, row)

    def _altered(self, table: Table, row: Sequence[Any]) -> SearchqError:
        name = "-".join(map(str, row[: table.key_fields]))
        return self._damaged(sqlite3.DatabaseError(f"{table.name} {name} is not as it was written"))

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


def triggers(table: Table) -> str:
    """The statements that keep the checksum of each row of a table."""
    is_row = " AND ".join(f"{field} = NEW.{field}" for field in table.key)
    return "".join(
        f"CREATE TRIGGER IF NOT EXISTS {table.name}_{event.split()[0].lower()} AFTER {event} ON {table.name} BEGIN"
        f" UPDATE {table.name} SET sum = {table.sum} WHERE {is_row}; END;"
        for event in ("INSERT", f"UPDATE OF {', '.join(table.fields)}")
    )


def _add_sums(table: Table) -> str:
    return f"ALTER TABLE {table.name} ADD COLUMN sum; UPDATE {table.name} SET sum = {table.sum};"


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end the transaction around it."""
    begun = ""
    for piece in script.split(";"):
        begun += f"{piece};"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def _checksum(*values: object) -> int:
    total = 0
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        total = crc32(data, crc32(b"%s %d " % (_KINDS[type(value)], len(data)), total))
    return total


_KINDS: Final[dict[type, bytes]] = {type(None): b"n", int: b"i", float: b"f", str: b"s", bytes: b"b"}
