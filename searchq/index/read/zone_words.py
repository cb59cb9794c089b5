"""The words of a language that begin alike, and who holds them, in all zones and segments at once.

    fiets…    segment 1   fiets  fietsen           title      fiets           documents of its rows in segments 1 and 2
              segment 2   fiets  fietser           question   fiets, fietser  …

One call in C (searchq/kernel/prefixes.c) instead of some steps for each zone of each segment; where it was not built
there is no such reader, and each zone is asked for its slice of terms (`term_slice.py`).
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from types import ModuleType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.index.format.checked_array import whole
from searchq.index.format.encoding import Ints
from searchq.index.read.segment import Segment
from searchq.index.schema import zones_of
from searchq.kernel import built

__all__ = ["PlacedDocs", "ZoneWords", "ZoneWordsReader"]

in_c: ModuleType | None = built("prefixes")


class PlacedDocs(NamedTuple):
    """Documents of a segment, unordered, possibly several times; deleted ones, which `live` tells, among them."""

    base: int  # the number of the segment's first document
    live: npt.NDArray[np.bool_] | None  # None: none is deleted
    docs: Ints  # counted from that


class ZoneWords(NamedTuple):
    """Words that occur in a zone, in order, and the documents that hold them there."""

    words: Sequence[str]
    docs: Sequence[PlacedDocs]


class ZoneWordsReader:
    """The words of a language in the segments of a snapshot; thread-safe."""

    def __init__(self, placed: Sequence[tuple[Segment, int]], language: str) -> None:
        languages = [segment.part.languages[language] for segment, _ in placed]
        zones = [zone.name for zone in zones_of(language)]
        postings = [[own.zones[zone] for own in languages] for zone in zones]
        self._placed = placed
        self._tables = [own.words for own in languages]
        self._postings = dict(zip(zones, postings, strict=True))
        every = list(chain.from_iterable(postings))
        self._arrays = (
            tuple([whole(table.blob) for table in self._tables]),
            tuple([whole(table.starts) for table in self._tables]),
            tuple([whole(zone.rows) for zone in every]),
            tuple([whole(zone.starts) for zone in every]),
        )

    def find(self, prefix: str, most: int) -> Mapping[str, ZoneWords] | None:
        """Return the words that begin with `prefix`, by zone; None if all segments together have more than `most`."""
        assert in_c is not None
        ranges = np.array([table.prefix_range(prefix) for table in self._tables], np.int64)
        found = np.empty((len(self._postings), len(self._placed), 2), np.int64)
        words = in_c.zone_words(*self._arrays, ranges, most, found)
        if words is None:
            return None
        return {
            zone: ZoneWords(own, self._docs(zone, bounds))
            for zone, own, bounds in zip(self._postings, words, found.tolist(), strict=True)
        }

    def _docs(self, zone: str, bounds: Sequence[Sequence[int]]) -> list[PlacedDocs]:
        """Return the documents of a zone, from one place to another in each segment."""
        return [
            PlacedDocs(base, segment.live, postings.docs[first:end])
            for (segment, base), postings, (first, end) in zip(self._placed, self._postings[zone], bounds, strict=True)
            if first < end
        ]
