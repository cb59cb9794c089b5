"""Upgrade an index of the first edition from its records, and list the questions whose records lack something.

Kept: all fields; the answer becomes the first of `answers`, the source the only one of `sources`; citations are found
in the texts. Everything else needs the page: `searchq index SOURCES` reads it again.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from searchq.documents.citations import find_citations
from searchq.documents.document import name_of
from searchq.engine import WriteOptions
from searchq.engines.embedded.upgrade import rewrite
from searchq.engines.open import is_on_cluster, open_engine
from searchq.indexing.catalog import BASE, upgraded_base
from searchq.indexing.memory import RESTAMP
from searchq.indexing.merge_pages import merge_pages
from searchq.question import Answer, Entry, Question

__all__ = ["Reread", "UpgradeReport", "renewed", "upgrade_index"]


class Reread(Struct, frozen=True):
    """A question whose page must be read again: its number, the document, the reason as a clause."""

    number: str
    document: str
    reason: str


class UpgradeReport(Struct, frozen=True):
    """The report of an upgrade; `questions` is None if there was nothing to do."""

    questions: int | None
    reread: tuple[Reread, ...]


def upgrade_index(directory: str | os.PathLike[str], jobs: int = 2) -> UpgradeReport:
    """Upgrade an index from the records stored in it. Raises an IndexFault and leaves the old index unchanged."""
    if is_on_cluster(directory):
        open_engine(directory).about()  # of another version it raises, and names the remedy
        return UpgradeReport(None, ())
    reread: list[Reread] = []
    held: dict[str, list[str]] = {}  # numbers by document

    def renew(entry: Entry) -> Entry:
        for page in entry.pages:
            held.setdefault(name_of(page.source), []).append(page.number)
            reread.extend(Reread(page.number, name_of(page.source), reason) for reason in _reasons(page)[:1])
        pages = tuple(map(renewed, entry.pages))
        return Entry(merge_pages(pages), pages)

    restamp = {**RESTAMP, BASE: lambda blob, old, new: upgraded_base(blob, old, new, held)}
    count = rewrite(Path(directory), renew, restamp, WriteOptions(jobs=jobs))
    return UpgradeReport(count, tuple(reread))


def renewed(page: Question) -> Question:
    """Convert a record of the first edition; a record of the second is returned unchanged."""
    if page.sources:
        return page
    french = page.french.answer if page.french else None
    answered = page.answer or french
    undecided = page.status == "open" and page.source.layout in _UNDATED
    return replace(
        page,
        sources=(page.source,),
        answers=(Answer(date=page.answer_date, text=page.answer, french=french),) if answered else (),
        citations=find_citations(page.number, page.question, page.answer, page.french),
        status="unknown" if undecided else page.status,
        waiting_since=None if undecided else page.waiting_since,
        problems=(*page.problems, _NO_CHRONOLOGY) if undecided else page.problems,
    )


_UNDATED: Final = frozenset({"piped", "stripped", "bulletin"})  # layouts without a chronology
_NO_CHRONOLOGY: Final = "Whether the question was answered is not known: the document has no chronology."

_REASONS: Final[dict[str, Callable[[Question], object]]] = {
    "whether it was answered is unknown": lambda q: q.status == "open" and q.source.layout in _UNDATED,
    "the text of its answer is missing": lambda q: (
        q.status == "answered" and not (q.answer or (q.french and q.french.answer))
    ),
    "it may have more than one answer": lambda q: sum(one.event == "answered" for one in q.chronology) > 1,
    "an event of its chronology was not known": lambda q: any(one.event == "other" for one in q.chronology),
    "its two titles stood on one line": lambda q: q.source.layout in ("nlfr-print", "piped"),
    "it was read with problems": lambda q: q.problems,
}


def _reasons(page: Question) -> list[str]:
    return [] if page.sources else [reason for reason, applies in _REASONS.items() if applies(page)]
