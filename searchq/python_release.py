"""Warns, once in a process, where this Python reads tar and zip archives with known faults.

It never refuses: distributions mend their own releases. What each fault is: SECURITY.md.
"""

import logging
import sys
from functools import cache
from typing import Final

__all__ = ["SAFE_RELEASES", "fault_of", "warn_once"]

SAFE_RELEASES: Final = {(3, 11): 14, (3, 12): 12, (3, 13): 13, (3, 14): 4}  # the first of each that lacks them
_LOG: Final = logging.getLogger("searchq.archives")


@cache
def warn_once() -> None:
    """Warn of this Python, if there is reason to."""
    if sentence := fault_of(*sys.version_info[:3]):
        _LOG.warning(sentence)


def fault_of(major: int, minor: int, patch: int) -> str | None:
    """What is wrong with a release of Python, as a sentence; None where nothing is known of it."""
    least = SAFE_RELEASES.get((major, minor), 0)
    if patch >= least:
        return None
    return (
        f"Python {major}.{minor}.{patch} has known faults in reading crafted tar and zip archives, which "
        f"{major}.{minor}.{least} lacks; your system may have mended its own."
    )
