"""What a text and filters match, as queries: read once, asked in several ways.

full       all that the text asks for                 counted, and first in every order
partial    most of the words, where few have all      after them, where sorted by relevance
"""

from collections.abc import Iterator
from typing import NamedTuple

from searchq.engines.opensearch.expansions import expansion_hint
from searchq.engines.opensearch.filters import Filters, filters_of
from searchq.engines.opensearch.ranking import filter_of_hits, with_recency
from searchq.engines.opensearch.translate import dsl, expansions_in
from searchq.engines.opensearch.values import table_of
from searchq.engines.opensearch.view import Body, View
from searchq.engines.opensearch.vocabulary import read_text
from searchq.query.hints import Hint
from searchq.query.parsed import ParsedQuery, TypedWords
from searchq.query.request import Request
from searchq.query.tree import Everything, Node

__all__ = ["Asked", "count", "parsed", "read", "settled"]


class Asked(NamedTuple):
    """A request as it was read; `query` is None for no text."""

    request: Request
    view: View
    filters: Filters
    tree: Node  # of the full matches
    total: int  # of the text, whatever the filters
    query: ParsedQuery | None = None
    hints: tuple[Hint, ...] = ()

    @property
    def is_ranked(self) -> bool:
        """Whether scores order the matches."""
        return self.query is not None and self.request.sort == "relevance"

    @property
    def looser(self) -> Node | None:
        """The looser form of the text, where it is not what was matched already."""
        return self.query.relaxed if self.query and self.tree is self.query.tree else None

    @property
    def typed(self) -> TypedWords:
        """The words as they were typed."""
        return TypedWords((), ()) if self.query is None else self.query.typed

    def matching(self, node: Node | None = None, without: Node | None = None) -> Body:
        """Match a tree among the living questions, scored, whatever the filters."""
        own = {"must": [dsl(node or self.tree, self.view)], "filter": [self.view.alive]}
        barred = {} if without is None else {"must_not": [dsl(without, self.view)]}
        found: Body = {"bool": {**own, **barred}}
        return with_recency(found, self.view) if self.is_ranked and self.request.recency else found

    def filter_of_hits(self, passed: Body) -> Body:
        """Return the filter for the hits of a ranked search; with each is told where it has the words as typed."""
        is_raised = self.is_ranked and self.request.proximity
        return filter_of_hits(passed, self.typed, self.view) if is_raised else passed

    def passing(self, query: Body) -> Body:
        """Match what passes the filters as well."""
        return {"bool": {"must": [query], "filter": [self.filters.query()]}}


def read(request: Request, view: View) -> Asked:
    """Read a request, and count what its text matches; of nothing, its looser form unless all words are wanted."""
    asked = parsed(request, view)
    return asked if asked.query is None else settled(asked, count(asked.tree, view))


def parsed(request: Request, view: View) -> Asked:
    """Read a request; what its text matches is not counted yet."""
    filters = filters_of(request, view)
    if not request.text.strip():
        return Asked(request, view, filters, Everything(), view.generation.questions)
    query = read_text(request.text, view, request.today, request.translate)
    return Asked(request, view, filters, query.tree, 0, query)


def settled(asked: Asked, total: int) -> Asked:
    """Return what was read with the tree that matches, and hints; `total` is what the text as it was read matches."""
    query, view = asked.query, asked.view
    if query is None:
        return asked
    tree, hints = query.tree, [*query.hints, *_distinct(_too_many(query.tree, view))]
    if not total and query.loosest is not None and not asked.request.all_words:
        tree, total = query.loosest, count(query.loosest, view)
        hints += [Hint("most-words")] if total else []
    hints += _numbered_so(query.serial, view)
    return asked._replace(tree=tree, total=total, hints=tuple(hints))


def count(node: Node, view: View) -> int:
    """Count the questions that a tree matches."""
    return view.count(("node", node), dsl(node, view))


def _too_many(node: Node, view: View) -> Iterator[Hint]:
    """Yield what to tell of words that stand for too many others."""
    hints = (expansion_hint(one, view) for one in expansions_in(node))
    return (hint for hint in hints if hint is not None)


def _distinct(hints: Iterator[Hint]) -> list[Hint]:
    """Return one hint of a kind per word, though several zones give it."""
    first: dict[tuple[str, object], Hint] = {}
    for hint in hints:
        first.setdefault((hint.code, hint.values.get("word")), hint)
    return list(first.values())


def _numbered_so(serial: str | None, view: View) -> list[Hint]:
    """Offer the questions whose number a text may be, without the legislature."""
    if serial is None:
        return []
    legislatures = table_of("legislature", view).labels
    keys = [("called", serial), *(("number", f"{legislature}-{serial}") for legislature in legislatures)]
    found = sum(view.frequencies(keys).values())
    return [Hint("numbered-so", {"serial": serial, "count": found})] if found else []
