"""How many days each question waited for its answer, or has waited so far (see `searchq.waiting`)."""

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import MISSING
from searchq.query.facet_table import WAITED
from searchq.query.hints import Hint
from searchq.query.request import Request

__all__ = ["delay_hints", "known_day", "numbers_of", "waited"]

Days = npt.NDArray[np.signedinteger]


def known_day(snapshot: Snapshot) -> int:
    """Return the last day in the index on which a question was asked, answered or seen; MISSING if there is none."""
    days = [snapshot.integers(name) for name in ("date", "answer_date", "last_seen")]
    alive = days if snapshot.live is None else [column[snapshot.live] for column in days]
    return max((int(column.max()) for column in alive if len(column)), default=MISSING)


@per_snapshot
def waited(view: SnapshotCache) -> Days:
    """Return the waiting days of every document: to the answer, or as long as it is known to be open; else MISSING."""
    snapshot = view.snapshot
    delays, since, until = map(snapshot.integers, ("delay_days", "waiting_since", "waiting_until"))
    days = np.where(until == MISSING, known_day(snapshot), until).astype(np.int64) - since
    open_ = (since != MISSING) & (days >= 0)
    return np.where(delays != MISSING, delays, np.where(open_, days, MISSING)).astype(np.int32)


def numbers_of(name: str, view: SnapshotCache) -> Days:
    """Return an integer of every document, stored or derived; MISSING where there is none."""
    return waited(view) if name == WAITED else view.snapshot.integers(name)


def delay_hints(request: Request, docs: Docs, view: SnapshotCache) -> tuple[Hint, ...]:
    """That a request asks for delays which the Chamber does not publish, where it matches questions of the Chamber."""
    if not request.asks_for_delays:
        return ()
    houses = view.snapshot.facet("house")
    chamber = houses.values.index("chamber") if "chamber" in houses.values else None
    is_there = chamber is not None and bool((houses.codes[docs] == chamber).any())
    return (Hint("no-answer-days"),) if is_there else ()
