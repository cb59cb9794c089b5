"""Rewrites an outdated index from its stored records."""

from collections.abc import Callable, Mapping
from pathlib import Path

from searchq.engine import WriteOptions
from searchq.engines.embedded.update import EmbeddedUpdate
from searchq.errors import REBUILD, IndexBroken
from searchq.index.format.integrity import faults
from searchq.index.format.manifest import DICTIONARY, FIRST_SEEN_LOG, read_older_manifest
from searchq.index.read.older import older_blob, older_entries
from searchq.index.write.copies import Restamp
from searchq.question import Entry

__all__ = ["rewrite"]


def rewrite(
    directory: Path, renew: Callable[[Entry], Entry], restamp: Mapping[str, Restamp], options: WriteOptions
) -> int | None:
    """Rewrite every question of an outdated index, updated by `renew`, and keep the data that runs stored.

    Returns the number of questions; None if the index needs no upgrade. Raises IndexMissing, IndexBroken,
    IndexOutdated, IndexLocked, IndexWriteError; the old index is then unchanged.
    """
    if read_older_manifest(directory) is None:
        return None
    with EmbeddedUpdate(directory, rebuild=True, options=options) as update:
        manifest = read_older_manifest(directory)  # while holding the write lock
        if manifest is None:
            return None
        if found := faults(directory, manifest.files):  # what is altered would get checksums of its own
            raise IndexBroken(f"{' '.join(found)} The index in {directory} is broken: {REBUILD}.")
        count = 0
        for entry in older_entries(directory, manifest):
            update.put(*renew(entry))
            count += 1
        for name in manifest.blobs.keys() - {DICTIONARY, FIRST_SEEN_LOG}:  # an update keeps these itself
            data = older_blob(directory, manifest, name)
            update.keep(
                name, restamp[name](data, manifest.generation, update.generation + 1) if name in restamp else data
            )
        update.commit()
        return count
