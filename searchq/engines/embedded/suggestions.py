"""Autocompletion: suggests descriptors, names, words and question numbers for the text being typed.

    typed           suggested
    5-89            number   5-8900, 5-8901 …
    sociale me      keyword  sociale media       a descriptor, portfolio, author or party with a word that begins so
                    word     sociale mediakaart  the last word completed, if some question contains all the words
    taelm           author   Martine Taelman
    tealm           author   Martine Taelman     one slip, where little begins as typed

Whole values come before words, and no suggestion repeats the words of another in another form. Accents are ignored.
Each is counted under the filters in force: as many questions as choosing it leads to.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from searchq.analysis.folding import fold
from searchq.analysis.sentences import names_no_subject
from searchq.analysis.tokenizer import words
from searchq.engines.embedded.array_steps import are_among
from searchq.engines.embedded.facet_values import column_of
from searchq.engines.embedded.filters import Filters, filters_of
from searchq.engines.embedded.near_prefix import near_prefixes
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache, per_snapshot
from searchq.engines.embedded.text_matches import match_text
from searchq.engines.embedded.value_suggestions import Counts, ValueTable, value_counts, value_table
from searchq.engines.embedded.vocabulary import top, vocabulary_of
from searchq.engines.embedded.word_meanings import MEANINGLESS, documents_of, meaning_of, same_words
from searchq.index.format.segment_data import SegmentData
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.lru import SizedLRU
from searchq.numbers import is_beginning
from searchq.query.facet_table import FACETS, FacetName
from searchq.query.request import Request
from searchq.query.suggestion import MIN_SLIP_LETTERS, Suggestion, choose, chosen, split_last_word, without_text

__all__ = ["suggest"]

Ints = npt.NDArray[np.integer]

# Suggestions of a facet's values; words fill the rest.
_SHARES: Final = {facet.name: facet.suggested for facet in FACETS if facet.suggested}
_Find: TypeAlias = Callable[[ValueTable, str, int, Counts], list[tuple[str, int]]]
_COUNTS_KEPT: Final = 1 << 14
_FILTERS_KEPT: Final = 16
_LOOKED_AT: Final = 16  # words considered per request
_TERSE: Final = ("title_exact", "keywords_exact")  # texts so short that adjacent words belong together


class _Typed(NamedTuple):
    """What is being typed, under which filters, in which snapshot; counts of texts under these filters so far."""

    text: str
    request: Request
    filters: Filters
    view: SnapshotCache
    counts: SizedLRU[str, int]


def suggest(text: str, request: Request, limit: int, view: SnapshotCache) -> tuple[Suggestion, ...]:
    """Return at most `limit` suggestions under the filters of a request; none for a text longer than a query may be."""
    text = text.lstrip()
    if not text or len(text) > MAX_QUERY_CHARACTERS:
        return ()
    bare = without_text(request)
    typed = _Typed(text, bare, filters_of(bare, view), view, _counts_kept(view, bare))
    if is_beginning(text):
        return tuple(_numbers(typed, limit))
    return choose(
        (_beginning(typed), _beginning_nearly(typed)),
        limit,
        count=lambda one: _count(one, typed),
        words=lambda text: same_words(text, typed.view),
    )


def _beginning(typed: _Typed) -> Iterator[Suggestion]:
    """Yield what begins as typed: values, then words."""
    head, last = split_last_word(typed.text)
    yield from _values(typed, ValueTable.beginning)
    if last:
        yield from _words(head, vocabulary_of(typed.view).table.completions(last, _LOOKED_AT), typed)


def _beginning_nearly(typed: _Typed) -> Iterator[Suggestion]:
    """Yield what begins so with one slip: values, then words."""
    head, last = split_last_word(typed.text)
    if len(typed.text) >= MIN_SLIP_LETTERS:
        yield from _values(typed, ValueTable.beginning_nearly)
    if len(last) >= MIN_SLIP_LETTERS:
        table = vocabulary_of(typed.view).table
        key = fold(last.lower())
        places = near_prefixes(table.folded, key, table.lacking_one_letter(key))
        frequent = places[top(table.frequencies[places], _LOOKED_AT)]
        yield from _words(head, [table.words[place] for place in frequent.tolist()], typed)


def _count(one: Suggestion, typed: _Typed) -> int:
    """Count the questions that choosing a suggestion leads to."""
    if one.kind != "word":
        is_counted = one.kind not in typed.filters.facets  # the filters and this value
        return one.count if is_counted else _asked(chosen(one, typed.request), typed.view)
    return typed.counts.once(one.text, lambda: _asked(chosen(one, typed.request), typed.view))


def _asked(asked: Request, view: SnapshotCache) -> int:
    """Count what a search finds, by all words."""
    found = match_text(asked.text, view, all_words=True, today=asked.today, translate=asked.translate)
    return len(filters_of(asked, view).narrow(found.matches.docs)[0])


def _counts_kept(view: SnapshotCache, bare: Request) -> SizedLRU[str, int]:
    """Return the latest counts of texts under some filters: with each letter typed most suggestions stay."""
    return _counts_by_filters(view).once(bare, lambda: SizedLRU[str, int](_COUNTS_KEPT, lambda count: 1))


@per_snapshot
def _counts_by_filters(view: SnapshotCache) -> SizedLRU[Request, SizedLRU[str, int]]:
    return SizedLRU(_FILTERS_KEPT, lambda counts: 1)


def _numbers(typed: _Typed, limit: int) -> list[Suggestion]:
    """Return question numbers with this prefix, in order."""
    snapshot = typed.view.snapshot
    passing = _passing(typed)
    found: list[str] = []
    for segment, base in zip(snapshot.segments, snapshot.bases.tolist(), strict=False):
        docs = _docs_beginning(segment.part, typed.text)
        kept = docs if passing is None else docs[passing[base + docs.astype(np.intp)]]
        found += [segment.part.numbers[doc] for doc in kept[:limit].tolist()]
    return [Suggestion(number, "number", 1) for number in sorted(found)[:limit]]


def _passing(typed: _Typed, without: FacetName | None = None) -> Mask | None:
    """Return the live documents that pass the filters; None: all."""
    mask, live = typed.filters.mask(without), typed.view.snapshot.live
    return live if mask is None else mask if live is None else mask & live


def _values(typed: _Typed, find: _Find) -> Iterator[Suggestion]:
    text = fold(typed.text.lower())
    for kind, share in _SHARES.items():
        found = find(_table(typed.view, kind), text, share, _counts(kind, typed))
        yield from (Suggestion(value, kind, count) for value, count in found)


def _counts(kind: FacetName, typed: _Typed) -> Counts:
    """Count the documents of each value; cached, since all that is typed under some filters asks for them."""
    request, view = typed.request, typed.view
    others = tuple(one for one in request.selections if one.facet != kind)
    key = ("value counts", kind, others, request.asked, request.answered, request.waited)
    return view.recent.once(key, lambda: value_counts(column_of(kind, view), _passing(typed, kind)))


@per_snapshot
def _table(view: SnapshotCache, kind: FacetName) -> ValueTable:
    return value_table(column_of(kind, view))


def _words(head: str, last_words: Iterable[str], typed: _Typed) -> list[Suggestion]:
    """Return the text with each of some last words that occurs together with the previous ones.

    Of words with one stem only the most frequent is suggested, since each finds them all.
    """
    view = typed.view
    before = view.recent.once(("containing", head), lambda: _containing(words(head), view))
    passing = _both(before, _passing(typed))
    found: dict[str, Suggestion] = {}
    for word in last_words:
        known = MEANINGLESS if names_no_subject(word) else meaning_of(word, view)
        if known.term and known.meant and known.meant not in found:
            count = known.docs if passing is None else int(np.count_nonzero(passing[documents_of(known.term, view)]))
            found[known.meant] = Suggestion(head + word, "word", count)
    counted = sorted((one for one in found.values() if one.count), key=lambda one: -one.count)
    return counted if before is None else _by_neighbour(words(head)[-1], head, counted, view)


def _by_neighbour(left: str, head: str, counted: list[Suggestion], view: SnapshotCache) -> list[Suggestion]:
    """Return the texts whose last word follows the one before it in titles or descriptors; all, if none does."""
    follows = _following(left, view)
    ranked = [(follows(one.text[len(head) :]), one) for one in counted]
    ranked.sort(key=lambda row: (-row[0], -row[1].count))
    return [one for follow, one in ranked if follow] or [one for _, one in ranked]


def _containing(heads: list[str], view: SnapshotCache) -> Mask | None:
    """Return which documents contain all these words, ignoring stop words: bool[max_doc]; None without words."""
    mask = None
    for head in heads:
        known = meaning_of(head, view)
        if known.term is not None:
            own = np.zeros(view.snapshot.max_doc, np.bool_)
            own[documents_of(known.term, view)] = True
            mask = own if mask is None else mask & own
    return mask


def _following(left: str, view: SnapshotCache) -> Callable[[str], int]:
    """Return a function that counts the titles and descriptors with a word right after `left`."""
    places = [(field, keys) for field in _TERSE if (keys := _places(field, left, view)) is not None]

    def count(word: str) -> int:
        pairs = ((keys, _places(field, word, view)) for field, keys in places)
        return sum(int(np.count_nonzero(are_among(own - 1, keys))) for keys, own in pairs if own is not None)

    return count


def _places(field: str, word: str, view: SnapshotCache) -> npt.NDArray[np.int64] | None:
    """Return the positions of a surface word: document × 2^32 + position, ascending; cached, for the next letter."""

    def made() -> npt.NDArray[np.int64] | None:
        found = view.snapshot.postings(field, word)
        return None if found is None else found.absolute_positions(found.docs.astype(np.int64) << 32)

    return view.recent.once(("places", field, word), made)


def _both(one: Mask | None, other: Mask | None) -> Mask | None:
    """Return the conjunction of two masks."""
    if one is None or other is None:
        return other if one is None else one
    both: Mask = one & other
    return both


def _docs_beginning(part: SegmentData, typed: str) -> Ints:
    """Return the documents of a segment whose numbers begin as typed, by number, without reading the others."""

    def number_at(place: int) -> str:
        return part.numbers[part.number_order[place]]

    first = bisect_left(range(part.doc_count), typed, key=number_at)
    after = range(first, part.doc_count)
    length = bisect_left(after, True, key=lambda place: not number_at(place).startswith(typed))
    return part.number_order[first : first + length]
