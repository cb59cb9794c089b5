"""What to highlight for a query: the surface words of the terms that matched, and whole quotations."""

from collections.abc import Iterator, Mapping
from typing import Final

from searchq.engines.embedded.highlight import marked
from searchq.engines.opensearch.expansions import expand
from searchq.engines.opensearch.fields import SCORED
from searchq.engines.opensearch.translate import dsl, is_scored, scored_terms
from searchq.engines.opensearch.view import View
from searchq.engines.opensearch.word_forms import forms_of, with_forms
from searchq.index.schema import FIELDS
from searchq.query.hits import HighlightTerm
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Texts
from searchq.query.tree import (
    AllOf,
    AnyOf,
    BestOf,
    Filter,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    Without,
)
from searchq.query.tree_contents import parts_of

__all__ = ["highlight_terms"]

FieldTerm = tuple[str, str]
_MOST: Final = 400  # nodes of a tree; those of a larger one count as matching


class _Words:
    """What highlighting asks of the words of an index."""

    def __init__(self, view: View, terms: frozenset[FieldTerm]) -> None:
        self._view = view
        self._forms = forms_of(with_forms(terms), view)

    @property
    def doc_count(self) -> int:
        return self._view.generation.questions

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        return self._forms.get((FIELDS[field].language, term), ())

    def document_frequency(self, field: str, term: str) -> int:
        return self._view.frequencies([(field, term)])[field, term]


def highlight_terms(
    texts: Texts, query: ParsedQuery | None, trees: Mapping[Node, bool], view: View
) -> tuple[HighlightTerm, ...]:
    """Return what to highlight in the texts of the hits, if they have texts.

    `trees` are those that were matched, each with whether it is known that any question matches it.
    """
    if texts != "whole" or query is None:
        return ()
    held = _matching(trees, view)
    terms = frozenset(pair for one in trees for pair in _marked(one, held, view))
    view.frequencies(terms)
    return marked(query, terms, _Words(view, terms))


def _nodes(node: Node) -> Iterator[Node]:
    """Yield the nodes that make questions match."""
    yield node
    for part in (node.wanted,) if isinstance(node, Without) else parts_of(node):
        yield from _nodes(part)


def _matching(trees: Mapping[Node, bool], view: View) -> Mapping[Node, bool]:
    """Return whether each node matches any question; asks only for those of which nothing else tells it."""
    view.frequencies(pair for tree in trees for pair in scored_terms(tree))
    held = dict.fromkeys((node for tree, is_met in trees.items() if is_met for node in _needed(tree)), True)
    nodes = [node for tree in trees for node in _nodes(tree)]
    for node in reversed(nodes):  # the parts of a node come before it
        told = held.get(node, _told_by_parts(node, held, view))
        if told is not None:
            held[node] = told
    left = [node for node in dict.fromkeys(nodes) if node not in held]
    counts = view.counts({("node", node): dsl(node, view) for node in left[:_MOST]})
    return held | {node: counts.get(("node", node), 1) > 0 for node in left}


def _needed(node: Node) -> Iterator[Node]:
    """Yield a node and all without which it matches nothing."""
    yield node
    match node:
        case AllOf() | Near() | Filter():
            yield from (one for part in parts_of(node) for one in _needed(part))
        case Without():
            yield from _needed(node.wanted)


def _told_by_parts(node: Node, held: Mapping[Node, bool], view: View) -> bool | None:
    """Return whether a node matches any question, if its parts tell it."""
    if is_scored(node):
        ((pair,),) = [list(scored_terms(node))]
        return view.frequencies([pair])[pair] > 0
    parts = [held.get(part) for part in parts_of(node)]
    match node:
        case AllOf():
            return False if False in parts else None
        case AnyOf() | BestOf():
            least = node.at_least if isinstance(node, AnyOf) else 1
            if len(parts) - parts.count(False) < least:
                return False
            return True if least == 1 and True in parts else None
    return None


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
