"""What to highlight for a query: the surface words of the terms that matched, and whole quotations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from searchq.engines.embedded.highlight import marked
from searchq.engines.opensearch.fields import SCORED
from searchq.engines.opensearch.translate import dsl
from searchq.engines.opensearch.view import View
from searchq.engines.opensearch.vocabulary import expand, forms_of
from searchq.index.schema import FIELDS
from searchq.query.hits import HighlightTerm
from searchq.query.request import Texts
from searchq.query.tree import Fuzzy, Node, ParsedQuery, Phrase, Prefix, Term, Wildcard, Without, parts_of

__all__ = ["highlight_terms"]

FieldTerm = tuple[str, str]
_MOST: Final = 400  # nodes of a tree; those of a larger one count as matching


class _Words:
    """What highlighting asks of the words of an index."""

    def __init__(self, view: View, terms: frozenset[FieldTerm]) -> None:
        self._view = view
        self._forms: Mapping[FieldTerm, tuple[str, ...]] = forms_of(
            ((FIELDS[field].language, term) for field, term in sorted(terms) if FIELDS[field].kind != "exact"), view
        )

    @property
    def doc_count(self) -> int:
        return self._view.generation.questions

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        return self._forms.get((FIELDS[field].language, term), ())

    def document_frequency(self, field: str, term: str) -> int:
        return self._view.frequencies([(field, term)])[field, term]


def highlight_terms(
    texts: Texts, query: ParsedQuery | None, trees: Sequence[Node], view: View
) -> tuple[HighlightTerm, ...]:
    """Return what to highlight in the texts of the hits, if they have texts; `trees` are those that were matched."""
    if texts != "whole" or query is None:
        return ()
    held = _matching([node for one in trees for node in _nodes(one)], view)
    terms = frozenset(pair for one in trees for pair in _marked(one, held, view))
    view.frequencies(terms)
    return marked(query, terms, _Words(view, terms))


def _nodes(node: Node) -> Iterator[Node]:
    """Yield the nodes that make questions match."""
    yield node
    for part in (node.wanted,) if isinstance(node, Without) else parts_of(node):
        yield from _nodes(part)


def _matching(nodes: list[Node], view: View) -> Mapping[Node, bool]:
    """Return whether each node matches any question."""
    queries = {("node", node): dsl(node, view) for node in nodes[:_MOST]}
    counts = view.counts(queries)
    return {node: counts.get(("node", node), 1) > 0 for node in nodes}


def _marked(node: Node, held: Mapping[Node, bool], view: View) -> Iterator[FieldTerm]:
    """Yield the terms of a node, if it matches anything."""
    if not held[node]:
        return
    match node:
        case Term() if node.field in SCORED:
            yield node.field, node.text
        case Phrase():
            yield from ((node.field, word) for word in node.words)
        case Prefix() | Wildcard() | Fuzzy() if node.field in SCORED:
            yield from ((node.field, word) for word in expand(node, view))
        case Without():
            yield from _marked(node.wanted, held, view)
        case _:
            for part in parts_of(node):
                yield from _marked(part, held, view)
