"""The write lock of an index: a file lock, which the system releases if its holder dies, with a note of the holder."""

import errno
import fcntl
import json
import os
import socket
import time
from pathlib import Path
from typing import Final

from searchq.errors import IndexLocked, IndexWriteError
from searchq.regular_file import NotRegular, open_in_place

__all__ = ["LOCK", "WriteLock"]

LOCK: Final = "write.lock"
_RETRY_SECONDS: Final = 0.5  # how long to wait for a writer that is about to finish
_PAUSE: Final = 0.05
_HELD: Final = (errno.EWOULDBLOCK, errno.EACCES)  # by another process; any other error is no answer


class WriteLock:
    """Holds the lock file of a directory from construction until `release`."""

    def __init__(self, directory: Path) -> None:
        """Raises IndexLocked, naming the holder, within a second; IndexWriteError if the file cannot be created."""
        self._path = directory / LOCK
        try:
            self._file = open_in_place(self._path, os.O_RDWR)
        except NotRegular as error:
            raise IndexWriteError(f"{self._path} is a link or a device, not a lock file; remove it.") from error
        except OSError as error:
            raise IndexWriteError(f"The folder {directory} cannot be written: {error.strerror}.") from error
        try:
            self._acquire()
        except BaseException:
            os.close(self._file)
            raise

    @property
    def held(self) -> bool:
        return self._file >= 0

    def confirm(self) -> None:
        """Raise IndexWriteError if the lock file was deleted or recreated; another writer may hold the new one."""
        try:
            is_ours = os.path.samestat(os.fstat(self._file), self._path.stat())
        except OSError:
            is_ours = False
        if not is_ours:
            raise IndexWriteError(
                f"{self._path} was removed while this run held it; nothing was written, run it again."
            )

    def release(self) -> None:
        """Release the lock; may be called twice."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _acquire(self) -> None:
        deadline = time.monotonic() + _RETRY_SECONDS
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in _HELD:
                    raise IndexWriteError(
                        f"The folder {self._path.parent} cannot be locked: {error.strerror}; "
                        "put the index on a file system with locks."
                    ) from error
                if time.monotonic() > deadline:
                    raise IndexLocked(
                        f"Another process is writing to {self._path.parent}: {self._holder()}."
                    ) from error
                time.sleep(_PAUSE)
        self._sign()

    def _sign(self) -> None:
        if os.fstat(self._file).st_nlink > 1:  # a hard link: its content is also another file's
            return
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, json.dumps(note).encode(), 0)
        except OSError:  # a full disk: the lock is held without its note
            return

    def _holder(self) -> str:
        try:
            note = json.loads(os.pread(self._file, 1000, 0))
            return f"process {note['pid']} on {note['host']}, since {note['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "it has not said who it is"
