"""Bounds on processor time that hold on any machine: a slow one has more; one that stops meanwhile is tried again."""

import time
from collections.abc import Callable

_ROUNDS = 300_000
_SECONDS = 0.014  # that so many rounds take where the bounds of the tests were set
_TRIES = 5
_PROBES = 3


def takes_at_most(seconds: float, measure: Callable[[], float]) -> bool:
    """Whether one of a few measurements stays within the bound."""
    return any(taken <= seconds or taken <= seconds * _slowness() for taken in (measure() for _ in range(_TRIES)))


def spent(work: Callable[[], object]) -> float:
    """The processor time that this process spends on some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _slowness() -> float:
    """How many times as long as there a fixed piece of work takes here, now."""
    return min(spent(lambda: sum(number & 7 for number in range(_ROUNDS))) for _ in range(_PROBES)) / _SECONDS
