"""What an indexing run did, question by question in sum, and by name where something was wrong."""

from dataclasses import dataclass
from typing import Any

from searchq.documents import Rejection
from searchq.indexing.removals import Removal

__all__ = ["IndexReport", "report_json"]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """One run: `read` = `added` + `updated` + `unchanged` + `rejected`, always.

    Questions are counted, not documents: a Bulletin page may hold several. A document that gave none counts once, as
    rejected. `problems` tells of unchanged documents, too: what was wrong when they were read.
    """

    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    rejections: tuple[Rejection, ...]
    problems: tuple[tuple[str, tuple[str, ...]], ...]  # number and document, sentences
    duplicates: tuple[str, ...]  # numbers that several documents gave; the fullest is kept, of equals the last
    documents: int  # files, and members of archives
    gone: tuple[str, ...]  # documents of earlier runs that their folder or archive no longer holds, not pruned
    removed: tuple[Removal, ...]  # pages that left the index
    questions: int  # in the index after the run
    generation: int  # of the index after the run
    seconds: float


def report_json(report: IndexReport) -> dict[str, Any]:
    """The report as data for `json.dumps`."""
    return {
        **{name: getattr(report, name) for name in ("read", "added", "updated", "unchanged", "rejected")},
        "rejections": [{"name": one.name, "reason": one.reason} for one in report.rejections],
        "problems": [{"name": name, "problems": list(sentences)} for name, sentences in report.problems],
        "duplicates": list(report.duplicates),
        "documents": report.documents,
        "gone": list(report.gone),
        "removed": [one._asdict() for one in report.removed],
        "questions": report.questions,
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
    }
