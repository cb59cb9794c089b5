"""The order of questions: sorts as the cluster takes them, recency, and the window of the best that are ranked again.

The cluster scores and sorts; the best hundred are then raised where they hold the words as they were typed. Which of
these clauses a hit matches is told with it, and looked up for the hits alone: they stand beside the filters, where
nothing is scored. As no factor is below 1, the best stay ahead of all others, and pages do not overlap.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from searchq.engines.opensearch.records import name_of
from searchq.engines.opensearch.spans import beginning, beside, near_pair
from searchq.engines.opensearch.view import Body, View, term_query
from searchq.engines.opensearch.words import meaning, title_key
from searchq.query.facet_table import WAITED
from searchq.query.parsed import TypedWords
from searchq.query.request import Sort
from searchq.query.weights import BEGINNING, EARLY, FORM, HALF_LIFE_YEARS, MAX_PAIRS, NEARNESS, RECENCY, TITLE, WINDOW
from searchq.query.zones import exact

__all__ = [
    "FIELDS_READ",
    "Ranked",
    "as_typed",
    "factors_of",
    "filter_of_hits",
    "ranked_of",
    "sort_of",
    "with_recency",
]

_DAYS_IN_YEAR: Final = 365.25
FIELDS_READ: Final = ("number", "born", "group", "date", "number_order")


class Ranked(NamedTuple):
    """A question that matches, in the order of its request."""

    name: str  # of its document
    number: str
    group: str
    score: float
    date: int | None
    order: int | None
    partial: bool = False  # it has most of the words only
    typed: tuple[str, ...] = ()  # the clauses of words as they were typed that it matches

    @property
    def key(self) -> tuple[bool, float, bool, int, bool, int, str]:
        """The least is first."""
        return (
            self.partial, -self.score, self.date is None, -(self.date or 0),
            self.order is None, self.order or 0, self.number,
        )  # fmt: skip


def sort_of(sort: Sort, view: View, scored: bool) -> list[Body]:
    """Return the keys of a sort; what it looks at and a question lacks puts that question last."""
    ties = [_key("date", "desc"), _key("number_order", "asc"), {"number": "asc"}]
    if sort == "relevance":
        return [{"_score": "desc"}, *ties] if scored else ties
    name, order = _COLUMNS[sort]
    first = _longest(view) if name == WAITED else _key(name, order)
    return [first, *ties]


_COLUMNS: Final[dict[Sort, tuple[str, str]]] = {
    "newest": ("date", "desc"),
    "oldest": ("date", "asc"),
    "answered": ("answer_date", "desc"),
    "longest-delay": (WAITED, "desc"),
    "shortest-delay": ("delay_days", "asc"),
    "number": ("number_order", "asc"),
    "first-seen": ("first_seen", "desc"),
}


def _key(name: str, order: str) -> Body:
    return {name: {"order": order, "missing": "_last"}}


def _longest(view: View) -> Body:
    """Return the sort by days waited: to the answer, or so far."""
    known = -1 if view.generation.known_day is None else view.generation.known_day
    script = {"source": _WAITED, "params": {"known": known}}
    return {"_script": {"type": "number", "script": script, "order": "desc"}}


_WAITED: Final = (
    "if (doc['waited'].size() > 0) return doc['waited'].value;"
    " if (doc['waits_from'].size() == 0) return -1;"
    " long days = params.known - doc['waits_from'].value; return days < 0 ? -1 : days;"
)


def with_recency(query: Body, view: View) -> Body:
    """Return a query whose scores gain a little by a late date."""
    newest = view.generation.last_day
    if newest is None:
        return query
    gain = {"exp": {"date": {"origin": newest, "scale": HALF_LIFE_YEARS * _DAYS_IN_YEAR, "decay": 0.5}}}
    dated = {"exists": {"field": "date"}}
    undated = {"weight": RECENCY, "filter": {"bool": {"must_not": [dated]}}}  # and not told to be old
    functions = [{"weight": 1}, {**gain, "weight": RECENCY, "filter": dated}, undated]
    return {"function_score": {"query": query, "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}}


def ranked_of(hit: Body, partial: bool = False) -> Ranked:
    """Return a hit of the cluster that was asked for `FIELDS_READ`."""
    fields = hit["fields"]
    date, order = (fields[name][0] if name in fields else None for name in ("date", "number_order"))
    score, typed = float(hit["_score"] or 0.0), tuple(hit.get("matched_queries", ()))
    return Ranked(name_of(hit), fields["number"][0], fields["group"][0], score, date, order, partial, typed)


def filter_of_hits(passed: Body, typed: TypedWords, view: View) -> Body:
    """Return the filter for the hits of a search, beside which the words as they were typed are looked up."""
    named = [{"bool": {"filter": [clause], "_name": name}} for name, clause in _clauses(typed, view).items()]
    return {"bool": {"filter": [passed], "should": named}} if named else passed


def _clauses(typed: TypedWords, view: View) -> dict[str, Body]:
    """Return what raises a question, by name."""
    if not typed.telling:
        return {}
    clauses: dict[str, Body] = {"title": {"term": {f"{typed.title}_whole": title_key(typed.every)}}}
    distinct, written = enumerate(dict.fromkeys(typed.telling)), exact(typed.question)
    clauses |= {f"form {place}": term_query(written, word) for place, word in distinct}
    clauses |= {f"early {place}": _early(stem, typed) for place, stem in enumerate(_stems(typed))}
    for place, pair in enumerate(_pairs(typed, view)):
        clauses[f"beside {place}"] = beside(written, *pair)
        clauses[f"near {place}"] = near_pair(written, *pair, WINDOW)
    return clauses


def _stems(typed: TypedWords) -> list[str]:
    """Return the term of each word that has one."""
    return [terms[0].term for word in dict.fromkeys(typed.telling) if (terms := meaning(word, typed.language))]


def _early(stem: str, typed: TypedWords) -> Body:
    """Match a term in the title or the beginning of the question."""
    return {"bool": {"should": [term_query(typed.title, stem), beginning(typed.question, stem, BEGINNING)]}}


def as_typed(typed: TypedWords, ranked: Sequence[Ranked], view: View) -> list[Ranked]:
    """Return questions with their scores multiplied by the factors for words as they were typed, best first."""
    if typed.telling and len(ranked) > 1:
        factor_of = factors_of(typed, view)
        ranked = [one._replace(score=one.score * factor_of(one)) for one in ranked]
    return sorted(ranked, key=lambda one: one.key)


def factors_of(typed: TypedWords, view: View) -> Callable[[Ranked], float]:
    """Return what gives the factor of a question for words as they were typed."""
    pairs, forms, stems = len(_pairs(typed, view)), len(set(typed.telling)), len(_stems(typed))

    def factor_of(one: Ranked) -> float:
        kinds = [name.partition(" ")[0] for name in one.typed]
        gained = (kinds.count("beside") + kinds.count("near")) / 2  # what stands side by side is near as well
        factor = 1 + NEARNESS * gained / pairs if pairs else 1.0
        factor *= 1 + FORM * kinds.count("form") / forms
        factor *= 1 + EARLY * kinds.count("early") / max(stems, 1)
        return factor * (1 + TITLE if "title" in kinds else 1)

    return factor_of


def _pairs(typed: TypedWords, view: View) -> list[tuple[str, str]]:
    """Return the words that follow each other, without stop words and those that no question holds."""
    holds = f"holds {typed.language}"
    held = view.frequencies((holds, word) for word in typed.telling)
    known = [word for word in typed.telling if held[holds, word] and meaning(word, typed.language)]
    return [pair for pair in dict.fromkeys(pairwise(known)) if pair[0] != pair[1]][:MAX_PAIRS]
