"""One question of the Chamber to several ministers: its routes name one another, whichever run brought them.

A record tells only its own route. So an update is wrapped: what goes into the index names the siblings that the index
holds or that this run is about to read, and the commit puts again those whose siblings came out otherwise. What is
read from the index tells nothing of siblings, as the documents do not. So the index names just the routes that it
holds, in whatever order they came, as one built anew does.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from types import TracebackType
from typing import Final, Self

from searchq.documents.chamber.routes import Routes, with_siblings
from searchq.engine import Update
from searchq.indexing.row_part import TAB, Part, Row
from searchq.indexing.rows import Names, Rows
from searchq.question import Entry, Question

__all__ = ["ROUTES", "ROUTES_SINCE", "WithSiblings"]

ROUTES: Final = "chamber_routes"  # names of blobs: `rows` of the numbers held, by DOCNAME
ROUTES_SINCE: Final = "chamber_routes_since"
_NAMES: Final = Names(ROUTES, ROUTES_SINCE)


class WithSiblings:
    """An update (see `searchq.engine.Update`) that keeps the siblings of the Chamber's questions right."""

    def __init__(self, update: Update, coming: Routes | None = None) -> None:
        """`coming` are the routes that a first pass found; without it the siblings are right all the same."""
        self._update = update
        self._held = _HeldRoutes(update)
        self._coming = coming or Routes()
        self._put: dict[str, None] = {}  # numbers
        self._deleted: set[str] = set()

    @property
    def generation(self) -> int:
        return self._update.generation

    @property
    def count(self) -> int:
        return self._update.count

    def entry(self, number: str) -> Entry | None:
        entry = self._update.entry(number)
        return entry if entry is None or entry.question.docname is None else _with(entry, ())

    def put(self, question: Question, pages: Sequence[Question] = ()) -> None:
        if question.docname is None:
            self._update.put(question, pages)
            return
        self._deleted.discard(question.number)
        self._put[question.number] = None
        entry = _with(Entry(question, tuple(pages)), self._expected(question.docname))
        self._update.put(*entry)

    def delete(self, number: str) -> bool:
        self._put.pop(number, None)
        self._deleted.add(number)
        return self._update.delete(number)

    def state(self, name: str) -> bytes:
        return self._update.state(name)

    def keep(self, name: str, data: bytes) -> None:
        self._update.keep(name, data)

    def commit(self) -> int:
        changed = Routes([*self._put, *self._deleted])
        for docname in changed.docnames():
            numbers = (self._held.of(docname) | changed.of(docname)) - self._deleted
            self._complete(docname, numbers)
            self._held.put(docname, numbers)
        if changed.docnames():
            self._held.keep()
        return self._update.commit()

    def _expected(self, docname: str) -> frozenset[str]:
        return self._held.of(docname) | self._coming.of(docname)

    def _complete(self, docname: str, numbers: frozenset[str]) -> None:
        """Put again each route of a question that names other siblings than the index will hold."""
        for number in numbers:
            told = self._expected(docname) if number in self._put else self._held.of(docname)
            if told | {number} != numbers and (entry := self._update.entry(number)):
                self._update.put(*_with(entry, numbers))

    def __enter__(self) -> Self:
        self._update.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._update.__exit__(kind, error, trace)


def _with(entry: Entry, numbers: Iterable[str]) -> Entry:
    """An entry whose question and pages name those siblings."""
    pages = tuple(with_siblings(page, numbers) for page in entry.pages)
    return Entry(with_siblings(entry.question, numbers), pages)


class _HeldRoutes:
    """The routes that the index held before the update, and what it will hold of those that changed."""

    def __init__(self, update: Update) -> None:
        self._update = update

    @cached_property
    def _rows(self) -> Rows:
        """The rows, which a run without questions of the Chamber does without."""
        base = self._update.state(ROUTES)
        return Rows.load(base, self._update.state(ROUTES_SINCE)) or Rows.of(_first_edition(base))

    def of(self, docname: str) -> frozenset[str]:
        """The numbers of a question as the index held them."""
        line = self._rows.line(int(docname)) or b""
        return frozenset(line.partition(TAB)[2].decode().split())

    def put(self, docname: str, numbers: frozenset[str]) -> None:
        """Note the numbers of a question that the index will hold."""
        if numbers:
            self._rows.put(_row(docname, numbers))
        else:
            self._rows.forget(int(docname))

    def keep(self) -> None:
        """Keep the routes with the coming generation."""
        for name, blob in self._rows.dump(_NAMES).items():
            self._update.keep(name, blob)


def _first_edition(blob: bytes) -> Iterator[Row]:
    """The rows of the first edition: the numbers held, a line each."""
    routes = Routes(blob.decode().split() if Part.load(blob) is None else ())
    return (_row(docname, routes.of(docname)) for docname in routes.docnames())


def _row(docname: str, numbers: Iterable[str]) -> Row:
    return Row(int(docname), f"{docname}\t{' '.join(sorted(numbers))}".encode())
