"""Every record of an index as one compressed file: kept in the cache folder, once a generation.

    bulk/7c1f…/12-1764230400.jsonl.gz     generation 12 of one index, committed at that time

The same generation gives the same bytes. A newer file removes the older ones of its index.
"""

import fcntl
import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from searchq.atomic_file import UNFINISHED, replaced
from searchq.cache_folder import ENVIRONMENT, cache_folder
from searchq.engine import About
from searchq.errors import RequestError
from searchq.question import Question
from searchq.record_json import encode_json
from searchq.regular_file import open_in_place
from searchq.time_slices import pause

__all__ = ["BulkBusy", "bulk_path", "make_bulk", "remove_old_bulk"]

_LEVEL: Final = 6
_ENDING: Final = ".jsonl.gz"


class BulkBusy(RequestError):
    """Another process is making the file."""


def bulk_path(about: About) -> Path | None:
    """Where the file of a generation stands, made or not; None where there is no cache folder."""
    folder = cache_folder()
    if folder is None:
        return None
    named = about.place if "://" in about.place else str(Path(about.place).absolute())
    place = hashlib.blake2s(named.encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
    name = f"{about.generation}-{int(about.built.timestamp())}{_ENDING}"
    return folder / "bulk" / place / name


def make_bulk(about: About, questions: Iterable[Question]) -> Path:
    """The file of a generation, written unless it is there; older ones of the index are removed.

    Raises BulkBusy if another process is writing it, RequestError without a cache folder, OSError if it cannot be
    written.
    """
    path = bulk_path(about)
    if path is None:
        raise RequestError(f"There is no cache folder for the file; name one in {ENVIRONMENT}.")
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.parent / ".lock"):
        if not path.is_file():
            with replaced(path, sync=True) as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
                for question in questions:
                    pause()
                    packed.write(encode_json(question) + b"\n")
    remove_old_bulk(about)
    return path


def remove_old_bulk(about: About) -> None:
    """Remove the files of other generations of an index, and what a killed process left."""
    kept = bulk_path(about)
    if kept is None:
        return
    for path in (*kept.parent.glob(f"*{_ENDING}"), *kept.parent.glob(f".*{UNFINISHED}")):
        if path != kept:
            with suppress(OSError):
                path.unlink()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with os.fdopen(open_in_place(path, os.O_RDWR), "rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BulkBusy("The file with every record is being made; ask again in a moment.") from None
        except OSError:  # a file system without locks; the last of several writers wins, whole
            pass
        yield
