"""Words near each other, and phrases: queries that ask where words stand.

A span is a stretch of positions in one document. All spans of all candidate documents stand in two arrays, as numbers
that put the documents far apart, so that one comparison never mixes two of them:

    key = place of the document among the candidates × STRIDE + position

    sociale NEAR/5 media       sociale      … 4·STRIDE+17 …           in reach of each other in candidate 4
                               media        … 4·STRIDE+20 …

Candidates are the documents that hold all the words; only their positions are read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.query import And, FuzzyTerm, Or, Phrase, Prefix, Regex, Term, TermRange, Wildcard
from whoosh.query.spans import SpanNear, SpanNear2, SpanOr

from searchq.engines.embedded.execution.boolean import boosted, union, within
from searchq.engines.embedded.execution.context import Run
from searchq.engines.embedded.execution.expansion import expand
from searchq.engines.embedded.execution.matches import Docs, Matches, among, nothing
from searchq.engines.embedded.execution.phrase_match import adjacent, following, nearby
from searchq.engines.embedded.execution.positions import ROOM, layout_of, spots_among, spots_of
from searchq.errors import OutOfTime
from searchq.index.format.encoding import changes, closed, gather_ranges, starts_of
from searchq.index.schema import FIELDS

__all__ = ["near", "near_list", "phrase", "span_or"]

STRIDE: Final = 1 << 32  # more than any position and any slop
_PAIRS: Final = 1 << 18  # pairs of spans looked at between two looks at the clock: 40 ms
_TOO_MANY: Final = "The words stand near each other in too many ways; use fewer, or a smaller distance."
_MOST_PAIRS: Final = 1 << 18  # in one document
_MOST_STRETCHES: Final = 1 << 21  # in all: what comes next would look at each without looking at the clock
Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Spans by start, then end, each once: first and last positions as keys, int64[n]."""

    starts: Keys
    ends: Keys


def phrase(node: Phrase, run: Run) -> Matches:
    """Words in this order, each at most `slop` positions after the one before."""
    spec = FIELDS.get(node.fieldname)
    if spec is None or not spec.positions:
        return nothing()
    words = [Term(node.fieldname, word) for word in node.words]
    if len(words) < 2:
        return boosted(run.evaluate(words[0]), node.boost) if words else nothing()
    if not _all_stand(words, run):
        return nothing()
    spots = spots_of(words, run) if max(len(words), node.slop) <= ROOM else None
    if spots is None:
        docs = _holding(_phrase_spans, node, words, run)
    else:
        layout = layout_of(node.fieldname, run.view)
        docs = adjacent(spots, layout) if node.slop == 1 else following(spots, node.slop, layout)
    return boosted(within(docs, words, run), node.boost)


def near(node: SpanNear, run: Run) -> Matches:
    """SpanNear: two queries within `slop` positions, in order or not."""
    return _spanned(node, [node.a, node.b], run)


def near_list(node: SpanNear2, run: Run) -> Matches:
    """SpanNear2: each query within `slop` positions of the stretch that those before it cover."""
    return _spanned(node, node.qs, run)


def span_or(node: SpanOr, run: Run) -> Matches:
    """SpanOr: what any of several queries matches."""
    return union([run.evaluate(child) for child in node.subqs], run)


def _spanned(node: Any, children: Sequence[Any], run: Run) -> Matches:
    if not _known(node):
        return run.otherwise(node, run)
    together = _in_one_zone(children)
    if together and not _all_stand(children, run):
        return nothing()
    spots = spots_of(children, run) if together and len(children) == 2 and node.slop <= ROOM else None
    if spots is not None:
        layout = layout_of(children[0].fieldname, run.view)
        return within(nearby(spots, node.mindist, node.slop, node.ordered, layout), children, run)
    return within(_holding(_near_spans, node, children, run), children, run)


def _in_one_zone(nodes: Sequence[Any]) -> bool:
    """Whether all nodes are words of one zone, which has positions."""
    if any(type(node) is not Term or node.fieldname not in FIELDS for node in nodes):
        return False
    specs = [FIELDS[node.fieldname] for node in nodes]
    return specs[0].positions and all(spec.positions and spec.zone == specs[0].zone for spec in specs)


def _all_stand(words: Sequence[Any], run: Run) -> bool:
    """Whether every word stands somewhere; if so, all are worth highlighting."""
    if any(run.postings(word.fieldname, word.text) is None for word in words):
        return False
    for word in words:
        run.note(word.fieldname, word.text)
    return True


def _holding(find: Callable[[Any, Run, Docs], Spans], node: Any, children: Sequence[Any], run: Run) -> Docs:
    """The documents in which spans are found, of those that all children match; ascending."""
    docs: Docs = run.evaluate(children[0]).docs
    for child in children[1:]:
        if not len(docs):
            return docs
        docs = docs[among(docs, run.evaluate(child).docs, run.max_doc)]
    owners = find(node, run, docs).starts // STRIDE
    return docs[owners[changes(owners)]]


def _term_spans(node: Any, run: Run, docs: Docs) -> Spans:
    """Every place of a term in these documents."""
    spec = FIELDS.get(node.fieldname)
    if spec is None or not spec.positions:
        return _NO_SPANS
    run.check()
    keys = spots_among(node.fieldname, node.text, docs, np.arange(len(docs)) * STRIDE, run.view)
    return Spans(keys, keys)


def _expanded_spans(node: Any, run: Run, docs: Docs) -> Spans:
    words = [SimpleNamespace(fieldname=node.fieldname, text=word) for word in expand(node, run)]
    return _merged([_term_spans(word, run, docs) for word in words])


def _any_spans(node: Any, run: Run, docs: Docs) -> Spans:
    return _merged([_spans(child, run, docs) for child in node.subqueries])


