"""A read-only Model Context Protocol server over the Python API: assistants quote questions with their address.

Five tools: search, facets, question, statistics, coverage. Every answer is bounded in size, and says what it omits;
`null` is what the documents do not say. Needs the extra `mcp` (the protocol's official SDK).
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Final, ParamSpec, cast

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from searchq import __version__
from searchq.addresses import official_address
from searchq.api import Index
from searchq.errors import SearchqError
from searchq.exports.citations import as_sentence
from searchq.limits import MAX_ASSISTANT_HITS, MAX_ASSISTANT_ROWS, MAX_ASSISTANT_TEXT
from searchq.query.facet_table import FACET_NAMES
from searchq.query.request import SORTS, Sort
from searchq.question import Question
from searchq.results.requests import make_request
from searchq.results.serialize import facet_to_json

__all__ = ["make_server"]

P = ParamSpec("P")
Answer = dict[str, Any]

_INSTRUCTIONS: Final = (
    "Written questions of the Belgian Senate and Chamber to ministers, with their answers, in Dutch and French as "
    "published. Quote texts literally, and cite each by its number and address. null means that the documents do not "
    "say: never fill it in. A total counts every match; a list shows some of them, the best first."
)
_READ_ONLY: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Query = Annotated[
    str,
    Field(
        description='Words (all must occur, in any form), "exact phrases", OF, -word, titel:…, minister:…, '
        "datum:2013..2014. Dutch or French. Empty: every question."
    ),
]
Filters = Annotated[
    dict[str, list[str]] | None,
    Field(description=f"Values by facet; several values of one are alternatives. Facets: {', '.join(FACET_NAMES)}."),
]
Day = Annotated[str | None, Field(description="2013, 2013-04 or 2013-04-30.")]


def make_server(index: Index) -> MCPServer[Any]:
    """The server over an opened index; `run("stdio")` or `run("streamable-http", port=…)` starts it."""
    server: MCPServer[Any] = MCPServer("searchq", version=__version__, instructions=_INSTRUCTIONS)
    for tool in _Tools(index).all():
        server.tool(annotations=_READ_ONLY)(tool)
    return server


def _told(tool: Callable[P, Answer]) -> Callable[P, Answer]:
    """What is wrong with a call is told in the program's own sentence."""

    @wraps(tool)
    def call(*args: P.args, **given: P.kwargs) -> Answer:
        try:
            return tool(*args, **given)
        except SearchqError as error:
            raise ToolError(str(error)) from error

    return call


