"""One generation of an index with all of its files open: what a writer removes meanwhile can still be read."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from searchq.errors import REBUILD, IndexBroken, IndexUnreadable
from searchq.index.format.manifest import MANIFEST, Manifest, missing, parse_manifest
from searchq.regular_file import open_regular

__all__ = ["Generation", "open_generation"]

_TRIES: Final = 50  # attempts while a writer keeps replacing generations


class Generation(NamedTuple):
    """The manifest, its bytes and the moment of its commit (nanoseconds), and the files that it lists."""

    directory: Path
    manifest: Manifest
    data: bytes
    committed: int
    files: Mapping[str, BinaryIO]


@contextmanager
def open_generation(directory: Path) -> Iterator[Generation]:
    """Open the newest generation of an index of this version or an older one.

    Raises IndexMissing, IndexUnreadable, IndexBroken, or IndexOutdated if a newer searchq made it.
    """
    data = b""
    for _ in range(_TRIES):
        with ExitStack() as stack:
            try:
                listing = stack.enter_context(open_regular(directory / MANIFEST))
                before, data = data, listing.read()
                committed = os.fstat(listing.fileno()).st_mtime_ns
            except (FileNotFoundError, NotADirectoryError) as error:
                raise missing(directory) from error
            except OSError as error:
                raise IndexUnreadable(f"The index in {directory} cannot be read: {error.strerror}.") from error
            manifest = parse_manifest(directory, data)
            try:
                files = {name: stack.enter_context(open_regular(directory / name)) for name in manifest.files}
            except FileNotFoundError as error:
                if data != before:
                    continue  # a writer has made a newer generation
                raise IndexBroken(
                    f"The index in {directory} lacks the file {Path(error.filename).name}; {REBUILD}."
                ) from error
            except OSError as error:
                raise IndexUnreadable(f"The index in {directory} cannot be read: {error.strerror}.") from error
            yield Generation(directory, manifest, data, committed, files)
            return
    raise IndexBroken(f"The index in {directory} changes faster than it can be opened; try again.")
