"""The run from paths to a commit: read, judge, prepare on several processes, write, all or nothing."""

from searchq.indexing.report import IndexReport, report_json
from searchq.indexing.run import index_paths

__all__ = ["IndexReport", "index_paths", "report_json"]
