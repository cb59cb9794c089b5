"""Reconcile parsed questions with the index: changed documents, and one question from several documents.

For each number the index stores all pages, and the record that `merge_pages` makes of them. A page replaces the former
page of its document, and the record is rebuilt:

no question of that number yet                        added
the entry stays as it is                             unchanged
the record has the same content                      completed: by a source, or the day it was last seen
else                                                  updated
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from searchq.documents.document import name_of
from searchq.indexing.catalog import Catalog
from searchq.indexing.merge_pages import merge_pages, pages_in_order
from searchq.question import Entry, Question, Source

__all__ = ["Judgement", "Outcome", "Reconciler", "content_of", "entry_of"]

Outcome = Literal["added", "updated", "completed", "unchanged"]


class Judgement(NamedTuple):
    """The outcome for a question: what to count, what to write (None if unchanged), and the former record."""

    outcome: Outcome
    entry: Entry | None
    before: Question | None


class Reconciler:
    """Reconciles questions one by one."""

    def __init__(self, catalog: Catalog, stored: Callable[[str], Entry | None]) -> None:
        """`stored` returns what the index contains for a number, this run included; None if nothing."""
        self._catalog = catalog
        self._stored = stored
        self._met: set[str] = set()  # numbers, in this run
        self._duplicates: dict[str, None] = {}

    @property
    def duplicates(self) -> tuple[str, ...]:
        """The numbers found in several documents of this run, in order of detection."""
        return tuple(self._duplicates)

    def judge(self, name: str, pages: Sequence[Question]) -> Judgement:
        """Decide what to do with the pages of one number in a document; nearly always one page."""
        pages = [page if page.sources else replace(page, sources=(page.source,)) for page in pages]
        number = pages[0].number
        if number in self._met or len(pages) > 1:
            self._duplicates[number] = None
        self._met.add(number)
        held = self._stored(number)
        if held is None:
            return Judgement("added", entry_of(pages), None)
        entry = entry_of([*self._staying(held.pages, name, pages), *pages])
        if entry == held:
            return Judgement("unchanged", None, held.question)
        same = content_of(entry.question) == content_of(held.question)
        return Judgement("completed" if same else "updated", entry, held.question)

    def _staying(self, held: Iterable[Question], name: str, new: Sequence[Question]) -> list[Question]:
        """The stored pages that the new ones do not replace; captures of one page coexist."""
        captures = self._catalog.repeated(name)
        return [page for page in held if captures or name_of(page.source) != name or _other_day(page, new)]


def entry_of(pages: Iterable[Question]) -> Entry:
    """The index entry of the pages of one number."""
    ordered = pages_in_order(_last_captures(pages))
    return Entry(merge_pages(ordered), tuple(ordered))


def _last_captures(pages: Iterable[Question]) -> Iterable[Question]:
    """The pages, with only the last of captures that have the same content."""
    found: dict[Question, Question] = {}
    for page in pages:
        told = replace(page, last_seen=None)
        if told not in found or _day(found[told]) < _day(page):
            found[told] = page
    return found.values()


def _day(page: Question) -> dt.date:
    return page.last_seen or dt.date.min


def _other_day(page: Question, new: Sequence[Question]) -> bool:
    return page.last_seen is not None and all(one.last_seen not in (None, page.last_seen) for one in new)


def content_of(question: Question) -> Question:
    """The content of a record, without where and when it was read."""
    return replace(question, source=Source(), sources=(), last_seen=None, first_seen=None, answer_first_seen=None)
