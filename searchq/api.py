"""An opened index and everything it can be asked: what programs, the command line and the search page stand on.

    import searchq

    index = searchq.open("index")
    page = index.search("sociale media", portfolio="Justitie", facets=["party"])
    for hit in page.hits:
        print(hit.question.number, hit.question.title, [snippet.text for snippet in hit.snippets])

An index may be shared by any number of threads. Each call answers from the newest generation, whole: a commit is seen
by the next call. Nothing here writes; `searchq.indexing.index_paths` does.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack

import numpy as np

from searchq.engine import Engine
from searchq.engines.embedded.execution.context import TOO_LONG, OutOfTime
from searchq.engines.embedded.siblings import sibling_docs
from searchq.engines.embedded.similar import similar_request
from searchq.engines.embedded.vocabulary import Vocabulary
from searchq.engines.open import open_engine
from searchq.errors import QuestionNotFound, RequestError
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import MISSING
from searchq.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MAX_SUGGESTIONS
from searchq.query.hints import ran_out_of_time
from searchq.query.hits import FacetCounts, Hits
from searchq.query.request import FacetName, Interval, Request, Sort
from searchq.question import Question
from searchq.results.page import ResultPage, Zone
from searchq.results.page_builder import PATIENCE, assemble, highlighter
from searchq.results.requests import Day, Facets, Values, make_request
from searchq.results.snippets import highlights

if TYPE_CHECKING:  # what few calls need is imported by them, so that a search from a cold shell starts sooner
    from searchq.engines.embedded.statistics import Statistics
    from searchq.engines.embedded.suggestions import Suggester, Suggestion
    from searchq.query.explanation import Explanation

__all__ = ["Filters", "Index", "open_index"]


class Filters(TypedDict, total=False):
    """The filters every search takes. Several values of one are alternatives; different filters all hold.

    Values are compared without regard to case and accents. `exclude` bars values: `exclude={"party": "MR"}`.
    Days are dates, or "2013-04-30", "2013-04", "2013".
    """

    minister: Values  # title as published, portfolio, or words of the title
    portfolio: Values
    author: Values
    party: Values
    keyword: Values
    title_part: Values
    legislature: Values
    session: Values
    year: Values
    month: Values
    status: Values
    language: Values
    delay: Values
    reminders: Values
    exclude: Mapping[str, Values]
    asked_from: Day | None
    asked_to: Day | None
    answered_from: Day | None
    answered_to: Day | None


class Index:
    """An opened index. Raises IndexMissing, IndexBroken or IndexOutdated when it cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._tools: _Tools | None = None

    @property
    def generation(self) -> int:
        """Grows with every commit."""
        return self._engine.generation

    def search(
        self,
        text: str = "",
        *,
        facets: Facets = (),
        sort: Sort | None = None,
        page: int = 1,
        limit: int = DEFAULT_PAGE_SIZE,
        fold: bool = True,
        recency: bool = True,
        histogram: bool = False,
        interval: Interval | None = None,
        snippets: bool = True,
        **filters: Unpack[Filters],
    ) -> ResultPage:
        """A page of questions for a query and filters.

            index.search("gevangenis", party=["sp.a", "Groen"], asked_from=2011, facets=["portfolio", "year:30"])

        `facets` are names, or `name:count`. `sort` is one of `searchq.query.request.SORTS`; without it a text sorts by
        relevance, no text by date, newest first. `fold` shows siblings (one question to several ministers) as one
        hit. Raises RequestError, in a sentence, for values nobody could answer.
        """
        request = make_request(
            text, **_by_facet(filters), facets=facets, sort=sort, page=page, limit=limit, fold=fold, recency=recency,
            histogram=histogram, interval=interval,
        )  # fmt: skip
        return self.page(request, snippets=snippets)

    def page(self, request: Request, *, snippets: bool = True) -> ResultPage:
        """The page of a request; without `snippets` the questions come without their long texts, too."""
        until = time.thread_time() + PATIENCE
        tools, hits = self._answer(request)
        return assemble(request, hits, tools.vocabulary, self._engine.search, snippets, until)

    def question(self, number: str) -> Question:
        """The question of a number, "5-8902". Raises QuestionNotFound."""
        (found,) = self._engine.fetch([number.strip()])
        if found is None:
            raise QuestionNotFound(f"The index holds no question {number}.")
        return found

    def siblings(self, number: str) -> tuple[Question, ...]:
        """The question and all that were asked in the same words to other ministers, by number."""
        snapshot = self._tools_now().snapshot
        return tuple(map(snapshot.record, _group(snapshot, number)))

    def similar(self, number: str, limit: int = 10, *, snippets: bool = False) -> ResultPage:
        """The questions most like one, its siblings left out; the page's request tells the words that made it.

        Without `snippets` they come without their long texts, in half the time.
        """
        snapshot = self._tools_now().snapshot
        group = {snapshot.number(doc) for doc in _group(snapshot, number)}
        request = similar_request(self.question(number), snapshot, min(limit + len(group), MAX_PAGE_SIZE))
        if request is None:
            return ResultPage(Request(limit=limit), 0, 0, ())
        page = self.page(request, snippets=snippets)
        others = tuple(hit for hit in page.hits if hit.question.number not in group)[:limit]
        return replace(page, request=replace(request, limit=limit), hits=others, did_you_mean=None, hints=())

    def suggest(self, prefix: str, limit: int = MAX_SUGGESTIONS) -> "tuple[Suggestion, ...]":
        """Ways to go on while typing: words, descriptors, portfolios, authors, numbers."""
        return self._tools_now().suggester.suggest(prefix, limit)

    def facets(
        self, text: str | Request = "", facets: Facets = ("portfolio", "party", "year"), **filters: Unpack[Filters]
    ) -> tuple[FacetCounts, ...]:
        """The values of facets with their counts; a facet is counted without its own selection.

        Raises OutOfTime, a SearchqError, for a text that takes too long.
        """
        counted = make_request(facets=facets).facets
        request = replace(_request(text, filters), facets=counted, histogram=False, page=1, limit=1)
        hits = self._engine.search(request)
        if not hits.total and ran_out_of_time(hits.hints):
            raise OutOfTime(TOO_LONG)
        return hits.facets

    def highlights(self, question: Question, request: Request) -> dict[Zone, tuple[tuple[int, int], ...]]:
        """Where a request's words stand in the whole texts of a question: character ranges a zone."""
        tools, hits = self._answer(replace(request, facets=(), histogram=False, page=1, limit=1))
        return highlights(question, highlighter(request.text, hits.terms, tools.vocabulary))

    def statistics(self, by: FacetName, text: str | Request = "", **filters: Unpack[Filters]) -> "Statistics":
        """Questions, answers and delays of what a search finds, a row a value of the facet `by`.

        Raises OutOfTime, a SearchqError, for a text that takes too long.
        """
        from searchq.engines.embedded.statistics import statistics  # 2 ms

        snapshot, docs = self._engine.matching(_request(text, filters))
        return statistics(by, docs, snapshot, MISSING)

    def scan(self, text: str | Request = "", **filters: Unpack[Filters]) -> Iterator[Question]:
        """Every question a search finds, one after the other, in its order; for exports of any size.

        Raises OutOfTime, a SearchqError, for a text that takes too long.
        """
        return self._engine.scan(_request(text, filters))

    def questions(self) -> Iterator[Question]:
        """Every question, by number."""
        return self._engine.questions()

    def numbers(self) -> Iterator[str]:
        """The number of every question, in order."""
        snapshot = self._tools_now().snapshot
        order = np.argsort(snapshot.integers("number_order"), kind="stable")
        return (snapshot.number(int(doc)) for doc in order if snapshot.live is None or snapshot.live[doc])

    def explain(self, text: str, number: str, *, recency: bool = True) -> "Explanation | None":
        """How a question gets its score for a text; None where the text does not find it."""
        return self._engine.explain(text, number, recency=recency)

    def info(self) -> dict[str, Any]:
        """What the index holds and how it was made; sizes in bytes, days as ISO dates."""
        return self._engine.info()

    def check(self) -> list[str]:
        """Read every byte of the index; a sentence for each file that is missing or altered."""
        return self._engine.check()

    def _answer(self, request: Request) -> tuple["_Tools", Hits]:
        """Hits and the snapshot they came from; asked again should a commit fall between the two."""
        for _ in range(_TRIES):
            tools, hits = self._tools_now(), self._engine.search(request)
            if hits.generation == tools.snapshot.generation:
                return tools, hits
        raise RequestError("The index changes faster than it can be read; try again.")

    def _tools_now(self) -> "_Tools":
        snapshot = self._engine.snapshot
        tools = self._tools
        if tools is None or tools.snapshot is not snapshot:
            tools = self._tools = _Tools(snapshot)
        return tools


