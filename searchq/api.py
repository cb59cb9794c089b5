"""The Python API: an opened index and its queries; the command line and the search page use it.

    import searchq

    index = searchq.open("index")
    page = index.search("sociale media", portfolio="Justitie", facets=["party"])
    for hit in page.hits:
        print(hit.question.number, hit.question.title, [snippet.text for snippet in hit.snippets])

An index is thread-safe. Each call answers from one generation, the newest: the next call sees a commit. Nothing here
writes; `searchq.indexing.index_paths` does.
"""

import datetime as dt
import math
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack

from msgspec.structs import replace

from searchq.called import is_name
from searchq.engine import Engine
from searchq.engines.open import open_engine
from searchq.errors import OutOfTime, QuestionNotFound, RequestError
from searchq.limits import DEFAULT_PAGE_SIZE, HELP_BUDGET_CPU_SECONDS, MAX_PAGE_SIZE, MAX_SUGGESTIONS
from searchq.query.explanation import Explanation
from searchq.query.facet_table import FacetName
from searchq.query.hints import ran_out_of_time
from searchq.query.hits import FacetCounts
from searchq.query.request import Interval, Request, Sort, Texts
from searchq.query.selections import including
from searchq.query.statistics import Statistics
from searchq.query.suggestion import Suggestion
from searchq.question import Question
from searchq.results.beside import InResults, page_around
from searchq.results.highlights import Highlighter
from searchq.results.page import ResultPage, Zone
from searchq.results.page_builder import build_page
from searchq.results.requests import Day, Facets, Values, make_request
from searchq.results.snippets import highlights

if TYPE_CHECKING:  # no search needs it
    from pathlib import Path

    from searchq.coverage.report import Coverage
    from searchq.coverage.summary import CoverageSummary
    from searchq.results.news import NewsPage

__all__ = ["Filters", "Index", "open_index", "verify"]


class Filters(TypedDict, total=False):
    """The filters of every search. Several values of one filter are alternatives; all filters must match.

    Case and accents are ignored. `exclude` excludes values: `exclude={"party": "MR"}`.
    Days are dates, or "2013-04-30", "2013-04", "2013"; with `today` also "gisteren", "7 dagen geleden".
    """

    minister: Values  # title as published, portfolio, or words of the title
    portfolio: Values
    author: Values
    party: Values
    keyword: Values
    title_part: Values
    house: Values
    legislature: Values
    session: Values
    year: Values
    month: Values
    status: Values
    language: Values
    delay: Values
    reminders: Values
    problem: Values  # a kind of what could not be read
    exclude: Mapping[str, Values]
    asked_from: Day | None
    asked_to: Day | None
    answered_from: Day | None
    answered_to: Day | None
    waited: str | int | None  # days to the answer, or waited so far: ">100"
    today: dt.date | None  # what "gisteren" is told from


