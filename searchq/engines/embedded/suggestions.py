"""Autocompletion: suggests words, descriptors, ministers, authors and question numbers for the text being typed.

    typed           suggested
    5-89            number   5-8900, 5-8901 …
    sociale me      word     sociale media       the last word completed, if some question contains all the words
                    keyword  sociale media       a descriptor, minister or author with a word that begins so
    taelm           author   Martine Taelman

Accents are ignored. Every suggestion has results.
"""

import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.analysis.folding import fold
from searchq.analysis.tokenizer import words
from searchq.engines.embedded.facet_values import LabelledColumns
from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache, per_snapshot
from searchq.engines.embedded.vocabulary import Vocabulary, top, vocabulary_of
from searchq.index.format.segment_data import SegmentData
from searchq.index.format.strings import Strings, strings
from searchq.index.read.columns import FacetColumn
from searchq.index.schema import TEXT
from searchq.limits import MAX_QUERY_CHARACTERS, MAX_SUGGESTIONS
from searchq.numbers import is_beginning
from searchq.query.facet_table import FACETS, FacetName
from searchq.query.suggestion import Suggestion

__all__ = ["Suggester", "suggester_of"]

Ints = npt.NDArray[np.integer]

# Suggestions of a facet's values; words fill the rest.
_SHARES: Final = {facet.name: facet.suggested for facet in FACETS if facet.suggested}
_WORDS: Final = 4
_LOOKED_AT: Final = 16  # words considered per request
_TERSE: Final = ("title_exact", "keywords_exact")  # texts so short that adjacent words belong together


@per_snapshot
def suggester_of(view: SnapshotCache) -> "Suggester":
    """Return the suggester of a snapshot."""
    return Suggester(vocabulary_of(view), LabelledColumns(view))


class Suggester:
    """Suggestions from one snapshot; its tables are made on first use and shared by all threads."""

    def __init__(self, vocabulary: Vocabulary, columns: LabelledColumns) -> None:
        self._vocabulary = vocabulary
        self._columns = columns
        self._snapshot = vocabulary.snapshot
        self._lock = threading.Lock()
        self._values: dict[str, _ValueTable] = {}

    def suggest(self, typed: str, limit: int = MAX_SUGGESTIONS, mask: Mask | None = None) -> tuple[Suggestion, ...]:
        """Return at most `limit` distinct suggestions; none for a text longer than a query may be.

        Only documents in `mask` (bool[max_doc]) count; None: all.
        """
        typed = typed.lstrip()
        if not typed or len(typed) > MAX_QUERY_CHARACTERS:
            return ()
        if is_beginning(typed):
            return tuple(self._numbers(typed, limit, mask))
        values = [one for kind, share in _SHARES.items() for one in self._facet(kind, typed, share, mask)]
        completed = self._words(typed, max(_WORDS, limit - len(values)), mask)
        return tuple([*completed, *values][:limit] if " " not in typed else [*values, *completed][:limit])

    def _numbers(self, typed: str, limit: int, mask: Mask | None) -> list[Suggestion]:
        """Return question numbers with this prefix, in order."""
        passing, bases = self._snapshot.live if mask is None else mask, self._snapshot.bases.tolist()
        found: list[str] = []
        for segment, base in zip(self._snapshot.segments, bases, strict=False):
            docs = _docs_beginning(segment.part, typed)
            kept = docs if passing is None else docs[passing[base + docs.astype(np.intp)]]
            found += [segment.part.numbers[doc] for doc in kept[:limit].tolist()]
        return [Suggestion(number, "number", 1) for number in sorted(found)[:limit]]

    def _facet(self, kind: FacetName, typed: str, share: int, mask: Mask | None) -> Iterator[Suggestion]:
        with self._lock:
            if kind not in self._values:
                self._values[kind] = _value_table(self._columns.facet(kind), self._snapshot.live)
        table = self._values[kind]
        counts = table.counts if mask is None else _counts(self._columns.facet(kind), mask)
        return (Suggestion(value, kind, count) for value, count in table.beginning(typed, share, counts))

    def _words(self, typed: str, limit: int, mask: Mask | None) -> list[Suggestion]:
        """Complete the last word with words that occur together with the previous ones.

        Of words with one stem only the most frequent is suggested, since each finds them all.
        """
        head, last = _last_word(typed)
        holding = self._holding(words(head))
        before = _both(holding, mask)
        found: dict[str, tuple[str, Ints]] = {}
        for word in self._vocabulary.table.completions(last, _LOOKED_AT) if last else ():
            term = self._main_term(word)
            if term and term not in found and len(docs := self._docs(term)):
                found[term] = word, docs if before is None else docs[before[docs]]
            if before is None and len(found) >= limit:
                break
        counted = [Suggestion(head + word, "word", len(docs)) for word, docs in found.values() if len(docs)]
        if holding is not None:
            follows = self._following(words(head)[-1])
            ranked = [(follows(one.text[len(head) :]), one) for one in counted]
            ranked.sort(key=lambda row: (-row[0], -row[1].count))
            counted = [one for follow, one in ranked if follow] or [one for _, one in ranked]
        return counted[:limit]

    def _holding(self, heads: list[str]) -> npt.NDArray[np.bool_] | None:
        """Return which documents contain all these words, ignoring stop words: bool[max_doc]; None without words."""
        mask = None
        for head in heads:
            term = self._main_term(head)
            if term is not None:
                own = np.zeros(self._snapshot.max_doc, np.bool_)
                own[self._docs(term)] = True
                mask = own if mask is None else mask & own
        return mask

    def _following(self, head: str) -> Callable[[str], int]:
        """Return a function that counts the titles and descriptors with a word right after `head`."""
        places = [(field, keys) for field in _TERSE if (keys := self._places(field, head)) is not None]

        def count(word: str) -> int:
            pairs = ((keys, self._places(field, word)) for field, keys in places)
            return sum(int(np.count_nonzero(_among(own - 1, keys))) for keys, own in pairs if own is not None)

        return count

    def _places(self, field: str, word: str) -> npt.NDArray[np.int64] | None:
        """Return the positions of a surface word: document × 2^32 + position, ascending."""
        postings = self._snapshot.postings(field, word)
        if postings is None:
            return None
        return postings.spots(postings.docs.astype(np.int64) << 32)

    def _main_term(self, word: str) -> str | None:
        """Return the main term of a word; the word itself if the index does not know it, None for a stop word."""
        terms = self._snapshot.analyze(word)
        return word if terms is None else terms[0].term if terms else None

    def _docs(self, term: str) -> Ints:
        """Return the documents that contain a term."""
        postings = self._snapshot.postings(TEXT, term)
        return np.zeros(0, np.int32) if postings is None else postings.docs