class _Tools:
    """The tools over one index; their docstrings and parameters are what an assistant reads."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def all(self) -> list[Callable[..., Answer]]:
        return [self.search, self.facets, self.question, self.statistics, self.coverage]

    @_told
    def search(
        self,
        query: Query = "",
        filters: Filters = None,
        exclude: Filters = None,
        asked_from: Day = None,
        asked_to: Day = None,
        answered_from: Day = None,
        answered_to: Day = None,
        sort: Annotated[str | None, Field(description=f"One of {', '.join(SORTS)}.")] = None,
        page: Annotated[int, Field(ge=1, description="Page of hits, from 1.")] = 1,
        limit: Annotated[int, Field(ge=1, le=MAX_ASSISTANT_HITS, description="Hits a page.")] = 10,
    ) -> Answer:
        """Find written questions. Gives the number of matches, and hits with number, title, people, status, fragments
        and address. `question` gives the whole text of one."""
        request = make_request(
            query, include=filters, exclude=exclude, asked_from=asked_from, asked_to=asked_to,
            answered_from=answered_from, answered_to=answered_to, sort=cast("Sort | None", sort),
            page=page, limit=limit,
        )  # fmt: skip
        found = self._index.page(request)
        return {
            "total": found.total,
            "pages": found.pages,
            "hits": [
                {**_head(hit.question), "fragments": [{"from": one.zone, "text": one.text} for one in hit.snippets]}
                for hit in found.hits
            ],
            "hints": [hint.sentence("en") for hint in found.hints],
            "did_you_mean": found.did_you_mean,
        }

    @_told
    def facets(
        self,
        names: Annotated[list[str], Field(description=f"Some of {', '.join(FACET_NAMES)}.")],
        query: Query = "",
        filters: Filters = None,
        values: Annotated[int, Field(ge=1, le=MAX_ASSISTANT_ROWS, description="Values a facet.")] = 10,
    ) -> Answer:
        """Count the matching questions by minister, party, year and the like; exact counts, most frequent first."""
        wanted = [f"{name}:{values}" for name in names]
        request = make_request(query, include=filters)
        return {facet.name: facet_to_json(facet) for facet in self._index.facets(request, wanted)}

    @_told
    def question(
        self,
        number: Annotated[str, Field(description="5-8902 (Senate), 56-7-0930-2025202606531 or 56-0930 (Chamber).")],
        start: Annotated[int, Field(ge=0, description="Characters of each text to skip, to read on.")] = 0,
    ) -> Answer:
        """One question in full: facts, chronology, text and answer in the languages published, a citation.

        A text longer than fits ends early; `more` then says where to read on with `start`. A number that several
        questions have lists them."""
        named = self._index.named(number)
        if len(named) > 1:
            return {"questions": [_head(one) for one in named[:MAX_ASSISTANT_ROWS]], "total": len(named)}
        return _whole(self._index.question(named[0].number if named else number), start)

    @_told
    def statistics(
        self,
        by: Annotated[str, Field(description=f"A row for each value of one of {', '.join(FACET_NAMES)}.")],
        query: Query = "",
        filters: Filters = None,
        rows: Annotated[int, Field(ge=1, le=MAX_ASSISTANT_ROWS, description="Rows given.")] = 20,
    ) -> Answer:
        """Answer delays in days (median, 90th percentile) and counts of answered and unanswered questions."""
        (facet,) = make_request(facets=[by]).facets
        table = self._index.statistics(facet.name, make_request(query, include=filters))
        given = [_row(row) for row in table.rows[:rows]]
        return {"by": by, "rows": given, "rows_in_all": len(table.rows), "all_together": _row(table.total)}

    @_told
    def coverage(self) -> Answer:
        """What this collection holds of what there is, and why the rest is missing. Says whether an absence means
        something: a question not found here may exist elsewhere."""
        told = self._index.coverage().to_json()
        return {key: _shortened(value) for key, value in told.items()}


def _head(question: Question) -> Answer:
    return {
        "number": question.number,
        "house": question.house,
        "date": question.date and question.date.isoformat(),
        "title": question.title or (question.french.title if question.french else None),
        "author": question.author,
        "party": question.party,
        "minister": question.minister,
        "status": question.status,
        "answer_date": question.answer_date and question.answer_date.isoformat(),
        "delay_days": question.delay_days,
        "address": official_address(question),
    }


def _whole(question: Question, start: int) -> Answer:
    french = question.french
    texts = {
        "question": question.question,
        "answer": question.answer,
        "question_in_french": french.question if french else None,
        "answer_in_french": french.answer if french else None,
    }
    more = {name: start + MAX_ASSISTANT_TEXT for name, text in texts.items() if _is_longer(text, start)}
    return {
        **_head(question),
        "keywords": list(question.keywords),
        "chronology": [
            {"date": one.date and one.date.isoformat(), "event": one.label}
            for one in question.chronology[:MAX_ASSISTANT_ROWS]
        ],
        **{name: text and text[start : start + MAX_ASSISTANT_TEXT] for name, text in texts.items()},
        "more": more or None,
        "problems": list(question.problems)[:MAX_ASSISTANT_ROWS],
        "cite_as": as_sentence(question),
    }


def _is_longer(text: str | None, start: int) -> bool:
    return text is not None and len(text) > start + MAX_ASSISTANT_TEXT


def _row(row: Any) -> Answer:
    names = ("value", "questions", "answered", "unanswered", "unknown", "median_days", "p90_days")
    return {name: getattr(row, name) for name in names}


def _shortened(value: Any) -> Any:
    """Long lists (runs of missing numbers) with their first entries, and how many there are."""
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    first = [_shortened(one) for one in value[:MAX_ASSISTANT_ROWS]]
    return first if len(first) == len(value) else {"first": first, "in_all": len(value)}
