"""Time as an argument: the day, the seconds between requests, and a wait that Ctrl-C can shorten."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Final, Protocol

__all__ = ["SYSTEM_CLOCK", "Clock", "SystemClock", "age_of", "is_of_last_day", "wait"]

_SLICE: Final = 0.2  # seconds slept before asking again whether to stop
_DAY: Final = dt.timedelta(days=1)
_CLOCK_SLACK: Final = dt.timedelta(hours=2)  # a clock may be corrected between two runs


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


def age_of(moment: str, now: dt.datetime) -> dt.timedelta:
    """How long ago something was noted; below zero where the clock was ahead then, or was set back since."""
    return now - dt.datetime.fromisoformat(moment)


def is_of_last_day(moment: str, now: dt.datetime) -> bool:
    """Whether something was noted within the last day, not in the future."""
    return -_CLOCK_SLACK <= age_of(moment, now) < _DAY


def wait(clock: Clock, until: float, stopped: Callable[[], bool]) -> None:
    """Sleep until `until` on the monotonic clock, or until `stopped` says so."""
    while (left := until - clock.monotonic()) > 0 and not stopped():
        clock.sleep(min(left, _SLICE))
