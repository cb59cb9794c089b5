"""SQLite files that one run at a time writes to: its transactions, and its lock."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchq.errors import SearchqError
from searchq.regular_file import open_in_place

__all__ = ["lock_run", "transaction"]


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All that is entered within, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # a full disk ends it by itself
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def lock_run(path: Path, busy: SearchqError) -> int:
    """Lock a file for one run; the lock ends when the descriptor returned is closed.

    Raises `busy` while another run has it, an error of its kind where the folder has no locks, NotRegular for a link.
    """
    lock = open_in_place(path, os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        if isinstance(error, BlockingIOError):
            raise busy from error
        raise type(busy)(f"{path.parent} cannot be locked: {error.strerror}; use another disk.") from error
    return lock
