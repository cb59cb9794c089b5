"""Nodes that stand for many words: prefixes, wildcards, patterns, words that differ a little, ranges of words.

They are bounded: when more words of a field fit than `MAX_EXPANDED_TERMS`, the most frequent are kept and a hint says
so. Where Whoosh asks for a constant score, every match scores the boost of the node; Whoosh 2.7.4 itself does so only
when three words or more fit in a segment of at most 5,000 documents, and adds up their BM25F scores otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.query import Every, FuzzyTerm, Or, Prefix, Regex, Term, TermRange, Wildcard

from searchq.engines.embedded.execution.boolean import boosted, disjunction, union
from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.leaves import every
from searchq.engines.embedded.execution.matches import Matches, Scores, constant, nothing
from searchq.engines.embedded.execution.matching_terms import prefix_of, stretch_of
from searchq.engines.embedded.snapshot_cache import Mask
from searchq.index.read.term_slice import TermSlice
from searchq.index.schema import FIELDS
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.hints import Hint

__all__ = ["any_expanded", "expand", "expanded"]

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Expansion:
    """The words a node stands for in a field, and where they stand in the slice of each segment."""

    words: list[str]
    places: list[tuple[TermSlice, Places]]


def expanded(node: Any, run: Run) -> Matches:
    """What any of the words matches that the node stands for."""
    if node.fieldname not in FIELDS:
        return nothing()
    if _is_everything(node):
        return every(Every(node.fieldname, boost=node.boost), run)
    if not node.constantscore:
        terms = [Term(node.fieldname, word) for word in expand(node, run)]
        return boosted(union([run.evaluate(term) for term in terms], run), node.boost)
    held = _held(node, run)
    return nothing() if held is None else constant(held.nonzero()[0], node.boost)


def any_expanded(node: Or, run: Run) -> Matches:
    """Or: where every child stands for words at one score, as a prefix in each zone does, they are joined as masks."""
    children = node.subqueries
    if len(children) < 2 or node.scale or node.minmatch > 1 or not all(map(_is_alike, children)):
        return disjunction(node, run)
    masks = [(held, child.boost) for child in children if (held := _held(child, run)) is not None]
    if not masks:
        return nothing()
    docs = np.logical_or.reduce([held for held, _ in masks]).nonzero()[0]

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        total = np.zeros(len(chosen), np.float32)
        for held, boost in masks:
            total += held[chosen] * np.float32(boost)
        return total

    return boosted(Matches(docs, score), node.boost)


def expand(node: Any, run: Run) -> list[str]:
    """The words of the index a node stands for, in order; the most frequent ones when there are too many."""
    return _expansion(node, run).words if node.fieldname in FIELDS else []


def _is_everything(node: Any) -> bool:
    return (type(node), getattr(node, "text", None)) in _EVERYTHING


def _is_alike(node: Any) -> bool:
    """Whether a node stands for words that score alike."""
    known = type(node) in _EXPANDED and node.fieldname in FIELDS
    return known and bool(node.constantscore) and not _is_everything(node)


def _held(node: Any, run: Run) -> Mask | None:
    """Which documents hold any of the words a node stands for; None where there are no such words."""
    run.check()
    found = _expansion(node, run)
    if not found.words:
        return None
    held = np.zeros(run.max_doc, np.bool_)
    for each, places in found.places:
        run.check()
        held[each.docs_of(places)] = True
    for word in found.words:
        run.note(node.fieldname, word)
    return held


def _expansion(node: Any, run: Run) -> _Expansion:
    slices = [each for each in run.snapshot.term_slices(node.fieldname, prefix_of(node)) if len(each.numbers)]
    if not slices:
        return _NO_WORDS
    stretch = stretch_of(node, [each.table for each in slices], run)
    counts = np.zeros(len(stretch.words), np.int64)
    held: list[tuple[TermSlice, Places, Places]] = []  # a slice, places in it, and which words those are
    for each, (numbers, words) in zip(slices, stretch.tables, strict=True):
        here, there = _common(each.numbers, numbers)
        counts[words[there]] += each.counts[here]
        held.append((each, here, words[there]))
    kept = _most_frequent(counts, node, run)
    return _Expansion(
        [stretch.words[place] for place in kept.nonzero()[0].tolist()],
        [(each, places[kept[words]]) for each, places, words in held],
    )


def _common(numbers: Any, others: Places) -> tuple[Places, Places]:
    """Where numbers common to two ascending lists stand in each."""
    if not len(others):
        return others, others
    at = np.minimum(others.searchsorted(numbers.astype(np.intp)), len(others) - 1)
    here = (others[at] == numbers).nonzero()[0]
    return here, at[here]


def _most_frequent(counts: npt.NDArray[np.int64], node: Any, run: Run) -> npt.NDArray[np.bool_]:
    """Which words to keep: bool, as long as `counts`; those that occur, the first of equally frequent ones."""
    kept = counts > 0
    found = int(np.count_nonzero(kept))
    if found <= MAX_EXPANDED_TERMS:
        return kept
    run.hint(Hint("many-words", {"word": _shown(node), "found": found, "kept": MAX_EXPANDED_TERMS}))
    kept[np.argsort(-counts, kind="stable")[MAX_EXPANDED_TERMS:]] = False
    return kept


def _shown(node: Any) -> str:
    """The node as a visitor would type it."""
    if isinstance(node, TermRange):
        return f"{node.start or ''}..{node.end or ''}"
    return str(node.text) + _SUFFIX.get(type(node), "")


_EXPANDED: Final = frozenset((Prefix, Wildcard, Regex, FuzzyTerm, TermRange))
_NO_WORDS: Final = _Expansion([], [])
_SUFFIX: Final[Mapping[type, str]] = {Prefix: "*", FuzzyTerm: "~"}
_EVERYTHING: Final = {(Prefix, ""), (Wildcard, "*"), (Regex, ".*")}
