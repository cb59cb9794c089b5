"""The engine over a cluster: every call answers from one generation, the newest or that of a moment ago."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from searchq import __version__
from searchq.engine import About, WriteOptions
from searchq.engines.opensearch import stream
from searchq.engines.opensearch.address import read_address, read_settings
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.generations import Generation, Newest
from searchq.engines.opensearch.matches import read
from searchq.engines.opensearch.records import found_by_number
from searchq.engines.opensearch.refusals import Gone
from searchq.engines.opensearch.search import answer
from searchq.engines.opensearch.siblings import citing, siblings
from searchq.engines.opensearch.verify import faults
from searchq.engines.opensearch.view import View
from searchq.engines.opensearch.vocabulary import known_words
from searchq.query.facet_table import FacetName
from searchq.query.hits import Hits
from searchq.query.request import Request, Texts
from searchq.question import Question

if TYPE_CHECKING:
    from searchq.engines.opensearch.update import ClusterUpdate
    from searchq.query.explanation import Explanation
    from searchq.query.news import News
    from searchq.query.statistics import Statistics
    from searchq.query.suggestion import KnownWord, Suggestion

__all__ = ["ClusterEngine"]

T = TypeVar("T")
_DEFAULTS: Final = WriteOptions()


class ClusterEngine:
    """See `searchq.engine.Engine`; raises IndexMissing if nothing was built yet, IndexOutdated, IndexFault."""

    def __init__(self, address: str) -> None:
        self._connection = Connection(read_address(address), read_settings())
        self._generations = Newest(self._connection)
        self._view: View | None = None

    def about(self) -> About:
        generation = self._generations.read()
        first, last, known = (
            None if day is None else dt.date.fromordinal(day)
            for day in (generation.first_day, generation.last_day, generation.known_day)
        )
        details = {"index": generation.index, "searchq": __version__, "schema": generation.schema}
        return About(
            str(self._connection.address),
            generation.number,
            generation.built,
            generation.questions,
            first,
            last,
            known,
            generation.origin,
            {**details, "analysis": generation.analysis},
            generation.seal,
        )

    def search(self, request: Request) -> Hits:
        return self._answered(lambda view: answer(request, view))

    def scan(self, request: Request) -> Iterator[Question]:
        return self._answered(lambda view: stream.questions(read(request, view)))

    def questions(self, numbers: Sequence[str]) -> list[Question | None]:
        found = self._answered(lambda view: found_by_number(numbers, view, "whole"))
        return [found.get(number) for number in numbers]

    def siblings(self, number: str) -> list[Question]:
        return self._answered(lambda view: siblings(number, view))

    def cited_by(self, number: str, limit: int) -> list[Question]:
        return self._answered(lambda view: citing(number, limit, view))

    def held(self, numbers: Iterable[str]) -> frozenset[str]:
        wanted = list(numbers)
        return frozenset(self._answered(lambda view: found_by_number(wanted, view, "none")))

    def numbers(self) -> list[str]:
        request = Request(sort="number", fold=False, texts="none")
        return self._answered(lambda view: stream.numbers(read(request, view)))

    def similar(self, number: str, limit: int, *, texts: Texts = "whole") -> Hits:
        from searchq.engines.opensearch.similar import similar

        return self._answered(lambda view: similar(number, siblings(number, view), limit, texts, view))

    def statistics(self, by: FacetName, request: Request) -> "Statistics":
        from searchq.engines.opensearch.statistics import statistics

        return self._answered(lambda view: statistics(by, read(request, view)))

    def complete(self, prefix: str, request: Request, limit: int) -> "tuple[Suggestion, ...]":
        from searchq.engines.opensearch.suggestions import suggest

        return self._answered(lambda view: suggest(prefix, request, limit, view))

    def known_words(self, words: Sequence[str]) -> "list[KnownWord | None]":
        return self._answered(lambda view: known_words(words, view))

    def spellings(self, word: str) -> "tuple[KnownWord, ...]":
        from searchq.engines.opensearch.spelling import spellings

        return self._answered(lambda view: spellings(word, view))

    def explain(
        self,
        text: str,
        number: str,
        *,
        recency: bool = True,
        proximity: bool = True,
        today: dt.date | None = None,
        translate: bool = True,
    ) -> "Explanation | None":
        from searchq.engines.opensearch.explain import explain

        request = Request(
            text=text, recency=recency, proximity=proximity, today=today, translate=translate, texts="none"
        )

        def explained(view: View) -> "Explanation | None":
            question = found_by_number([number], view, "whole").get(number)
            return None if question is None else explain(read(request, view), question)

        return self._answered(explained)

    def verify(self, *, deep: bool = False) -> list[str]:
        return faults(self._connection)

    def news(self, request: Request, *, after: int = 0) -> "News":
        from searchq.engines.opensearch.news import news

        return self._answered(lambda view: news(request, after, view))

    def update(
        self, *, rebuild: bool = False, options: WriteOptions = _DEFAULTS, moment: dt.datetime | None = None
    ) -> "ClusterUpdate":
        from searchq.engines.opensearch.update import ClusterUpdate

        return ClusterUpdate(self._connection, rebuild, options, moment)

    def state(self, name: str) -> bytes:
        return self._answered(lambda view: view.blob(name)) or b""

    def close(self) -> None:
        self._connection.close()

    def _answered(self, ask: Callable[[View], T]) -> T:
        """Ask the newest generation; once more where its index was rebuilt and removed meanwhile."""
        view = self._newest()
        try:
            return ask(view)
        except Gone:
            if (later := self._view_of(self._generations.read_now())) is view:
                raise
            return ask(later)

    def _newest(self) -> View:
        return self._view_of(self._generations.read())

    def _view_of(self, generation: Generation) -> View:
        view = self._view
        if view is None or view.generation != generation:
            view = self._view = View(self._connection, generation)
        return view
