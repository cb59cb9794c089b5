"""Nodes that expand to many words: prefixes, wildcards, fuzzy words.

If more than `MAX_EXPANDED_TERMS` words of a field match, the most frequent are used and a hint is recorded. Every match
scores the boost of the node, as Whoosh documents; Whoosh 2.7.4 itself does so only if three or more words match in a
segment of at most 5,000 documents, and otherwise sums their BM25F scores.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.engines.embedded.execution.boolean import union
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.matches import FieldTerm, Matches, constant
from searchq.engines.embedded.execution.matching_terms import MatchingTerms, matching_terms, prefix_of
from searchq.engines.embedded.execution.unions import MOST_MARKS, Listed, marked_docs, sum_marked
from searchq.index.format.encoding import Ints
from searchq.index.read.term_slice import TermSlice
from searchq.index.read.zone_words import PlacedDocs, ZoneWords
from searchq.index.schema import FIELDS
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.hints import Hint
from searchq.query.tree import Expansion, Fuzzy, Node, Prefix, Wildcard

__all__ = ["any_expanded", "are_expansions", "expand", "expanded"]

Places = npt.NDArray[np.intp]

_MAX_OF_ZONES: Final = 4 * MAX_EXPANDED_TERMS  # words of all zones together; few are in each of them


class _Words(Struct, frozen=True, eq=False):
    """The words a node expands to in a field, and the documents that hold them in each segment."""

    words: Sequence[str]
    docs: Sequence[PlacedDocs]


def expanded(node: Expansion, context: SearchContext) -> Matches:
    """Match documents that contain any word the node expands to."""
    words, lists = _listed(node, 0, context)
    return constant(marked_docs(lists, context.max_doc)[0], node.boost, _terms(node, words))


def any_expanded(parts: Sequence[Expansion], context: SearchContext) -> Matches:
    """Match any of some parts, by marks: a document has a bit for each part that it matches, of those with words."""
    lists: list[Listed] = []
    boosts: list[float] = []
    terms: list[FieldTerm] = []
    for part in parts:
        words, found = _listed(part, len(boosts), context)
        if words:
            lists += found
            boosts.append(part.boost)
            terms += _terms(part, words)
    if len(boosts) > MOST_MARKS:
        return union([expanded(part, context) for part in parts], context)
    context.check()
    docs, marks = marked_docs(lists, context.max_doc)
    values = np.array(boosts, np.float32)
    return Matches(docs, lambda places: sum_marked(marks if places is None else marks[places], values), tuple(terms))


def are_expansions(parts: Sequence[Node]) -> TypeGuard[Sequence[Expansion]]:
    """Return whether each part expands to words at one score, like a prefix in each zone."""
    return all(isinstance(part, Prefix | Wildcard | Fuzzy) for part in parts)


def expand(node: Expansion, context: SearchContext) -> Sequence[str]:
    """Return the words of the index a node expands to, in order; the most frequent ones if there are too many."""
    return _expansion(node, context).words


def _listed(node: Expansion, bit: int, context: SearchContext) -> tuple[Sequence[str], list[Listed]]:
    """Return the words that the node expands to, and the documents that contain any of them, segment by segment."""
    context.check()
    found = _expansion(node, context)
    return found.words, [Listed(*each, bit) for each in found.docs]


def _terms(node: Expansion, words: Sequence[str]) -> tuple[FieldTerm, ...]:
    """Return what to highlight of the words that a node expands to."""
    return tuple([(node.field, word) for word in words]) if words and FIELDS[node.field].scored else ()


def _expansion(node: Expansion, context: SearchContext) -> _Words:
    if node.field not in FIELDS:
        return _NO_WORDS
    if isinstance(node, Prefix) and (found := _prefixed(node, context)) is not None:
        return found
    slices = context.snapshot.term_slices(node.field, prefix_of(node))
    if not slices:
        return _NO_WORDS
    matching = matching_terms(node, [each.table for each in slices], context)
    if len(matching.words) <= MAX_EXPANDED_TERMS:
        return _all_words(slices, matching)
    counts = np.zeros(len(matching.words), np.int64)
    held: list[tuple[TermSlice, Places, Places]] = []  # a slice, places in it, and which words those are
    for each, (numbers, words) in zip(slices, matching.tables, strict=True):
        here, there = _common(each.numbers, numbers)
        counts[words[there]] += each.counts[here]
        held.append((each, here, words[there]))
    kept = _most_frequent(counts, node, context)
    return _Words(
        [matching.words[place] for place in kept.nonzero()[0].tolist()],
        [_docs_of(each, places[kept[words]]) for each, places, words in held],
    )


def _prefixed(node: Prefix, context: SearchContext) -> _Words | None:
    """Return the words that begin alike, found for all zones of a language at once; None if that cannot be done.

    Nor if the zone has too many of them: only the most frequent are used then.
    """
    spec = FIELDS[node.field]
    if spec.kind != "exact":
        return None

    def made() -> Mapping[str, ZoneWords] | None:
        return context.snapshot.zone_words(node.text, spec.language, _MAX_OF_ZONES)

    found = context.once(("zone words", spec.language, node.text), made)
    if found is None or len(found[spec.zone].words) > MAX_EXPANDED_TERMS:
        return None
    return _Words(*found[spec.zone])


def _all_words(slices: Sequence[TermSlice], matching: MatchingTerms) -> _Words:
    """Return the words that occur, and all their places."""
    occur = np.zeros(len(matching.words), np.bool_)
    docs: list[PlacedDocs] = []
    for each, (numbers, words) in zip(slices, matching.tables, strict=True):
        here, there = _common(each.numbers, numbers)
        occur[words[there]] |= each.counts[here] > 0
        docs.append(_docs_of(each, here))
    return _Words([matching.words[place] for place in occur.nonzero()[0].tolist()], docs)


def _docs_of(slice_: TermSlice, places: Places) -> PlacedDocs:
    return PlacedDocs(slice_.base, slice_.live, slice_.docs_of(places))


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
