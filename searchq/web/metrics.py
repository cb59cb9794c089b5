"""Everything that the server counts, one row each; docs/operations.md says what to watch.

Counted whether or not anyone asks (`exposition`): a number costs about a microsecond.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from searchq.web.measures import OTHER, Counter, Gauge, Histogram
from searchq.web.request_kinds import KINDS

__all__ = [
    "CONNECTIONS",
    "CUT_OFF",
    "DURATION",
    "EMPTY",
    "ENDED",
    "EXPORTS",
    "INDEX_FAULTS",
    "PAGE_CACHE",
    "PAGE_CACHE_BYTES",
    "QUEUE",
    "QUEUE_SECONDS",
    "REFUSED",
    "REQUESTS",
    "SENT",
    "THREADS",
    "WAITING",
    "WORKER",
    "cause_of",
    "in_stages",
    "stage",
]

STATUSES: Final = ("200", "206", "302", "304", "400", "404", "405", "413", "414", "416", "431", "500", "503", OTHER)
CAUSES: Final = (signal.SIGKILL, signal.SIGBUS, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM)

REQUESTS: Final = Counter("searchq_requests", "Requests answered, by kind and status.", kind=KINDS, status=STATUSES)
DURATION: Final = Histogram(
    "searchq_request_duration_seconds",
    "Time from a request's turn for a thread until its answer is made; a stream goes on.",
    kind=KINDS,
)
STAGES: Final = Histogram(
    "searchq_stage_duration_seconds",
    "What a page took: waiting for a turn, searching and reading, rendering.",
    stage=("turn", "search", "render"),
)
SENT: Final = Counter("searchq_sent_bytes", "Bytes that visitors took.")
EMPTY: Final = Counter("searchq_searches_without_results", "Searches that found nothing.")

REFUSED: Final = Counter(
    "searchq_refused",
    "Requests refused, or answered in part, by reason.",
    reason=("busy", "no-export-slot", "bulk-busy", "out-of-time", "invalid", "malformed"),
)
CUT_OFF: Final = Counter(
    "searchq_connections_cut_off",
    "Connections closed on their visitors, by reason.",
    reason=("too-many-of-one", "no-room", "idle", "slow-head", "stuck-reader", "too-much-output"),
)

CONNECTIONS: Final = Gauge("searchq_connections", "Connections open.")
THREADS: Final = Gauge("searchq_threads_busy", "Threads that answer a request or wait for their turn.")
QUEUE: Final = Gauge("searchq_queue_length", "Requests that wait for a thread.")
QUEUE_SECONDS: Final = Histogram("searchq_queue_duration_seconds", "Time that requests waited for a thread.")
WAITING: Final = Gauge("searchq_turns_waiting", "Threads that wait for a turn to search and render.")
EXPORTS: Final = Gauge("searchq_exports_running", "Exports under way.")

PAGE_CACHE: Final = Counter("searchq_page_cache_requests", "Pages looked for in the cache.", result=("hit", "miss"))
PAGE_CACHE_BYTES: Final = Gauge("searchq_page_cache_bytes", "Bytes of pages in the cache.")

INDEX_FAULTS: Final = Counter(
    "searchq_index_faults",
    "Requests that failed since the index cannot be read, by kind.",
    kind=("IndexMissing", "IndexBroken", "IndexUnreadable", "IndexOutdated", OTHER),
)
ENDED: Final = Counter(
    "searchq_workers_ended",
    "Workers that ended and were replaced, by the signal that ended them.",
    cause=(*(cause.name for cause in CAUSES), "exit", OTHER),
)
WORKER: Final = Gauge("searchq_worker_pid", "The process of each worker.")

_stages: ContextVar[dict[str, float] | None] = ContextVar("stages", default=None)


@contextmanager
def in_stages() -> Iterator[None]:
    """Count what the stages within took; what belongs to no stage is the search."""
    spent: dict[str, float] = {"turn": 0.0, "render": 0.0}
    token, began = _stages.set(spent), time.perf_counter()
    try:
        yield
    finally:
        _stages.reset(token)
        rest = time.perf_counter() - began - sum(spent.values())
        for name, seconds in (*spent.items(), ("search", rest)):
            STAGES.observe(seconds, name)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """The time within the block belongs to a stage."""
    spent, began = _stages.get(), time.perf_counter()
    try:
        yield
    finally:
        if spent is not None:
            spent[name] += time.perf_counter() - began


def cause_of(status: int) -> str:
    """What ended a worker, by the status of `waitpid` as an exit code."""
    return "exit" if status >= 0 else next((one.name for one in CAUSES if one == -status), OTHER)
