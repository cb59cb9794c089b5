"""Remove pages whose document now has another number or no longer exists, and questions removed by number.

A question remains while it has a page; its record is rebuilt from the remaining pages. A run removes pages at its end,
since a record may have moved to another document.
"""

from collections.abc import Collection, Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import NamedTuple

from searchq.documents import find
from searchq.documents.document import name_of
from searchq.engine import Update
from searchq.engines.open import open_engine
from searchq.errors import FolderEmptied
from searchq.indexing.cancellations import is_cancellation
from searchq.indexing.catalog import Catalog
from searchq.indexing.lessons import Lessons
from searchq.indexing.memory import Memory
from searchq.indexing.paths import Within
from searchq.indexing.reconcile import entry_of
from searchq.indexing.siblings import WithSiblings

__all__ = ["Removal", "Removals", "gone", "refuse_emptied", "remove_questions", "renamed"]


class Removal(NamedTuple):
    """A page removed from the index: its number, its document, the reason, and whether the question was removed."""

    number: str
    name: str
    reason: str
    whole: bool


class Removals:
    """Collects the pages a run must remove, and removes them."""

    def __init__(self, update: Update, lessons: Lessons) -> None:
        self._update = update
        self._lessons = lessons
        self._lost: dict[str, dict[str, str]] = {}  # number -> document without it, reason

    def lose(self, name: str, numbers: Iterable[str], reason: str) -> None:
        """Record that a document no longer contains these numbers."""
        for number in numbers:
            self._lost.setdefault(number, {})[name] = reason

    def settle(self) -> list[Removal]:
        """Remove the recorded pages; returns each page removed from the index."""
        return [removal for number, names in self._lost.items() for removal in self._settle(number, names)]

    def _settle(self, number: str, names: dict[str, str]) -> list[Removal]:
        held = self._update.entry(number)
        if held is None:
            return []
        staying = [page for page in held.pages if name_of(page.source) not in names]
        left = dict.fromkeys(name for page in held.pages if (name := name_of(page.source)) in names)
        if all(map(is_cancellation, staying)):  # of what is not here any more
            staying = []
        if left and staying:
            entry = entry_of(staying)
            self._lessons.learn(entry.question, held.question)
            self._update.put(*entry)
        elif left:
            self._lessons.forget(held.question)
            self._update.delete(number)
        return [Removal(number, name, names[name], not staying) for name in left]


def gone(paths: Iterable[str | PathLike[str]], catalog: Catalog, rejected: Collection[str]) -> dict[str, list[str]]:
    """The documents under the run's paths that it did not see, with their numbers.

    Documents inside something that could not be read (`rejected`) may still exist, and are excluded.
    """
    within = Within(paths)
    return {
        name: numbers
        for name, numbers in catalog.unmet(within, within.is_near)
        if not any(outer in rejected for outer in _outer(name))
        and not any(outer in rejected for other in within.other_names(name) for outer in _outer(other))
    }


def refuse_emptied(paths: Iterable[str | PathLike[str]], lost: Mapping[str, list[str]]) -> None:
    """Raise FolderEmptied where a folder held documents and holds none at all: it may just not be mounted."""
    for path in paths:
        inside = [name for name in lost if Within([path])(name)] if Path(path).is_dir() else []
        if inside and next(find([path]), None) is None:
            raise FolderEmptied(
                f"{fspath(path)} held {len(inside):,} documents and now holds none; is it mounted? Nothing was removed."
                " To remove their questions all the same, add --prune-emptied."
            )


def renamed(paths: Iterable[str | PathLike[str]], catalog: Catalog, names: Iterable[str]) -> set[str]:
    """Those of the names whose document this run met under another one: `pages/1.html`, `/home/me/pages/1.html`."""
    within = Within(paths)
    return {name for name in names if any(map(catalog.met, within.other_names(name)))}


def _outer(name: str) -> Iterable[str]:
    """A document and its containers."""
    yield name
    for at, char in enumerate(name):
        if char in "/:":
            yield name[:at]


def remove_questions(numbers: Iterable[str], directory: str | PathLike[str]) -> list[Removal]:
    """Remove questions from an index and commit; returns the removed pages.

    The catalog keeps the documents: a run restores a question only if its document changed, or with `rebuild`.
    """
    engine = open_engine(directory)
    engine.about()  # raises if the index is missing
    with WithSiblings(engine.update()) as update:
        memory = Memory.load(update)
        removals = Removals(update, memory.lessons)
        for number in numbers:
            if held := update.entry(number):
                for page in held.pages:
                    removals.lose(name_of(page.source), [number], "removed by number")
        if removed := removals.settle():
            for removal in removed:
                memory.coverage.remove(removal.number)
            memory.store(update)
            update.commit()
    return removed
