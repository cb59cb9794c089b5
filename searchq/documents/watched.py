"""What reading one document may cost, held by the kernel: it ends a worker that uses more processor time or memory.

    reading ── chunk ──> worker, limited ── killed? ──> its documents one by one ──> the costly one is named

No moment for Python is needed: a parser in compiled code is ended as surely as a loop.
"""

import resource
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from searchq.limits import MAX_DOCUMENT_MEMORY, MAX_DOCUMENT_SECONDS
from searchq.worker_pool import WorkerKilled

__all__ = ["ALLOWED", "Allowed", "limit_memory", "limit_time", "reason_of"]


class Allowed(NamedTuple):
    """What reading a document may cost: seconds of processor time, and bytes that its process may grow by."""

    seconds: float
    memory: int


ALLOWED: Final = Allowed(MAX_DOCUMENT_SECONDS, MAX_DOCUMENT_MEMORY)

_limited = False  # whether the memory of this process is


def limit_memory(allowed: Allowed) -> None:
    """Limit how much this process may grow, once; it is free where the system cannot tell its size or hold a limit."""
    global _limited
    if not _limited:
        _limited = True
        with suppress(OSError, ValueError):
            _lower(resource.RLIMIT_CORE, 0)
            pages = int(Path("/proc/self/statm").read_text().partition(" ")[0])
            _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + allowed.memory)


def limit_time(allowed: Allowed) -> None:
    """Give this process the processor time of one document from now on."""
    signal.setitimer(signal.ITIMER_PROF, allowed.seconds)  # whose signal ends the process


def _lower(kind: int, limit: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def reason_of(ended: WorkerKilled | MemoryError, allowed: Allowed) -> str:
    """Why a document has no record whose reading was ended, as a clause."""
    if isinstance(ended, MemoryError):
        return f"it takes more than {allowed.memory // 1024**2} MB of memory"
    if ended.signal == signal.SIGPROF:
        return f"it takes more than {allowed.seconds:g} s of processor time"
    how = "was killed, probably out of memory" if ended.signal == signal.SIGKILL else "crashed"
    return f"the process that read it {how}"
