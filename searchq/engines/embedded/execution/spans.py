"""Phrase and proximity queries over spans.

A span is a run of positions in one document. All spans of all candidate documents are in two arrays of keys, which keep
the documents far apart, so that a comparison never mixes two of them:

    key = place of the document among the candidates × STRIDE + position

    sociale NEAR/5 media       sociale      … 4·STRIDE+17 …           in reach of each other in candidate 4
                               media        … 4·STRIDE+20 …

Candidates are the documents that contain all the words; only their positions are read.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeGuard

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.engines.embedded.execution.boolean import boosted, within
from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.expansion import expand
from searchq.engines.embedded.execution.leaves import postings_of
from searchq.engines.embedded.execution.matches import Docs, FieldTerm, Matches, Places, Scores, among, nothing
from searchq.engines.embedded.execution.phrase_match import Reach, is_dear, known_near
from searchq.engines.embedded.execution.typed_words import term_among
from searchq.engines.embedded.ranking import impact_of
from searchq.errors import OutOfTime
from searchq.index.format.encoding import changes, gather_ranges, starts_of, with_end
from searchq.index.schema import FIELDS
from searchq.query.tree import AllOf, AnyOf, Fuzzy, Near, Node, Phrase, Prefix, Term, Wildcard

if TYPE_CHECKING:
    from searchq.index.read.postings import Postings

__all__ = ["near", "phrase"]

STRIDE: Final = 1 << 32  # more than any position and any slop
_PAIRS: Final = 1 << 18  # pairs of spans compared between two checks of the deadline: 40 ms
_TOO_MANY: Final = "The words stand near each other in too many ways; use fewer, or a smaller distance."
_MAX_PAIRS: Final = 1 << 18  # in one document
_MAX_SPANS: Final = 1 << 21  # in total: the next step processes all of them without checking the deadline
Keys = npt.NDArray[np.int64]


class Spans(Struct, frozen=True, eq=False):
    """Spans by start, then end, each once: first and last positions as keys, int64[n]."""

    starts: Keys
    ends: Keys


def phrase(node: Phrase, context: SearchContext) -> Matches:
    """Match words in this order, each at most `slop` positions after the previous one."""
    words = [Term(node.field, word) for word in node.words]
    if not _in_one_zone(words) or not _all_occur(words, context):
        return nothing()
    if len(words) < 2:
        return boosted(context.evaluate(words[0]), node.boost)
    return boosted(_near_each_other(words, Reach(1, node.slop, True), context), node.boost)


def near(node: Near, context: SearchContext) -> Matches:
    """Match parts, each within reach of the span of the previous parts."""
    if _in_one_zone(node.parts):
        return _near_words(node, node.parts, context)
    docs, terms = _documents(node.parts, _reach(node), context)
    return within(docs, node.parts, terms, context)


def _near_words(node: Near, words: Sequence[Term], context: SearchContext) -> Matches:
    if not _all_occur(words, context):
        return nothing()
    if len(words) != 2:
        return within(_known_documents(words, _reach(node), context), words, _terms(words), context)
    return _near_each_other(words, _reach(node), context)


def _known_documents(words: Sequence[Term], reach: Reach, context: SearchContext) -> Docs:
    """Return the documents with spans of some words that occur; kept where that is dear."""
    if not is_dear(_postings(words, context), context):
        return _documents(words, reach, context)[0]
    key = ("spans", tuple([(word.field, word.text) for word in words]), reach)
    return context.view.recent.once(key, lambda: _documents(words, reach, context)[0])


def _near_each_other(words: Sequence[Term], reach: Reach, context: SearchContext) -> Matches:
    """Match words that occur, each within reach of the one before, by how often the documents hold each."""
    postings = _postings(words, context)
    docs, counts = known_near(tuple((word.field, word.text) for word in words), reach, postings, context)
    if counts is None or any(FIELDS[word.field].kind != "exact" for word in words):
        return within(docs, words, _terms(words), context)
    impacts = [impact_of(word, len(own), context.view) for word, own in zip(words, postings, strict=True)]

    def score(places: Places | None) -> Scores:
        chosen = docs if places is None else docs[places]
        scores = (
            impact(chosen, own if places is None else own[places]) for impact, own in zip(impacts, counts, strict=True)
        )
        total = next(scores)
        for own in scores:
            total += own
        return total

    return Matches(docs, score, _terms(words) if len(docs) else ())


def _postings(words: Sequence[Term], context: SearchContext) -> list["Postings"]:
    """Return the postings of words that occur."""
    found = [postings_of(word, context) for word in words]
    return [postings for postings in found if postings is not None]


def _reach(node: Near) -> Reach:
    return Reach(node.least, node.distance, ordered=False)


def _in_one_zone(nodes: Sequence[Node]) -> TypeGuard[Sequence[Term]]:
    """Return whether all nodes are words of one zone with positions."""
    if not all(isinstance(node, Term) and node.field in FIELDS for node in nodes):
        return False
    specs = [FIELDS[node.field] for node in nodes if isinstance(node, Term)]
    return all(spec.positions and spec.zone == specs[0].zone for spec in specs)


def _all_occur(words: Sequence[Term], context: SearchContext) -> bool:
    """Return whether every word occurs in the index."""
    held = context.snapshot.document_frequency
    return all(held(word.field, word.text) and postings_of(word, context) for word in words)


def _terms(words: Sequence[Term]) -> tuple[FieldTerm, ...]:
    return tuple([(word.field, word.text) for word in words if FIELDS[word.field].scored])


def _documents(parts: Sequence[Node], reach: Reach, context: SearchContext) -> tuple[Docs, tuple[FieldTerm, ...]]:
    """Return the documents with spans, among those that all parts match, ascending; and the terms that matched."""
    docs, _, terms = context.evaluate(parts[0])
    for part in parts[1:]:
        if not len(docs):
            return docs, ()
        found = context.evaluate(part)
        docs, terms = docs[among(docs, found.docs, context.max_doc)], terms + found.terms
    owners = _spans_within(parts, reach, context, docs).starts // STRIDE
    return docs[owners[changes(owners)]], terms


def _spans(node: Node, context: SearchContext, docs: Docs) -> Spans:
    """Return the spans of a node in some documents; none for a node without positions."""
    match node:
        case Term():
            return _term_spans(node.field, node.text, context, docs)
        case Prefix() | Wildcard() | Fuzzy():
            return _merged([_term_spans(node.field, word, context, docs) for word in expand(node, context)])
        case AnyOf():
            return _merged([_spans(part, context, docs) for part in node.parts])
        case AllOf():
            return _all_spans(node, context, docs)
        case Phrase():
            words = [Term(node.field, word) for word in node.words]
            return _spans_within(words, Reach(1, node.slop, True), context, docs)
        case Near():
            return _spans_within(node.parts, _reach(node), context, docs)
    return _NO_SPANS


def _term_spans(field: str, term: str, context: SearchContext, docs: Docs) -> Spans:
    """Return every position of a term in these documents."""
    spec = FIELDS.get(field)
    if spec is None or not spec.positions:
        return _NO_SPANS
    context.check()
    keys = term_among(field, term, docs, context.view).positions(np.arange(len(docs)) * STRIDE)
    return Spans(keys, keys)


def _all_spans(node: AllOf, context: SearchContext, docs: Docs) -> Spans:
    """Return the spans of all parts, in documents that all parts match."""
    spans = _merged([_spans(part, context, docs) for part in node.parts])
    matched = among(docs, context.evaluate(node).docs, context.max_doc)[spans.starts // STRIDE]
    return Spans(spans.starts[matched], spans.ends[matched])


def _spans_within(parts: Sequence[Node], reach: Reach, context: SearchContext, docs: Docs) -> Spans:
    """Return the spans that contain one span of each part, each within reach of the previous ones."""
    reached = _spans(parts[0], context, docs)
    for part in parts[1:]:
        context.check()
        reached = _paired(reached, _spans(part, context, docs), reach, context)
    return reached


def _paired(left: Spans, right: Spans, reach: Reach, context: SearchContext) -> Spans:
    """Return every left and right span within reach of each other, joined into one span."""
    if not len(left.starts) or not len(right.starts):
        return _NO_SPANS
    first = left.starts if reach.ordered else left.starts - reach.most  # right spans are found by where they start
    low = right.starts.searchsorted(first)
    counts = np.maximum(right.starts.searchsorted(left.ends + reach.most, "right") - low, 0)
    found, held = [], 0
    for batch in _batches(left.starts // STRIDE, counts):
        context.check()
        a = np.repeat(np.arange(batch.start, batch.stop), counts[batch])
        b = gather_ranges(np.arange(len(right.starts)), low[batch], counts[batch])
        found.append(_close(Spans(left.starts[a], left.ends[a]), Spans(right.starts[b], right.ends[b]), reach))
        held += len(found[-1].starts)
        if held > _MAX_SPANS:
            raise OutOfTime(_TOO_MANY)
    return Spans(np.concatenate([each.starts for each in found]), np.concatenate([each.ends for each in found]))


def _batches(docs: Keys, counts: npt.NDArray[np.intp]) -> Iterator[slice]:
    """Yield spans of whole documents, some `_PAIRS` pairs at a time. Raises OutOfTime if one document has too many."""
    before = starts_of(counts)
    heads = with_end(changes(docs).nonzero()[0], len(docs))
    first = 0
    while first < len(docs):
        full = before.searchsorted(before[first] + _PAIRS, "right") - 1  # here a batch is full
        last = int(heads[max(heads.searchsorted(full, "right") - 1, heads.searchsorted(first, "right"))])
        if before[last] - before[first] > _MAX_PAIRS:
            raise OutOfTime(_TOO_MANY)
        yield slice(first, last)
        first = last


def _close(left: Spans, right: Spans, reach: Reach) -> Spans:
    """Return the pairs of spans within reach of each other, joined."""
    before, after = right.starts - left.ends, left.starts - right.ends
    distance = np.maximum(np.maximum(before, after), 0)
    close = (distance >= reach.least) & (distance <= reach.most)
    return _ordered(np.minimum(left.starts, right.starts)[close], np.maximum(left.ends, right.ends)[close])


def _merged(parts: Sequence[Spans]) -> Spans:
    if len(parts) < 2:  # none: a prefix that no word of this field begins with
        return parts[0] if parts else _NO_SPANS
    return _ordered(np.concatenate([part.starts for part in parts]), np.concatenate([part.ends for part in parts]))


def _ordered(starts: Keys, ends: Keys) -> Spans:
    """Return the spans by start, then end, each once."""
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    new = changes(starts) | changes(ends)
    return Spans(starts[new], ends[new])


_NO_SPANS: Final = Spans(np.empty(0, np.int64), np.empty(0, np.int64))
