"""The quotations of a query: words that are highlighted only where they follow each other.

Apart from its user because it stands on the query language, whose import (70 ms) only quotations are worth here.
"""

from collections.abc import Iterator
from typing import Any

from whoosh.query import AndNot, Not, Phrase, Term

from searchq.index.read.snapshot import Snapshot
from searchq.query.language import parse

__all__ = ["quotations"]

FieldTerm = tuple[str, str]


def quotations(text: str, snapshot: Snapshot) -> tuple[list[tuple[str, tuple[str, ...]]], set[FieldTerm]]:
    """The quotations of a text as (field, words in order), and the (field, word) that stand in those only."""
    leaves = list(_leaves(parse(text, snapshot).tree))
    phrases = [(leaf.fieldname, tuple(leaf.words)) for leaf in leaves if isinstance(leaf, Phrase) and leaf.slop == 1]
    alone = {(leaf.fieldname, leaf.text) for leaf in leaves if isinstance(leaf, Term)}
    return phrases, {(field, word) for field, words in phrases for word in words} - alone


def _leaves(node: Any) -> Iterator[Any]:
    """The leaves of a query tree that make documents match; what bars them is left out."""
    if isinstance(node, Not):
        return
    children = [node.a] if isinstance(node, AndNot) else list(node.children())
    if not children:
        yield node
    for child in children:
        yield from _leaves(child)
