"""The documents that hold a term early in a zone, found without merging the rows of its words: that takes longest."""

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Ints
from searchq.index.format.positions import first_positions
from searchq.index.format.segment_data import SegmentData
from searchq.index.read.snapshot import Snapshot
from searchq.index.read.term_postings import gathered, pieces, rows_of
from searchq.index.schema import FIELDS, FieldSpec

__all__ = ["docs_before"]


def docs_before(snapshot: Snapshot, field: str, term: str, limit: int | None = None) -> npt.NDArray[np.int64]:
    """Return the documents that hold a term of a zone before a position (None: anywhere), deleted ones included.

    They are in any order, some twice. Raises KeyError for an unknown field, or one of another kind.
    """
    spec = FIELDS[field]
    if spec.kind != "terms":
        raise KeyError(f"The field {spec.name} has no terms with positions.")
    found = [np.zeros(0, np.int64)]
    for segment, base in zip(snapshot.segments, snapshot.bases[:-1].tolist(), strict=True):
        number = segment.part.languages[spec.language].terms.find(term)
        found.append(_docs_before(segment.part, spec, number, limit) + np.int64(base))
    return np.concatenate(found)


def _docs_before(part: SegmentData, spec: FieldSpec, number: int, limit: int | None) -> Ints:
    """Return those of a segment; `number` is that of the term, -1 where it has none."""
    zone, (rows, _) = part.languages[spec.language].zones[spec.zone], rows_of(part, spec, number)
    docs = gathered(zone.docs, zone.starts, rows)
    if limit is None or not len(docs):
        return docs
    firsts = [first_positions(own) for own in pieces(zone.places, zone.place_starts, rows)]  # copying none of them
    return docs[np.concatenate(firsts) < limit]
