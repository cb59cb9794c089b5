"""Room for a new visitor where connections run out: how many there may be, and which of them goes first."""

import heapq
import resource
from collections.abc import Iterable, Mapping
from typing import Final, Protocol, TypeVar

__all__ = ["connection_limit", "least_missed", "raise_descriptor_limit"]

_MOST_DESCRIPTORS: Final = 8192  # asked of the system; a supervisor holds a copy of each connection
_SPARE_DESCRIPTORS: Final = 64  # the index, the parts of the server, logs
_EACH: Final = 2  # descriptors that a connection may take: its own, and output that waits on disk
_FEWEST: Final = 16


class Connection(Protocol):
    """What is asked of a connection."""

    last_activity: float

    @property
    def is_waiting(self) -> bool: ...
    @property
    def visitor(self) -> str: ...


One = TypeVar("One", bound=Connection)


def least_missed(connections: Iterable[One], counts: Mapping[str, int], most: int) -> list[One]:
    """So many connections at most that can be closed for new ones.

    Of those on which the server owes nothing, first those of the visitors that have most, and of these the longest
    silent ones.
    """
    waiting = (one for one in connections if one.is_waiting)
    return heapq.nlargest(most, waiting, key=lambda one: (counts[one.visitor], -one.last_activity))


def connection_limit(most: int) -> int:
    """So many connections, or fewer where the process may open few files."""
    return max(_FEWEST, min(most, (_descriptors() - _SPARE_DESCRIPTORS) // _EACH))


def raise_descriptor_limit() -> None:
    """Let this process open as many files as the system lets it, within reason."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _descriptors() -> int:
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft
