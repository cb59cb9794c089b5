"""Time slices: a long computation lets others go first, wherever it looks at its deadline.

The server installs a function for its requests (`web/fair_semaphore`); elsewhere nobody waits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["pause", "pausing"]

_pause: ContextVar[Callable[[], float] | None] = ContextVar("pause", default=None)


def pause() -> float:
    """Let others go first if it is their turn; return the seconds waited."""
    wait = _pause.get()
    return wait() if wait else 0.0


@contextmanager
def pausing(wait: Callable[[], float]) -> Iterator[None]:
    """Call `wait` at every pause of this thread within the block."""
    token = _pause.set(wait)
    try:
        yield
    finally:
        _pause.reset(token)
