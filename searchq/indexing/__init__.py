"""Indexing: from paths to a commit: read, reconcile, prepare in parallel, write, all or nothing."""

from searchq.indexing.backups import BackupReport, backup_index, restore_index
from searchq.indexing.removals import Removal, remove_questions
from searchq.indexing.report import COUNTS, IndexReport, report_json
from searchq.indexing.run import index_paths

__all__ = [
    "COUNTS",
    "BackupReport",
    "IndexReport",
    "Removal",
    "backup_index",
    "index_paths",
    "remove_questions",
    "report_json",
    "restore_index",
]
