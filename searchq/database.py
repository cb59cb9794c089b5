"""SQLite files that one run at a time writes to: its transactions, and its lock."""

import fcntl
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from searchq.errors import SearchqError
from searchq.regular_file import open_in_place

__all__ = ["Database"]


class Database(ABC):
    """An open file; a context manager that closes it, and says so where it proves to be damaged."""

    _db: sqlite3.Connection
    _lock: int | None = None

    @abstractmethod
    def _damaged(self, error: sqlite3.Error) -> SearchqError:
        """Return what is told of an error of SQLite."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
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
