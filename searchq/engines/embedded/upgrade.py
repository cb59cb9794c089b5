"""An index of before written anew from the records stored in it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from searchq.engine import WriteOptions
from searchq.engines.embedded.update import EmbeddedUpdate
from searchq.index.format.manifest import read_older_manifest
from searchq.index.read.older import older_blob, older_entries
from searchq.question import Entry

__all__ = ["rewrite"]

Restamp = Callable[[bytes, int, int], bytes]  # what a run kept, for another generation: of before, of now


def rewrite(
    directory: Path, renew: Callable[[Entry], Entry], restamp: Mapping[str, Restamp], options: WriteOptions
) -> int | None:
    """Write every question of an index of before anew, as `renew` makes it, and keep what runs remember.

    The number of questions; None where the index needs no upgrade. Raises IndexMissing, IndexBroken, IndexOutdated,
    IndexLocked, IndexWriteError; the old index is then as it was.
    """
    if read_older_manifest(directory) is None:
        return None
    with EmbeddedUpdate(directory, rebuild=True, options=options) as update:
        manifest = read_older_manifest(directory)  # now that nobody else writes
        if manifest is None:
            return None
        count = 0
        for entry in older_entries(directory, manifest):
            update.put(*renew(entry))
            count += 1
        for name in manifest.blobs:
            data = older_blob(directory, manifest, name)
            update.keep(
                name, restamp[name](data, manifest.generation, update.generation + 1) if name in restamp else data
            )
        update.commit()
        return count
