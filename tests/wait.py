"""Waiting for another thread or process: as long as the slowest machine needs, and not for ever."""

import time
from collections.abc import Callable

PATIENCE = 600  # seconds: what has not come by then is a failure on any machine
_PAUSE = 0.002  # seconds


def wait_until(condition: Callable[..., object]) -> None:
    """Wait for what is about to come; fail where it does not."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE} s in vain"
        time.sleep(_PAUSE)