_TRIES: Final = 20


class _Tools:
    """What is derived from one snapshot and kept as long as it is the newest."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.vocabulary = Vocabulary(snapshot)

    @cached_property
    def suggester(self) -> "Suggester":
        from searchq.engines.embedded.suggestions import Suggester  # 2 ms

        return Suggester(self.vocabulary)


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a folder. Raises IndexMissing where there is none, IndexBroken, IndexOutdated."""
    index = Index(open_engine(path))
    assert index.generation >= 0  # reads the manifest, so that a missing index is told of here
    return index


def _by_facet(filters: Filters) -> dict[str, Any]:
    """Filters as `make_request` takes them: values by facet apart from exclusions and days."""
    others = {name: value for name, value in filters.items() if name in _NO_FACETS}
    return {"include": {name: value for name, value in filters.items() if name not in _NO_FACETS}, **others}


_NO_FACETS: Final = frozenset({"exclude", "asked_from", "asked_to", "answered_from", "answered_to"})


def _request(text: str | Request, filters: Filters) -> Request:
    if isinstance(text, str):
        return make_request(text, **_by_facet(filters))
    if filters:
        raise RequestError(f"A Request says its own filters; leave out {', '.join(filters)}.")
    return text


def _group(snapshot: Snapshot, number: str) -> Iterable[int]:
    doc = snapshot.doc(number.strip())
    if doc is None:
        raise QuestionNotFound(f"The index holds no question {number}.")
    return sibling_docs(snapshot, doc, snapshot.header(doc))
