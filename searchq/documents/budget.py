"""What unpacking an archive may cost: bytes out for bytes in, and processor time, for each archive and for a whole run.

Every archive may give MAX_ARCHIVE_RATIO times its own bytes, and so much more that an honest small one never meets a
bound; that allowance is limited for all archives of a process together, so that many small bombs cost no more than one.
"""

import io
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, TypeVar

from searchq.limits import (
    ARCHIVE_ALLOWANCE_BYTES,
    ARCHIVE_ALLOWANCE_SECONDS,
    MAX_ARCHIVE_RATIO,
    MAX_ARCHIVE_SECONDS_PER_MB,
    RUN_ALLOWANCE_BYTES,
    RUN_ALLOWANCE_SECONDS,
)

__all__ = ["Budget", "BudgetExceeded", "Metered"]

T = TypeVar("T")

_MB: Final = 1024 * 1024


class BudgetExceeded(Exception):
    """An archive costs more than its size allows; the text is a clause."""


class Allowance:
    """What all archives of a process may cost beyond what their sizes allow."""

    def __init__(self, used_bytes: float = RUN_ALLOWANCE_BYTES, seconds: float = RUN_ALLOWANCE_SECONDS) -> None:
        self.bytes, self.seconds = used_bytes, seconds


_OF_THIS_PROCESS: Final = Allowance()


class Budget:
    """What one archive, with all archives within it, has cost so far."""

    def __init__(self, size: int = 0, common: Allowance = _OF_THIS_PROCESS) -> None:
        """`size` of the archive in bytes, where it is known; else `read` counts them."""
        self._common = common
        self._read = size
        self._unpacked = 0
        self._seconds = 0.0
        self._since: float | None = None
        self._beyond = (0.0, 0.0)  # what of the common allowance it used: bytes, seconds

    def read(self, count: int) -> None:
        """Note bytes of the archive itself."""
        self._read += count

    def unpack(self, count: int) -> None:
        """Note bytes unpacked. Raises BudgetExceeded."""
        self._unpacked += count
        self.check()

    def timed(self, items: Iterator[T]) -> T | None:
        """The next item, and the time it takes noted; None at the end. Raises BudgetExceeded."""
        self._since = time.process_time()
        try:
            return next(items, None)
        finally:
            self._seconds += time.process_time() - self._since
            self._since = None

    def check(self) -> None:
        """Raise BudgetExceeded where the archive costs more than it may."""
        running = time.process_time() - self._since if self._since is not None else 0.0
        grown = max(0.0, self._unpacked - MAX_ARCHIVE_RATIO * self._read)
        late = max(0.0, self._seconds + running - MAX_ARCHIVE_SECONDS_PER_MB * self._read / _MB)
        common = self._common
        common.bytes -= max(0.0, grown - self._beyond[0])
        common.seconds -= max(0.0, late - self._beyond[1])
        self._beyond = max(grown, self._beyond[0]), max(late, self._beyond[1])
        if grown > ARCHIVE_ALLOWANCE_BYTES or (grown and common.bytes < 0):
            raise BudgetExceeded(f"it grows to more than {MAX_ARCHIVE_RATIO} times its size")
        if late > ARCHIVE_ALLOWANCE_SECONDS or (late and common.seconds < 0):
            raise BudgetExceeded("it takes more time to unpack than its size allows")


class Metered(io.RawIOBase):
    """A stream whose bytes are counted."""

    def __init__(self, stream: BinaryIO, note: Callable[[int], None]) -> None:
        """`note` is told of the number of bytes read each time."""
        self._stream, self._note = stream, note

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._note(len(data))
        return len(data)
