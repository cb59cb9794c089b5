"""One question of the Chamber to several ministers: its routes name one another, whichever run brought them.

A record tells only its own route. So an update is wrapped: what goes into the index names the siblings that the index
holds or that this run is about to read, and the commit puts again those whose siblings came out otherwise. What is
read from the index tells nothing of siblings, as the documents do not. So the index names just the routes that it
holds, in whatever order they came, as one built anew does.
"""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Final, Self

from searchq.documents.chamber.routes import Routes, with_siblings
from searchq.engine import Update
from searchq.question import Entry, Question

__all__ = ["ROUTES", "WithSiblings"]

ROUTES: Final = "chamber_routes"  # name of the blob: the numbers held, a line each


class WithSiblings:
    """An update (see `searchq.engine.Update`) that keeps the siblings of the Chamber's questions right."""

    def __init__(self, update: Update, coming: Routes | None = None) -> None:
        """`coming` are the routes that a first pass found; without it the siblings are right all the same."""
        self._update = update
        self._held = Routes(update.state(ROUTES).decode().split())
        self._expected = Routes([*self._held.numbers(), *(coming.numbers() if coming else ())])
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
        entry = _with(Entry(question, tuple(pages)), self._expected.of(question.docname))
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
        if self._put or self._deleted:
            numbers = (one for one in [*self._held.numbers(), *self._put] if one not in self._deleted)
            holding = Routes(numbers)
            self._complete(holding)
            self._update.keep(ROUTES, "\n".join(holding.numbers()).encode())
        return self._update.commit()

    def _complete(self, holding: Routes) -> None:
        """Put again each question that names other siblings than the index will hold."""
        for docname in Routes([*self._put, *self._deleted]).docnames():
            numbers = holding.of(docname)
            for number in numbers:
                told = (self._expected if number in self._put else self._held).of(docname)
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
