"""Back up an index and restore it: one generation, whole and verified, at any moment."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from searchq.engines.embedded.backups import Copied, Tell, backup, restore
from searchq.engines.open import is_on_cluster
from searchq.errors import IndexFault
from searchq.indexing.memory import RESTAMP

__all__ = ["BackupReport", "backup_index", "restore_index"]

Place = str | os.PathLike[str]


class BackupReport(Struct, frozen=True):
    """The report of a backup or a restoration: what is there now, and how many bytes of that were not there before."""

    generation: int
    questions: int
    files: int
    bytes: int
    written: int
    seconds: float


def backup_index(directory: Place, folder: Place, progress: Tell | None = None) -> BackupReport:
    """Back up the newest generation of an index into a folder: an empty one, a new one, or that of an earlier backup.

    An update may be under way meanwhile. The backup is itself an index that can be searched, checked and backed up.
    `progress` is told how many bytes are there, of how many. Raises RequestError for a folder that holds anything else,
    and an IndexFault; an earlier backup is then as it was.
    """
    _refuse_cluster(directory, folder)
    return _timed(lambda: backup(Path(directory), Path(folder), progress or _untold))


def restore_index(folder: Place, directory: Place, progress: Tell | None = None) -> BackupReport:
    """Make what a backup holds the newest generation of an index; one that is served goes on with it.

    Nobody may be updating the index. What came into it since the backup is gone; the next run reads that again. Raises
    RequestError, or an IndexFault; the index is then as it was.
    """
    _refuse_cluster(directory, folder)
    return _timed(lambda: restore(Path(folder), Path(directory), RESTAMP, progress or _untold))


def _timed(copy: Callable[[], Copied]) -> BackupReport:
    began = time.perf_counter()
    copied = copy()
    return BackupReport(*copied, time.perf_counter() - began)


def _untold(done: int, total: int) -> None:
    return


def _refuse_cluster(*places: Place) -> None:
    if any(map(is_on_cluster, places)):
        raise IndexFault("An index on a cluster is backed up by snapshots of the cluster, as docs/cluster.md says.")
