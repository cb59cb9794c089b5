"""The report of an indexing run: counts, and the names of what went wrong."""

from typing import Any, Final

from msgspec import Struct

from searchq.documents import Rejection
from searchq.indexing.removals import Removal

__all__ = ["COUNTS", "IndexReport", "report_json"]

COUNTS: Final = ("read", "added", "updated", "completed", "unchanged", "rejected")


class IndexReport(Struct, frozen=True):
    """One run: `read` = `added` + `updated` + `completed` + `unchanged` + `rejected`, always.

    Counts questions, not documents: a Bulletin page may contain several. A document without any counts once, as
    rejected. `problems` includes those of unchanged documents.
    """

    read: int
    added: int
    updated: int
    completed: int  # the same content from another source, or seen on another day
    unchanged: int
    rejected: int
    rejections: tuple[Rejection, ...]
    problems: tuple[tuple[str, tuple[str, ...]], ...]  # number and document, sentences
    duplicates: tuple[str, ...]  # numbers found in several documents
    documents: int  # files and archive members
    gone: tuple[str, ...]  # documents that no longer exist, not pruned
    removed: tuple[Removal, ...]  # pages removed from the index
    cancelled: tuple[str, ...]  # questions of the Chamber held before, which it has cancelled since
    questions: int  # in the index after the run
    generation: int  # of the index after the run
    seconds: float


def report_json(report: IndexReport) -> dict[str, Any]:
    """The report as data for `json.dumps`."""
    return {
        **{name: getattr(report, name) for name in COUNTS},
        "rejections": [{"name": one.name, "reason": one.reason} for one in report.rejections],
        "problems": [{"name": name, "problems": list(sentences)} for name, sentences in report.problems],
        "duplicates": list(report.duplicates),
        "documents": report.documents,
        "gone": list(report.gone),
        "removed": [one._asdict() for one in report.removed],
        "cancelled": list(report.cancelled),
        "questions": report.questions,
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
    }
