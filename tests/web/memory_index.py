"""An index of a few records in memory: plain loops, no cleverness, the calls of `searchq.web.port.Index`."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from statistics import median

from searchq.coverage.kept import Kept
from searchq.coverage.report import Coverage, coverage_of
from searchq.errors import QuestionNotFound
from searchq.index.schema import FACETS
from searchq.query.hits import FacetCounts, FacetValue, Histogram, HistogramBar
from searchq.query.request import FacetQuery, Request
from searchq.query.statistics import Statistics, StatisticsRow
from searchq.question import Question
from searchq.results.page import Relaxation, ResultHit, ResultPage, Snippet
from searchq.waiting import waiting_days

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Suggestion:
    text: str
    kind: str
    count: int


class MemoryIndex:
    def __init__(self, questions: Iterable[Question], kept: Kept | None = None):
        self._questions = list(questions)
        self.generation = 1
        self.kept = kept

    def page(self, request: Request, *, snippets: bool = True) -> ResultPage:
        matching = self._sorted(self._matching(request), request)
        groups = list(self._groups(matching)) if request.fold else [[one] for one in matching]
        first = (request.page - 1) * request.limit
        return ResultPage(
            request,
            len(matching),
            len(groups),
            tuple(self._hit(group, request) for group in groups[first : first + request.limit]),
            tuple(self._facet(query, request) for query in request.facets),
            self._histogram(matching) if request.histogram else None,
            relaxations=() if matching else tuple(self._relaxations(request)),
            jump=request.text if any(one.number == request.text for one in self._questions) else None,
            generation=self.generation,
        )

    def question(self, number: str) -> Question:
        for one in self._questions:
            if one.number == number:
                return one
        raise QuestionNotFound(f"no question {number}")

    def siblings(self, number: str) -> list[Question]:
        this = self.question(number)
        return [one for one in self._questions if _group(one) == _group(this)]

    def cited_by(self, number: str) -> list[Question]:
        return [one for one in self._questions if number in FACETS["cites"][1](one)]

    def held(self, numbers: Iterable[str]) -> set[str]:
        return {one.number for one in self._questions} & set(numbers)

    def similar(self, number: str, limit: int = 10) -> ResultPage:
        this = self.question(number)
        alike = sorted(
            (one for one in self._questions if _group(one) != _group(this)),
            key=lambda one: -len(set(one.keywords) & set(this.keywords)),
        )
        request = Request(limit=limit)
        return ResultPage(request, len(alike), len(alike), tuple(ResultHit(one, 1.0) for one in alike[:limit]))

    def suggest(self, prefix: str, limit: int = 10) -> list[Suggestion]:
        counted = Counter((word, "keyword") for one in self._questions for word in one.keywords)
        counted.update((one.author, "author") for one in self._questions if one.author)
        found = [(text, kind) for text, kind in counted if prefix.casefold() in text.casefold()]
        return [Suggestion(text, kind, counted[text, kind]) for text, kind in sorted(found)[:limit]]

    def highlights(self, question: Question, request: Request) -> dict[str, list[tuple[int, int]]]:
        return {zone: _marks(getattr(question, zone) or "", request.text) for zone in ("title", "question", "answer")}

    def statistics(self, by: str, request: Request) -> Statistics:
        groups: dict[str, list[Question]] = {}
        found = self._matching(request)
        for one in found:
            for value in FACETS[by][1](one):
                groups.setdefault(value, []).append(one)
        rows = [_row(value, members) for value, members in groups.items()]
        rows.sort(key=lambda row: row.value if by == "year" else (-row.questions, row.value))
        return Statistics(by, tuple(rows), _row(None, found))

    def scan(self, text: Request) -> Iterator[Question]:
        return iter(self._sorted(self._matching(text), text))

    def numbers(self) -> Iterator[str]:
        return (one.number for one in self._questions)

    def coverage(self) -> Coverage:
        answered = Counter(one.legislature for one in self._questions if one.status == "answered")
        return coverage_of(self.numbers(), answered, self.kept)

    def info(self) -> dict[str, object]:
        return {
            "questions": len(self._questions),
            "built": "2024-05-01T12:00:00+00:00",
            "known_date": self._known.isoformat(),
        }

    @property
    def _known(self) -> dt.date:
        days = (day for one in self._questions for day in (one.date, one.answer_date, one.last_seen) if day)
        return max(days, default=dt.date.min)

    def _waited(self, one: Question) -> int | None:
        return waiting_days(one, self._known) if one.delay_days is None else one.delay_days

    def _matching(self, request: Request, skip: str | None = None) -> list[Question]:
        return [one for one in self._questions if _matches(one, request, skip)]

    def _sorted(self, questions: list[Question], request: Request) -> list[Question]:
        newest = lambda one: (one.date is None, -(one.date or dt.date.min).toordinal(), one.number)  # noqa: E731
        keys = {
            "oldest": lambda one: (one.date is None, one.date or dt.date.min, one.number),
            "answered": lambda one: (one.answer_date is None, -(one.answer_date or dt.date.min).toordinal()),
            "longest-delay": lambda one: ((days := self._waited(one)) is None, -(days or 0), one.number),
            "shortest-delay": lambda one: (one.delay_days is None, one.delay_days or 0, one.number),
        }
        return sorted(questions, key=keys.get(request.sort, newest))

    def _groups(self, questions: list[Question]) -> Iterable[list[Question]]:
        groups: dict[str, list[Question]] = {}
        for one in questions:
            groups.setdefault(_group(one), []).append(one)
        return groups.values()

    def _hit(self, group: list[Question], request: Request) -> ResultHit:
        best, *others = group
        bare = tuple(replace(one, question=None, answer=None, french=None) for one in others)
        snippets = tuple(
            snippet for zone in ("question", "answer") if (snippet := _snippet(zone, getattr(best, zone), request.text))
        )
        return ResultHit(best, 1.0, snippets[:2], tuple(_marks(best.title or "", request.text)), bare)

    def _facet(self, query: FacetQuery, request: Request) -> FacetCounts:
        found = self._matching(request, skip=query.name)
        values = [list(FACETS[query.name][1](one)) for one in found]
        counts = Counter(value for each in values for value in each)
        chosen = next((one for one in request.selections if one.facet == query.name), None)
        include, exclude = (chosen.include, chosen.exclude) if chosen else ((), ())
        ranked = sorted(counts, key=lambda value: (-counts[value] if query.order == "count" else 0, value))
        ranked = [value for value in ranked if (query.contains or "").casefold() in value.casefold()]
        shown = dict.fromkeys([*ranked[: query.limit], *include, *exclude])
        return FacetCounts(
            query.name,
            tuple(FacetValue(value, counts[value], value in include, value in exclude) for value in shown),
            len(ranked),
            sum(not each for each in values),
        )

    def _histogram(self, questions: list[Question]) -> Histogram:
        years = Counter(one.date.year for one in questions if one.date)
        if len(years) == 1:
            year = next(iter(years))
            months = Counter(one.date.month for one in questions if one.date)
            firsts = [dt.date(year, month, 1) for month in range(min(months), max(months) + 1)]
            lasts = [(first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1) for first in firsts]
            bars = [HistogramBar(first, last, months[first.month]) for first, last in zip(firsts, lasts, strict=True)]
            return Histogram("month", tuple(bars), 0)
        span = range(min(years), max(years) + 1) if years else ()
        bars = [HistogramBar(dt.date(year, 1, 1), dt.date(year, 12, 31), years[year]) for year in span]
        return Histogram("year", tuple(bars), sum(one.date is None for one in questions))

    def _relaxations(self, request: Request) -> Iterator[Relaxation]:
        for selection in request.selections:
            kept = tuple(one for one in request.selections if one != selection)
            less = replace(request, selections=kept, facets=(), histogram=False)
            if total := len(self._matching(less)):
                yield Relaxation(", ".join(selection.include or selection.exclude), "filter", less, total)
        for word in request.text.split():
            less = replace(request, text=request.text.replace(word, "").strip(), facets=(), histogram=False)
            if less.text and (total := len(self._matching(less))):
                yield Relaxation(word, "word", less, total)


def _matches(one: Question, request: Request, skip: str | None) -> bool:
    words = {word.casefold() for word in WORD.findall(" ".join(filter(None, _texts(one))))}
    if not all(word.casefold() in words for word in WORD.findall(request.text)):
        return False
    for days, day in ((request.asked, one.date), (request.answered, one.answer_date)):
        if days and (day is None or not (days.first or day) <= day <= (days.last or day)):
            return False
    return all(
        (not choice.include or any(value in choice.include for value in values)) and not set(values) & {*choice.exclude}
        for choice in request.selections
        if choice.facet != skip
        for values in [list(FACETS[choice.facet][1](one))]
    )


def _texts(one: Question) -> tuple[str | None, ...]:
    return (one.title, one.question, one.answer, one.minister, one.author, *one.keywords)


def _group(one: Question) -> str:
    return min([one.number, *(ref.number for ref in one.references if ref.kind == "also-asked-to")])


def _marks(text: str, query: str) -> list[tuple[int, int]]:
    words = {word.casefold() for word in WORD.findall(query)}
    return [found.span() for found in WORD.finditer(text) if found[0].casefold() in words]


def _snippet(zone: str, text: str | None, query: str) -> Snippet | None:
    if not text:
        return None
    marks = _marks(text, query)
    start = text.rfind(". ", 0, marks[0][0]) + 2 if marks else 0
    start = max(start if start > 1 else 0, (marks[0][0] if marks else 0) - 120)
    end = min(len(text), start + 260)
    ranges = tuple((a - start, b - start) for a, b in marks if start <= a and b <= end)
    return Snippet(zone, text[start:end], ranges, start == 0, end == len(text))


def _row(value: str | None, members: list[Question]) -> StatisticsRow:
    count = Counter(one.status for one in members)
    delays = sorted(one.delay_days for one in members if one.delay_days is not None)
    return StatisticsRow(
        value,
        len(members),
        count["answered"] + count["answered-without-text"],
        count["answered-without-text"],
        count["open"],
        count["closed"],
        count["end-of-legislature"],
        count["requalified"],
        median(delays) if delays else None,
        delays[-(-9 * len(delays) // 10) - 1] if delays else None,
        count["unknown"] + count[None],
    )