def _all_spans(node: And, run: Run, docs: Docs) -> Spans:
    """Spans of all children, in documents that all children match."""
    spans = _any_spans(node, run, docs)
    matched = among(docs, run.evaluate(node).docs, run.max_doc)[spans.starts // STRIDE]
    return Spans(spans.starts[matched], spans.ends[matched])


def _phrase_spans(node: Phrase, run: Run, docs: Docs) -> Spans:
    """A phrase covers all from its first word to its last."""
    words = [Term(node.fieldname, word) for word in node.words]
    return _near_spans(SpanNear2(words, slop=node.slop), run, docs)


def _joined_spans(node: SpanOr, run: Run, docs: Docs) -> Spans:
    """Spans of any child; those that overlap or touch become one."""
    spans = _merged([_spans(child, run, docs) for child in node.subqs])
    if not len(spans.starts):
        return spans
    furthest = np.maximum.accumulate(spans.ends)
    begins = np.concatenate(([True], spans.starts[1:] > furthest[:-1] + 1))
    first = begins.nonzero()[0]
    return Spans(spans.starts[first], np.maximum.reduceat(spans.ends, first))


def _near_spans(node: Any, run: Run, docs: Docs) -> Spans:
    """The stretches that hold one span of each child near enough to those before."""
    children = [node.a, node.b] if type(node) is SpanNear else node.qs
    reached = _spans(children[0], run, docs)
    for child in children[1:]:
        run.check()
        reached = _paired(reached, _spans(child, run, docs), node, run)
    return reached


def _paired(left: Spans, right: Spans, node: Any, run: Run) -> Spans:
    """Every pair of a left and a right span in reach of each other, as the stretch from one to the other."""
    if not len(left.starts) or not len(right.starts):
        return _NO_SPANS
    # SpanNear2 looks for right spans by where they start, SpanNear by where they end.
    longest = 0 if type(node) is SpanNear2 else int((right.ends - right.starts).max())
    first = left.starts if node.ordered else left.starts - node.slop - longest
    low = right.starts.searchsorted(first)
    counts = np.maximum(right.starts.searchsorted(left.ends + node.slop, "right") - low, 0)
    found, held = [], 0
    for batch in _batches(left.starts // STRIDE, counts):
        run.check()
        a = np.repeat(np.arange(batch.start, batch.stop), counts[batch])
        b = gather_ranges(np.arange(len(right.starts)), low[batch], counts[batch])
        found.append(_close(Spans(left.starts[a], left.ends[a]), Spans(right.starts[b], right.ends[b]), node))
        held += len(found[-1].starts)
        if held > _MOST_STRETCHES:
            raise OutOfTime(_TOO_MANY)
    return Spans(np.concatenate([each.starts for each in found]), np.concatenate([each.ends for each in found]))


def _batches(docs: Keys, counts: npt.NDArray[np.intp]) -> Iterator[slice]:
    """Spans of whole documents with some `_PAIRS` pairs together; OutOfTime where one document has far too many."""
    before = starts_of(counts)
    heads = closed(changes(docs).nonzero()[0], len(docs))
    first = 0
    while first < len(docs):
        full = before.searchsorted(before[first] + _PAIRS, "right") - 1  # here a batch is full
        last = int(heads[max(heads.searchsorted(full, "right") - 1, heads.searchsorted(first, "right"))])
        if before[last] - before[first] > _MOST_PAIRS:
            raise OutOfTime(_TOO_MANY)
        yield slice(first, last)
        first = last


def _close(left: Spans, right: Spans, node: Any) -> Spans:
    """Of pairs of spans those near enough to each other, as stretches."""
    before, after = right.starts - left.ends, left.starts - right.ends
    distance = np.maximum(np.maximum(before, after), 0)
    close = (distance >= node.mindist) & (distance <= node.slop)
    return _ordered(np.minimum(left.starts, right.starts)[close], np.maximum(left.ends, right.ends)[close])


def _merged(parts: Sequence[Spans]) -> Spans:
    if len(parts) < 2:  # none: a prefix that no word of this field begins with
        return parts[0] if parts else _NO_SPANS
    return _ordered(np.concatenate([part.starts for part in parts]), np.concatenate([part.ends for part in parts]))


def _ordered(starts: Keys, ends: Keys) -> Spans:
    """The spans by start, then end, each once."""
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    new = changes(starts) | changes(ends)
    return Spans(starts[new], ends[new])


def _spans(node: Any, run: Run, docs: Docs) -> Spans:
    return SPANS[type(node)](node, run, docs)


def _known(node: Any) -> bool:
    """Whether the spans of a node and of all below it are found here."""
    return type(node) in SPANS and all(_known(child) for child in _CHILDREN.get(type(node), lambda _: ())(node))


_NO_SPANS: Final = Spans(np.empty(0, np.int64), np.empty(0, np.int64))
_CHILDREN: Final[Mapping[type, Callable[[Any], Sequence[Any]]]] = {
    And: lambda node: node.subqueries,
    Or: lambda node: node.subqueries,
    SpanOr: lambda node: node.subqs,
    SpanNear: lambda node: (node.a, node.b),
    SpanNear2: lambda node: node.qs,
}
SPANS: Final[Mapping[type, Callable[[Any, Run, Docs], Spans]]] = {
    Term: _term_spans,
    Prefix: _expanded_spans,
    Wildcard: _expanded_spans,
    Regex: _expanded_spans,
    FuzzyTerm: _expanded_spans,
    TermRange: _expanded_spans,
    And: _all_spans,
    Or: _any_spans,
    Phrase: _phrase_spans,
    SpanOr: _joined_spans,
    SpanNear: _near_spans,
    SpanNear2: _near_spans,
}