class Index:
    """An opened index. Raises IndexMissing, IndexUnreadable, IndexBroken or IndexOutdated if it cannot be read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def generation(self) -> int:
        """The generation number, which grows with every commit."""
        return self._engine.about().generation

    @property
    def origin(self) -> str:
        """What identifies the index: the same through commits, rebuilds and upgrades, another for one built anew."""
        return self._engine.about().origin

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
        all_words: bool = False,
        translate: bool = True,
        histogram: bool = False,
        interval: Interval | None = None,
        snippets: bool = True,
        **filters: Unpack[Filters],
    ) -> ResultPage:
        """Search by a query and filters.

            index.search("gevangenis", party=["sp.a", "Groen"], asked_from=2011, facets=["portfolio", "year:30"])

        `facets` are names, or `name:count`. `sort` is one of `searchq.query.request.SORTS`; the default is relevance
        with a text, newest first without. `fold` shows siblings (one question to several ministers) as one hit. Sorted
        by relevance, where few questions have all words, those with most of them follow, unless `all_words`.
        `translate` also finds questions in the other language (Dutch, French) by the translations of plain words.
        Raises RequestError for invalid values.
        """
        request = make_request(
            text, **_by_facet(filters), facets=facets, sort=sort, page=page, limit=limit, fold=fold, recency=recency,
            all_words=all_words, translate=translate, histogram=histogram, interval=interval,
        )  # fmt: skip
        return self.page(request, snippets=snippets)

    def page(self, request: Request, *, snippets: bool = True) -> ResultPage:
        """The page of a request; `snippets=False` also omits the long texts of the questions."""
        until = time.thread_time() + HELP_BUDGET_CPU_SECONDS
        hits = self._engine.search(replace(request, texts="whole" if snippets else "header"))
        return build_page(hits, self._engine, until)

    def news(
        self,
        text: str | Request = "",
        *,
        after: int = 0,
        page: int = 1,
        limit: int = DEFAULT_PAGE_SIZE,
        snippets: bool = True,
        **filters: Unpack[Filters],
    ) -> "NewsPage":
        """What came into the index of the questions that a search finds: new questions and answers, newest first.

            page = index.news("sociale media", portfolio="Justitie", after=generation)
            generation = page.generation  # told of everything up to here

        Only of generations later than `after`: nothing is told twice or left out, whatever the clock says. A question
        that came with its answer is one entry of both kinds. A rebuild makes no news, nor does a correction. All of it
        is new where `origin` is another. Raises OutOfTime, a SearchqError.
        """
        from searchq.results.news import build_news

        texts: Texts = "whole" if snippets else "header"
        request = replace(_request(text, filters), page=page, limit=limit, texts=texts)
        return build_news(self._engine.news(request, after=after))

    def question(self, number: str) -> Question:
        """The question with a number, such as "5-8902". Raises QuestionNotFound."""
        (found,) = self._engine.questions([number.strip()])
        if found is None:
            raise _not_found(number)
        return found

    def named(self, text: str) -> tuple[Question, ...]:
        """The questions that a text names: by number, by what people call it (56-0930, B045, 8902), by address.

        Sorted by number, without their long texts, at most MAX_PAGE_SIZE; empty where there is none.
        """
        asked = Request(f'nummer:"{text}"', sort="number", fold=False, limit=MAX_PAGE_SIZE, texts="header")
        return tuple(hit.question for hit in self._engine.search(asked).hits) if is_name(text) else ()

    def siblings(self, number: str) -> tuple[Question, ...]:
        """The question and its siblings (the same question to other ministers), by number."""
        found = self._engine.siblings(number.strip())
        if not found:
            raise _not_found(number)
        return tuple(found)

    def cited_by(self, number: str, limit: int = MAX_PAGE_SIZE) -> tuple[Question, ...]:
        """The questions that cite a number, without their long texts; the number need not be in the index."""
        return tuple(self._engine.cited_by(number.strip(), limit))

    def held(self, numbers: Iterable[str]) -> frozenset[str]:
        """The numbers, of those given, that are in the index."""
        return self._engine.held(numbers)

    def similar(self, number: str, limit: int = 10, *, snippets: bool = False) -> ResultPage:
        """The questions most similar to one, without its siblings; the page's request has the words used.

        `snippets=False` omits the long texts and takes half the time.
        """
        self.question(number)
        hits = self._engine.similar(number.strip(), limit, texts="whole" if snippets else "header")
        return build_page(hits, self._engine, -math.inf)

    def suggest(
        self, prefix: str, limit: int = MAX_SUGGESTIONS, *, within: Request | None = None, **filters: Unpack[Filters]
    ) -> tuple[Suggestion, ...]:
        """Completions of a prefix: descriptors, portfolios, authors, parties, words, numbers.

        Each is counted under the filters, or those of the request `within`: as many questions as choosing it leads to.
        """
        return self._engine.complete(prefix, _request("" if within is None else within, filters), limit)

    def facets(
        self, text: str | Request = "", facets: Facets = ("portfolio", "party", "year"), **filters: Unpack[Filters]
    ) -> tuple[FacetCounts, ...]:
        """Facet values and counts; each facet is counted without its own selection.

        Raises OutOfTime, a SearchqError, for a text that takes too long.
        """
        counted = make_request(facets=facets).facets
        request = replace(_request(text, filters), facets=counted, histogram=False, page=1, limit=1)
        hits = self._engine.search(replace(request, texts="none"))
        if not hits.total and ran_out_of_time(hits.hints):
            raise OutOfTime()
        return hits.facets

    def highlights(self, question: Question, request: Request) -> dict[Zone, tuple[tuple[int, int], ...]]:
        """The character ranges of a request's words in the whole texts of a question, by zone."""
        asked = replace(request, facets=(), histogram=False, page=1, limit=1, texts="whole")
        return highlights(question, Highlighter(self._engine.search(asked).highlight))

    def in_results(self, question: Question, request: Request, place: int) -> InResults:
        """A question as hit number `place` of a request: the hits beside it, and its highlights, by one search."""
        around = page_around(place)
        asked = replace(request, facets=(), histogram=False, page=around.page, limit=around.limit, texts="whole")
        hits = self._engine.search(asked)
        found = dict(enumerate((hit.question for hit in hits.hits), around.first))
        ranges = highlights(question, Highlighter(hits.highlight)) if request.text else {}
        return InResults(found.get(place - 1), found.get(place + 1), ranges)

    def statistics(self, by: FacetName, text: str | Request = "", **filters: Unpack[Filters]) -> Statistics:
        """Counts of questions and answers, and delays, for a search; one row per value of the facet `by`.

        Raises OutOfTime, a SearchqError, for a text that takes too long.
        """
        return self._engine.statistics(by, _request(text, filters))

    def statistics_by_year(
        self, by: FacetName, text: str | Request = "", **filters: Unpack[Filters]
    ) -> dict[str, Statistics]:
        """The same for each year in which questions were asked, by year. Raises OutOfTime."""
        request = _request(text, filters)
        years = [row.value for row in self.statistics("year", request).rows if row.value]
        return {year: self.statistics(by, including(request, "year", year)) for year in years}

    def scan(self, text: str | Request = "", **filters: Unpack[Filters]) -> Iterator[Question]:
        """Stream every matching question in request order, ignoring page and limit.

        Raises OutOfTime, a SearchqError, for a text that takes too long.
        """
        return self._engine.scan(_request(text, filters))

    def questions(self) -> Iterator[Question]:
        """Every question, by number."""
        return self._engine.scan(_EVERY_QUESTION)

    def bulk(self) -> "Path":
        """The file with every record as JSON lines, compressed by gzip, in the cache folder; made unless it is there.

        The same generation gives the same bytes. Raises RequestError while another process makes it, or without a
        cache folder.
        """
        from searchq.bulk import make_bulk

        return make_bulk(self._engine.about(), self.questions())

    def numbers(self) -> Iterator[str]:
        """Every question number, in order."""
        return iter(self._engine.numbers())

    def explain(
        self, text: str, number: str, *, recency: bool = True, today: dt.date | None = None, translate: bool = True
    ) -> Explanation | None:
        """How a question gets its score for a text; None if the text does not match it."""
        return self._engine.explain(text, number, recency=recency, today=today, translate=translate)

    def info(self) -> dict[str, Any]:
        """The contents and versions of the index; sizes in bytes, days as ISO dates."""
        about = self._engine.about()
        return {
            "directory": about.place,
            "questions": about.questions,
            "first_date": about.first_day.isoformat() if about.first_day else None,
            "last_date": about.last_day.isoformat() if about.last_day else None,
            "known_date": about.known_day.isoformat() if about.known_day else None,
            "generation": about.generation,
            "built": about.built.isoformat(timespec="seconds"),
            **about.details,
        }

    @property
    def content(self) -> str:
        """A digest of this generation's content; empty if the engine knows none."""
        return self._engine.about().content

    def coverage(self, *, ledgers: "Mapping[str, CoverageSummary] | None" = None) -> "Coverage":
        """What the index holds of what there is, and why it lacks the rest, as the last runs knew it.

        `ledgers` are newer than those kept with the index, by the folder of their archive.
        """
        from searchq.coverage.kept import KEPT, Kept
        from searchq.coverage.report import coverage_of

        rows = self._engine.statistics("legislature", Request()).rows
        answered = {int(row.value): row.answered for row in rows if row.value}
        return coverage_of(self.numbers(), answered, Kept.load(self.state(KEPT)).with_ledgers(ledgers or {}))

    def check(self, *, deep: bool = False) -> list[str]:
        """Verify every byte of the index; a sentence for each missing or altered file.

        `deep` also tests order, bounds and counts of all that is stored, and the columns against the records.
        """
        return self._engine.verify(deep=deep)

    def state(self, name: str) -> bytes:
        """A blob that indexing runs stored with this generation; empty if absent."""
        return self._engine.state(name)


