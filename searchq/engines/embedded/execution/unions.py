"""The documents that hold any of many words, and in which parts of a query: each part has a bit in their marks.

    fiets* in title, keywords, question …     bit 0, 1, 2 …       document 9     0b101    in title and question

In C where it was built (searchq/kernel/unions.c), else in NumPy; both give the same, bit by bit.
"""

from collections.abc import Sequence
from operator import attrgetter
from types import ModuleType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs, Scores
from searchq.engines.embedded.snapshot_cache import Mask
from searchq.kernel import built

__all__ = ["MOST_MARKS", "Listed", "Marks", "marked_docs", "sum_marked"]

MOST_MARKS: Final = 32

Marks = npt.NDArray[np.uint32]  # of each document, a bit a part


class Listed(NamedTuple):
    """Some documents of a segment, in any order, that match a part: they get its bit, if they are live (None: all)."""

    base: int  # the number of the segment's first document
    live: Mask | None
    docs: npt.NDArray[np.integer[Any]]  # counted from that
    bit: int


in_c: ModuleType | None = built("unions")


def marked_docs(lists: Sequence[Listed], max_doc: int) -> tuple[Docs, Marks]:
    """Return the live documents of all lists, ascending, with their marks."""
    if in_c is None:
        return _marked_in_python(lists, max_doc)
    lists = sorted(lists, key=attrgetter("base"))
    room = min(sum(len(each.docs) for each in lists), max_doc)
    docs, marks = np.empty(room, np.intp), np.empty(room, np.uint32)
    held = tuple(np.ascontiguousarray(each.docs, np.uint16) for each in lists)
    places = np.array([(each.base, each.bit) for each in lists], np.int64)
    count = in_c.marked_docs(held, tuple(each.live for each in lists), places, docs, marks)
    return docs[:count], marks[:count]


def _marked_in_python(lists: Sequence[Listed], max_doc: int) -> tuple[Docs, Marks]:
    marks = np.zeros(max_doc, np.uint32)
    for base, live, docs, bit in lists:
        own = docs.astype(np.intp) if live is None else docs[live[docs]].astype(np.intp)
        marks[own + base] |= np.uint32(1 << bit)
    found = marks.nonzero()[0]
    return found, marks[found]


def sum_marked(marks: Marks, values: Scores) -> Scores:
    """Return for each document the sum, in order, of the values whose bits are set in its marks."""
    found = np.zeros(len(marks), np.float32)
    if in_c is not None:
        in_c.sum_marked(marks, values, found)
        return found
    for place, value in enumerate(values):
        found += (marks >> np.uint32(place) & np.uint32(1)).astype(np.bool_) * value
    return found