class _ValueTable(Struct, frozen=True, eq=False):
    """The values of a facet by each of their words: `keys` sorted, folded, from that word on; `owners` the value."""

    values: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    keys: Strings
    owners: Ints

    def beginning(self, typed: str, most: int, all_counts: npt.NDArray[np.int64]) -> list[tuple[str, int]]:
        """Return the most frequent values, by their counts, in which one or more consecutive words begin as typed."""
        first, last = self.keys.prefix_range(fold(typed.lower()))
        owners = np.unique(self.owners[first:last])
        counts = all_counts[owners]
        return [(self.values[owners[place]], int(counts[place])) for place in top(counts, most) if counts[place]]


_WORD_STARTS: Final = re.compile(r"(?<![^\W_])[^\W_]")


def _value_table(column: FacetColumn, live: Mask | None) -> _ValueTable:
    rows = []
    for number, value in enumerate(column.values):
        key = fold(value.lower())
        rows += [(key[match.start() :], number) for match in _WORD_STARTS.finditer(key)]
    rows.sort()
    return _ValueTable(
        column.values,
        _counts(column, live),
        strings([key.replace("\n", " ") for key, _ in rows]),
        np.array([number for _, number in rows], np.int64),
    )


def _counts(column: FacetColumn, mask: Mask | None) -> npt.NDArray[np.int64]:
    """Count the documents in the mask (None: all) with each value."""
    codes = column.codes
    if mask is not None:
        codes = codes[mask if column.indptr is None else np.repeat(mask, np.diff(column.indptr))]
    return np.bincount(codes[codes >= 0], minlength=len(column.values))


def _both(one: Mask | None, other: Mask | None) -> Mask | None:
    """Return the conjunction of two masks."""
    if one is None or other is None:
        return other if one is None else one
    both: Mask = one & other
    return both


def _among(values: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which values are among `others`, which are ascending and not empty."""
    places = np.minimum(np.searchsorted(others, values), len(others) - 1)
    found: npt.NDArray[np.bool_] = others[places] == values
    return found


def _docs_beginning(part: SegmentData, typed: str) -> Ints:
    """Return the documents of a segment whose numbers begin as typed, by number, without reading the others."""

    def number_at(place: int) -> str:
        return part.numbers[part.number_order[place]]

    first = bisect_left(range(part.doc_count), typed, key=number_at)
    after = range(first, part.doc_count)
    length = bisect_left(after, True, key=lambda place: not number_at(place).startswith(typed))
    return part.number_order[first : first + length]


def _last_word(typed: str) -> tuple[str, str]:
    """Split off the word at the end; it is empty if the text does not end in a word."""
    match = re.search(r"[^\W_][\w'’-]*$", typed)
    return (typed[: match.start()], match[0]) if match else (typed, "")