_EVERY_QUESTION: Final = Request(sort="number", fold=False)


def open_index(path: str | os.PathLike[str] = "index") -> Index:
    """Open the index in a directory. Raises IndexMissing, IndexUnreadable, IndexBroken or IndexOutdated."""
    index = Index(open_engine(path))
    assert index.generation >= 0  # opens it, to report a missing index here
    return index


def verify(path: str | os.PathLike[str] = "index", *, deep: bool = False) -> list[str]:
    """Verify every byte of an index, even if it cannot be opened; a sentence for each missing or altered file.

    `deep` is that of `Index.check`.
    """
    return open_engine(path).verify(deep=deep)


def _by_facet(filters: Filters) -> dict[str, Any]:
    """Split filters into the arguments of `make_request`: values by facet, exclusions, days."""
    others = {name: value for name, value in filters.items() if name in _NO_FACETS}
    return {"include": {name: value for name, value in filters.items() if name not in _NO_FACETS}, **others}


_NO_FACETS: Final = frozenset({"exclude", "asked_from", "asked_to", "answered_from", "answered_to", "waited", "today"})


def _request(text: str | Request, filters: Filters) -> Request:
    if isinstance(text, str):
        return make_request(text, **_by_facet(filters))
    if filters:
        raise RequestError(f"A Request has its own filters; remove {', '.join(filters)}.")
    return text


def _not_found(number: str) -> QuestionNotFound:
    return QuestionNotFound(f"The index does not contain question {number}.")
