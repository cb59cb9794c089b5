"""What is refused is counted, by the error that says so."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from werkzeug.exceptions import SecurityError

from searchq.bulk import BulkBusy
from searchq.errors import IndexFault, OutOfTime, RequestError, SearchqError
from searchq.query.hints import Hint, ran_out_of_time
from searchq.web import metrics
from searchq.web.context import NotHere
from searchq.web.export_slots import NoExportSlot
from searchq.web.fair_semaphore import TooBusy

__all__ = ["count_deadline", "counted"]

_REASONS: Final[tuple[tuple[type[Exception], str | None], ...]] = (  # the first that fits
    (TooBusy, "busy"),
    (NoExportSlot, "no-export-slot"),
    (BulkBusy, "bulk-busy"),
    (OutOfTime, "out-of-time"),
    (NotHere, None),
    (RequestError, "invalid"),
    (SecurityError, "invalid"),
)


@contextmanager
def counted() -> Iterator[None]:
    """Count the error that leaves the block."""
    try:
        yield
    except IndexFault as fault:
        metrics.INDEX_FAULTS.add(type(fault).__name__)
        raise
    except (SearchqError, SecurityError) as error:
        if reason := next((reason for kind, reason in _REASONS if isinstance(error, kind)), None):
            metrics.REFUSED.add(reason)
        raise


def count_deadline(hints: Iterable[Hint]) -> None:
    """Count a search that was stopped, and answered with what it had found."""
    if ran_out_of_time(hints):
        metrics.REFUSED.add("out-of-time")
