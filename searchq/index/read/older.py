"""Reads the stored records of an outdated index, and when they were first seen, for an upgrade.

Format 1 stored no pages: each of its records is its only page.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from searchq.errors import REBUILD, IndexBroken
from searchq.first_seen import FirstSeen
from searchq.index.format.arrays import FIRST_CHECKED, map_array, map_arrays
from searchq.index.format.manifest import Manifest, SegmentEntry
from searchq.index.format.segment_data import Records
from searchq.index.format.strings import Strings
from searchq.index.read.first_seen import FirstSeenColumns
from searchq.index.records.reader import RecordReader
from searchq.index.schema import FIRST_SEEN
from searchq.question import Entry

__all__ = ["older_blob", "older_entries", "older_first_seen"]

_OLDEST: Final = 1  # the oldest format that can be read


def older_entries(directory: Path, manifest: Manifest) -> Iterator[Entry]:
    """Yield every question that is not deleted. Raises IndexBroken."""
    for segment in manifest.segments:
        checksums = manifest.format >= FIRST_CHECKED
        reader = RecordReader(_records(directory, segment, manifest), f"{segment.name}.records", checksums)
        for doc in np.flatnonzero(_live(directory, segment, manifest)).tolist():
            yield Entry(reader.record(doc), reader.pages(doc))


def older_first_seen(directory: Path, manifest: Manifest) -> Iterator[tuple[str, FirstSeen]] | None:
    """Return when every question that is not deleted was first seen; None if the index kept nothing of the kind."""
    columns = [_mapped(directory, manifest, f"{segment.name}.columns") for segment in manifest.segments]
    if not all(f"integer/{name}" in own for own in columns for name in FIRST_SEEN):
        return None
    return (
        one
        for segment, own in zip(manifest.segments, columns, strict=True)
        for one in _first_seen(own, _live(directory, segment, manifest))
    )


def _first_seen(columns: dict[str, Any], live: npt.NDArray[np.bool_]) -> Iterator[tuple[str, FirstSeen]]:
    seen = FirstSeenColumns({name: columns[f"integer/{name}"] for name in FIRST_SEEN})
    numbers = Strings(columns["numbers/blob"], columns["numbers/starts"])
    return ((numbers[doc], seen.of(doc)) for doc in np.flatnonzero(live).tolist())


def older_blob(directory: Path, manifest: Manifest, name: str) -> bytes:
    """Return the bytes that a run stored under a name; empty where there are none. Raises IndexBroken."""
    if name not in manifest.blobs:
        return b""
    array = _mapped(directory, manifest, manifest.blobs[name]).get("blob")
    return b"" if array is None else array.tobytes()


def _records(directory: Path, segment: SegmentEntry, manifest: Manifest) -> Records:
    name = f"{segment.name}.records"
    arrays = _mapped(directory, manifest, name)
    no_pages: dict[str, Any] = {"pages": np.zeros(0, np.uint8), "page_starts": np.zeros(segment.docs + 1, np.uint64)}
    try:
        return Records(**no_pages | {key.removeprefix("records/"): array for key, array in arrays.items()})
    except TypeError as error:
        raise IndexBroken(f"The index file {name} lacks an array ({error}); {REBUILD}.") from error


def _live(directory: Path, segment: SegmentEntry, manifest: Manifest) -> npt.NDArray[np.bool_]:
    if segment.deleted is None:
        return np.ones(segment.docs, np.bool_)
    bits = map_array(directory / segment.deleted, "deleted", manifest.files[segment.deleted], _OLDEST)
    live: npt.NDArray[np.bool_] = np.unpackbits(bits.view(np.uint8), count=segment.docs, bitorder="little") == 0
    return live


def _mapped(directory: Path, manifest: Manifest, name: str) -> dict[str, Any]:
    try:
        return map_arrays(directory / name, manifest.files[name], _OLDEST)
    except (KeyError, OSError) as error:
        raise IndexBroken(f"The index in {directory} cannot be read ({error}); {REBUILD}.") from error
