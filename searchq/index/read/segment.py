"""An open segment: its mapped data, and which of its documents are live."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.errors import REBUILD, IndexBroken
from searchq.index.format.arrays import map_array, map_arrays
from searchq.index.format.checked_array import whole
from searchq.index.format.encoding import Floats
from searchq.index.format.files import segment_data_of
from searchq.index.format.manifest import EXTENSIONS, Files, SegmentEntry, files_of
from searchq.index.format.segment_data import Language, SegmentData
from searchq.index.format.strings import Strings, strings
from searchq.index.read.first_seen import FirstSeenColumns
from searchq.index.records.reader import RecordReader
from searchq.index.schema import FieldSpec, zones_of

__all__ = ["Segment", "Stamp", "open_segment", "stamp_of", "term_numbers", "walk_terms", "weighted_lengths"]


Stamp = tuple[int, int, int]


class Segment(Struct, frozen=True, eq=False):
    """`live` bool[docs] is False for deleted documents; None if none is deleted.

    `stamps` tell its files from others of the same names.
    """

    entry: SegmentEntry
    stamps: tuple[Stamp, ...]
    part: SegmentData
    records: RecordReader
    first_seen: FirstSeenColumns
    live: npt.NDArray[np.bool_] | None = None

    @property
    def live_count(self) -> int:
        return self.entry.docs - self.entry.deleted_count


def open_segment(
    directory: Path,
    entry: SegmentEntry,
    files: Files,
    known: Mapping[str, Segment] | None = None,
) -> Segment:
    """Map a segment, or reuse an open one of that name from `known`, unless its files are others by now.

    Raises FileNotFoundError if a file does not exist, IndexBroken if one is torn.
    """
    before, stamps = (known or {}).get(entry.name), _stamps(directory, entry)
    if before is not None and before.stamps != stamps:  # restored, or copied over
        before = None
    if before is not None and before.entry == entry:
        return before
    part = before.part if before else _part(directory, entry, files)
    records, first_seen = RecordReader(part.records, f"{entry.name}.records"), FirstSeenColumns(part.integers)
    if entry.deleted is None:
        return Segment(entry, stamps, part, records, first_seen)
    bits = map_array(directory / entry.deleted, "deleted", files[entry.deleted])
    live = np.unpackbits(bits.view(np.uint8), count=entry.docs, bitorder="little") == 0
    if np.count_nonzero(live) != entry.docs - entry.deleted_count:
        raise IndexBroken(f"The index file {entry.deleted} marks other documents; {REBUILD}.")
    return Segment(entry, stamps, part, records, first_seen, live)


def stamp_of(path: str | Path) -> Stamp:
    """Return what tells a file from others of its name: inode, length and time of any change."""
    found = os.stat(path)  # noqa: PTH116 - half the time of `Path.stat`; several for a page
    return found.st_ino, found.st_size, found.st_ctime_ns  # mtime can be set back, as `cp -p` does


def _stamps(directory: Path, entry: SegmentEntry) -> tuple[Stamp, ...]:
    return tuple(stamp_of(directory / name) for name in files_of(entry)[: len(EXTENSIONS)])


def _part(directory: Path, entry: SegmentEntry, files: Files) -> SegmentData:
    names = {extension: f"{entry.name}.{extension}" for extension in EXTENSIONS}
    try:
        part = segment_data_of({ext: map_arrays(directory / name, files[name]) for ext, name in names.items()})
    except KeyError as error:
        raise IndexBroken(f"The index segment {entry.name} lacks {error}; {REBUILD}.") from error
    if part.doc_count != entry.docs:
        raise IndexBroken(
            f"The index segment {entry.name} holds {part.doc_count} documents, not {entry.docs}; {REBUILD}."
        )
    return part


def walk_terms(part: SegmentData, spec: FieldSpec, low: str, high: str | None, prefix: str = "") -> Iterator[str]:
    """Yield the terms of a field in order, from `low` up to but not including `high`, that begin with `prefix`."""
    table, numbers = term_numbers(part, spec)
    first, last = table.prefix_range(prefix) if prefix else (0, len(table))
    if low:
        first = max(first, table.lower_bound(low.encode(errors="surrogatepass")))
    if high is not None:
        last = min(last, table.lower_bound(high.encode(errors="surrogatepass")))
    if numbers is None:
        yield from table.walk(first, last)
    else:
        begin, end = np.searchsorted(numbers, [first, max(first, last)])
        for number in numbers[begin:end]:
            yield table[number]


def term_numbers(part: SegmentData, spec: FieldSpec) -> tuple[Strings, npt.NDArray[np.integer] | None]:
    """Return the sorted table that contains a field's terms, and the numbers of those terms in it (None: all)."""
    if spec.kind == "facet":
        return part.facets[spec.name].values, None
    if spec.kind == "integer":
        return strings([]), None
    if spec.kind == "id":
        return _sorted_numbers(part), None
    language = part.languages[spec.language]
    if spec.kind == "combined":
        return language.terms, None
    if spec.kind == "exact":
        return language.words, language.zones[spec.zone].rows
    return language.terms, _terms_in_zone(language, spec.zone)


def _terms_in_zone(language: Language, zone: str) -> npt.NDArray[np.intp]:
    present = np.zeros(len(language.words), np.bool_)
    present[language.zones[zone].rows] = True
    found = np.append(0, np.cumsum(present[language.term_words]))
    return np.flatnonzero(found[language.term_starts[1:]] > found[language.term_starts[:-1]])


def _sorted_numbers(part: SegmentData) -> Strings:
    texts = part.numbers.tolist()
    return strings([texts[doc] for doc in part.number_order])


def weighted_lengths(part: SegmentData, language: str) -> Floats:
    """Return how many words the zones of a language hold in each document, weighted by zone: float32[docs]."""
    total = np.zeros(part.doc_count, np.float32)
    for zone in zones_of(language):
        total += whole(part.lengths[zone.name]) * np.float32(zone.weight)
    return total
