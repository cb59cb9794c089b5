"""Collapses siblings: one question put to several ministers is one hit, ranked as its best, the others under it.

Each document has a group code, dense from 0; a question without siblings is a group of one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.schema import MISSING

__all__ = ["Groups", "count_groups", "groups_of"]


class Groups(NamedTuple):
    """codes intp[max_doc]; the documents of group g are `members[starts[g] : starts[g + 1]]`, ascending."""

    codes: npt.NDArray[np.intp]
    members: Docs
    starts: npt.NDArray[np.intp]

    def of(self, doc: int) -> Docs:
        """Return all documents of a document's group, including itself."""
        code = self.codes[doc]
        return self.members[self.starts[code] : self.starts[code + 1]]


@per_snapshot
def groups_of(view: SnapshotCache) -> Groups:
    """Return the groups of all documents of a snapshot."""
    groups = view.snapshot.integers("sibling_group").copy()
    alone = groups == MISSING
    groups[alone] = MISSING - 1 - alone.nonzero()[0]  # each a group of its own
    _, codes = np.unique(groups, return_inverse=True)
    members = np.argsort(codes, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(codes)))).astype(np.intp)
    return Groups(codes, members, starts)


def count_groups(docs: Docs, groups: Groups) -> int:
    """Count the groups that these documents belong to."""
    held = np.zeros(len(groups.starts) - 1, np.bool_)
    held[groups.codes[docs]] = True
    return int(np.count_nonzero(held))
