"""Nodes that expand to many words: prefixes, wildcards, fuzzy words.

If more than `MAX_EXPANDED_TERMS` words of a field match, the most frequent are used and a hint is recorded. Every match
scores the boost of the node, as Whoosh documents; Whoosh 2.7.4 itself does so only if three or more words match in a
segment of at most 5,000 documents, and otherwise sums their BM25F scores.
"""

from collections.abc import Sequence
from typing import Final, TypeGuard

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.engines.embedded.execution.boolean import disjunction
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import Matches, Scores, constant, nothing
from searchq.engines.embedded.execution.matching_terms import matching_terms, prefix_of
from searchq.engines.embedded.snapshot_cache import Mask
from searchq.index.format.encoding import Ints
from searchq.index.read.term_slice import TermSlice
from searchq.index.schema import FIELDS
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.hints import Hint
from searchq.query.tree import AnyOf, Expansion, Fuzzy, Node, Prefix, Wildcard

__all__ = ["any_expanded", "expand", "expanded"]

Places = npt.NDArray[np.intp]


class _Words(Struct, frozen=True, eq=False):
    """The words a node expands to in a field, and their places in the term slice of each segment."""

    words: list[str]
    places: list[tuple[TermSlice, Places]]


def expanded(node: Expansion, context: SearchContext) -> Matches:
    """Match documents that contain any word the node expands to."""
    held = _held(node, context)
    return nothing() if held is None else constant(held.nonzero()[0], node.boost)


def any_expanded(node: AnyOf, context: SearchContext) -> Matches:
    """Match any of the parts; by masks if each part expands to words at one score, like a prefix in each zone."""
    parts = node.parts
    if node.at_least > 1 or not _all_expansions(parts):
        return disjunction(node, context)
    masks = [(held, part.boost) for part in parts if (held := _held(part, context)) is not None]
    if not masks:
        return nothing()
    docs = np.logical_or.reduce([held for held, _ in masks]).nonzero()[0]

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        total = np.zeros(len(chosen), np.float32)
        for held, boost in masks:
            total += held[chosen] * np.float32(boost)
        return total

    return Matches(docs, score)


def _all_expansions(parts: Sequence[Node]) -> TypeGuard[Sequence[Expansion]]:
    return all(isinstance(part, Prefix | Wildcard | Fuzzy) for part in parts)


def expand(node: Expansion, context: SearchContext) -> list[str]:
    """Return the words of the index a node expands to, in order; the most frequent ones if there are too many."""
    return _expansion(node, context).words


def _held(node: Expansion, context: SearchContext) -> Mask | None:
    """Return a mask of documents that contain any word the node expands to; None if there are no such words."""
    context.check()
    found = _expansion(node, context)
    if not found.words:
        return None
    held = np.zeros(context.max_doc, np.bool_)
    for each, places in found.places:
        context.check()
        held[each.docs_of(places)] = True
    context.note_all(node.field, found.words)
    return held


def _expansion(node: Expansion, context: SearchContext) -> _Words:
    if node.field not in FIELDS:
        return _NO_WORDS
    slices = [each for each in context.snapshot.term_slices(node.field, prefix_of(node)) if len(each.numbers)]
    if not slices:
        return _NO_WORDS
    matching = matching_terms(node, [each.table for each in slices], context)
    counts = np.zeros(len(matching.words), np.int64)
    held: list[tuple[TermSlice, Places, Places]] = []  # a slice, places in it, and which words those are
    for each, (numbers, words) in zip(slices, matching.tables, strict=True):
        here, there = _common(each.numbers, numbers)
        counts[words[there]] += each.counts[here]
        held.append((each, here, words[there]))
    kept = _most_frequent(counts, node, context)
    if kept.all():
        return _Words(list(matching.words), [(each, places) for each, places, _ in held])
    return _Words(
        [matching.words[place] for place in kept.nonzero()[0].tolist()],
        [(each, places[kept[words]]) for each, places, words in held],
    )


def _common(numbers: Ints, others: Places) -> tuple[Places, Places]:
    """Return the places, in each of two ascending lists, of their common numbers."""
    if not len(others):
        return others, others
    if others[-1] - others[0] + 1 == len(others) and others[0] <= numbers[0] and numbers[-1] <= others[-1]:
        return np.arange(len(numbers)), numbers.astype(np.intp) - others[0]
    at = np.minimum(others.searchsorted(numbers.astype(np.intp)), len(others) - 1)
    here = (others[at] == numbers).nonzero()[0]
    return here, at[here]


def _most_frequent(counts: npt.NDArray[np.int64], node: Expansion, context: SearchContext) -> npt.NDArray[np.bool_]:
    """Return which words to keep: bool, as long as `counts`; only those that occur, the first among equals."""
    kept = counts > 0
    found = int(np.count_nonzero(kept))
    if found <= MAX_EXPANDED_TERMS:
        return kept
    context.hint(Hint("many-words", {"word": _shown(node), "found": found, "kept": MAX_EXPANDED_TERMS}))
    kept[np.argsort(-counts, kind="stable")[MAX_EXPANDED_TERMS:]] = False
    return kept


def _shown(node: Expansion) -> str:
    """Return the node as a visitor would type it."""
    return node.text + ("*" if isinstance(node, Prefix) else "~" if isinstance(node, Fuzzy) else "")


_NO_WORDS: Final = _Words([], [])
