"""The positions of a term in some documents only, read when they are asked for."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import locate
from searchq.engines.embedded.execution.matches import Docs, Places
from searchq.engines.embedded.snapshot_cache import SnapshotCache

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = ["Numbers", "TermAmong", "located", "term_among"]

Numbers = npt.NDArray[np.signedinteger[Any]]


class TermAmong(NamedTuple):
    """A term in some documents: the places of those that hold it, ascending; its positions are read when asked for."""

    places: Places
    postings: "Postings | None" = None
    there: Places | None = None  # the places of the same documents in the postings

    def positions(self, origins: Numbers) -> Numbers:
        """Return the positions, each counted from its document's origin, of which all documents have one; ascending."""
        if self.postings is None:
            return np.empty(0, origins.dtype)
        return self.postings.absolute_positions(origins[self.places], self.there)


def term_among(field: str, term: str, docs: Docs, view: SnapshotCache) -> TermAmong:
    """Return a term in some documents, ascending."""
    return located(view.postings(field, term), docs, view)


def located(postings: "Postings | None", docs: Docs, view: SnapshotCache) -> TermAmong:
    """Return a term in some documents, ascending, by its postings, None if there are none."""
    if postings is None:
        return TermAmong(np.empty(0, np.intp))
    here, there = locate(docs, postings.docs, view.snapshot.max_doc)
    return TermAmong(here, postings, there)
