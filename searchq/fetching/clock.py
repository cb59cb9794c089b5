"""Time as an argument: the day, the seconds between requests, and a wait that Ctrl-C can shorten."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Final, Protocol

__all__ = ["SYSTEM_CLOCK", "Clock", "SystemClock", "wait"]

_SLICE: Final = 0.2  # seconds slept before asking again whether to stop


class Clock(Protocol):
    """What a run knows of time."""

    def now(self) -> dt.datetime:
        """The present moment, in UTC and aware of it."""

    def monotonic(self) -> float:
        """Seconds that never go back."""

    def sleep(self, seconds: float) -> None:
        """Do nothing for that long."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


SYSTEM_CLOCK: Final = SystemClock()


def wait(clock: Clock, until: float, stopped: Callable[[], bool]) -> None:
    """Sleep until `until` on the monotonic clock, or until `stopped` says so."""
    while (left := until - clock.monotonic()) > 0 and not stopped():
        clock.sleep(min(left, _SLICE))
