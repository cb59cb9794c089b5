"""The page of questions with parse problems, by kind."""

from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.limits import MAX_FACET_VALUES
from searchq.problems import LABELS
from searchq.query.facet_table import FacetName
from searchq.query.hits import FacetValue
from searchq.query.request import FacetQuery, Request, Selection
from searchq.web import links, shown_texts, texts
from searchq.web.context import Context, PageResponse, html
from searchq.web.houses import houses_in
from searchq.web.shown_texts import Shown

__all__ = ["problems"]

_SHOWN: Final = 5  # questions of a kind
_FACET: Final[FacetName] = "problem"


class ProblemKind(NamedTuple):
    """The questions with one kind of problem: how many, the page that lists all, and the newest of them."""

    label: str
    number: int
    path: str
    questions: list[tuple[str, Shown, str]]  # number, title, day


def problems(context: Context) -> PageResponse:
    """`/problemen`: how many questions have each kind of problem, with the newest of them."""
    counted = FacetQuery(_FACET, MAX_FACET_VALUES)
    faulty = Request(selections=(Selection(_FACET, include=tuple(LABELS)),), facets=(counted,), limit=1, fold=False)
    page = context.index.page(faulty, snippets=False)
    found = [_kind(context, value) for value in page.facets[0].values if value.value in LABELS and value.count]
    return html(
        "problems.html",
        houses=houses_in(context.index, context.generation),
        total=page.total,
        kinds=found,
        request=Request(),
        hidden=[],
    )


def _kind(context: Context, value: FacetValue) -> ProblemKind:
    chosen = links.including(Request(sort="newest", fold=False), _FACET, value.value)
    page = context.index.page(replace(chosen, limit=_SHOWN), snippets=False)
    questions = [
        (one.number, shown_texts.title(one), texts.date(one.date)) for one in (hit.question for hit in page.hits)
    ]
    return ProblemKind(texts.value_label(_FACET, value.value), value.count, links.search_path(chosen), questions)
