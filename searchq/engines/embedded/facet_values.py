"""Facets as they are counted and filtered: published values, with the spellings of one value grouped.

    published   GROEN  Groen  Groen!  sp.a        the columns and postings of the index
    labelled    Groen         sp.a                counted, shown and selected

The grouping depends only on the live documents of the snapshot, not on the order in which they were indexed.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np

from searchq.engines.embedded.snapshot_cache import Mask, SnapshotCache, per_snapshot
from searchq.index.format.encoding import Ints, distinct, starts_of
from searchq.index.read.columns import FacetColumn
from searchq.lru import SizedLRU
from searchq.query.facet_table import FacetName, facet_named
from searchq.query.people import Seat
from searchq.query.resolver import Catalog
from searchq.query.terms import Terms, WordReading
from searchq.query.value_keys import plain_words
from searchq.query.values import ValueTable, group_spellings
from searchq.query.zones import COMBINED

__all__ = ["LabelledColumns", "QueryVocabulary", "catalog_of", "column_of", "labels_containing", "table_of"]


T = TypeVar("T")
_MEANINGS_KEPT: Final = 1 << 13  # some 1 kB each


class Labelled(NamedTuple):
    """A facet column with labels instead of published values, and a table from labels to published values."""

    column: FacetColumn
    table: ValueTable


def column_of(name: FacetName, view: SnapshotCache) -> FacetColumn:
    """Return the column of a facet's labels."""
    return _labelled(view, name).column


def table_of(name: FacetName, view: SnapshotCache) -> ValueTable:
    """Return the labels of a facet with their spellings."""
    return _labelled(view, name).table


def catalog_of(view: SnapshotCache) -> Catalog:
    """Return the labels of every facet."""
    return lambda name: table_of(name, view)


def labels_containing(name: FacetName, part: str, view: SnapshotCache) -> Mask:
    """Return which labels of a facet have a spelling that contains `part`, ignoring case, accents and punctuation."""
    plain, wanted = _plain(view, name), " ".join(plain_words(part))
    return np.fromiter((wanted in value for value in plain), np.bool_, len(plain))


@per_snapshot
def _plain(view: SnapshotCache, name: FacetName) -> list[str]:
    """Return the words of all spellings of each label, one spelling per line."""
    spellings = map(table_of(name, view).spellings, column_of(name, view).values)
    return ["\n".join(" ".join(plain_words(one)) for one in those) for those in spellings]


class LabelledColumns:
    """The columns of an index with the labels of facets."""

    def __init__(self, view: SnapshotCache) -> None:
        self._view = view

    def facet(self, name: str) -> FacetColumn:
        return column_of(name, self._view)

    def integers(self, name: str) -> Ints:
        return self._view.snapshot.integers(name)


class QueryVocabulary:
    """The lookups that the query language needs of an index."""

    def __init__(self, view: SnapshotCache) -> None:
        self._view = view

    def held(self, word: str, language: str = "nl") -> WordReading | None:
        terms = self._view.snapshot.analyze(word, language)
        return None if terms is None else WordReading(word, terms, self._counts(terms, language), is_held=True)

    def analyzed(self, word: str, language: str = "nl") -> WordReading:
        terms = _analyzed(self._view, word, language)
        return WordReading(word, terms, self._counts(terms, language))

    def document_frequency(self, field: str, term: str) -> int:
        return self._view.snapshot.document_frequency(field, term)

    def question_count(self) -> int:
        return self._view.snapshot.doc_count

    def value_table(self, facet: str) -> ValueTable:
        return table_of(facet, self._view)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        return _meanings(self._view).once(key, make)

    def blob(self, name: str) -> bytes | None:
        return self._view.once(("blob", name), lambda: self._view.snapshot.blob(name))

    def _counts(self, terms: Terms, language: str) -> tuple[int, ...]:
        frequency, field = self._view.snapshot.document_frequency, COMBINED[language]
        return tuple([frequency(field, one.term) for one in terms])


@per_snapshot
def _meanings(view: SnapshotCache) -> SizedLRU[Hashable, Any]:
    """Return what the latest words of queries mean: most words were asked for before."""
    return SizedLRU(_MEANINGS_KEPT, lambda meaning: 1)


def _analyzed(view: SnapshotCache, word: str, language: str) -> Terms:
    """Analyse a word that no question holds, as the words that questions hold were analysed."""
    # Imported here since Dutch costs 5 ms, and most searches are for words the index knows.
    if language == "fr":
        from searchq.analysis import french

        return french.analyze_word(word).terms
    from searchq.analysis import dutch

    return dutch.analyze_word(word, view.snapshot.lexicon).terms


@per_snapshot
def _labelled(view: SnapshotCache, name: FacetName) -> Labelled:
    facet, published = facet_named(name), view.snapshot.facet(name)
    numbers = _live_counts(published, view).tolist()
    counts = {value: count for value, count in zip(published.values, numbers, strict=True) if count}
    others = group_spellings(facet, counts, lambda: _seats(view))
    table = ValueTable(facet, (value for value in counts if value not in others), others)
    return Labelled(_with_labels(published, others), table)


def _live_counts(column: FacetColumn, view: SnapshotCache) -> Ints:
    """Count the live documents with each published value."""
    codes, live = column.codes, view.snapshot.live
    if live is not None:
        codes = codes[live if column.indptr is None else np.repeat(live, np.diff(column.indptr))]
    return np.bincount(codes[codes >= 0], minlength=len(column.values))


def _with_labels(column: FacetColumn, others: dict[str, str]) -> FacetColumn:
    """Replace values by labels; each label occurs once per document."""
    if not others:
        return column
    own = [others.get(value, value) for value in column.values]
    labels = tuple(sorted(set(own)))
    place = {label: code for code, label in enumerate(labels)}
    codes = np.array([*(place[label] for label in own), -1], np.int32)[column.codes]
    if column.indptr is None:
        return FacetColumn(labels, None, codes)
    return _each_once(labels, np.diff(column.indptr), codes)


def _each_once(labels: tuple[str, ...], held: Ints, codes: Ints) -> FacetColumn:
    """Return a multi-valued column from the number of codes per document; drops duplicates."""
    size = max(len(labels), 1)
    pairs = distinct(np.arange(len(held), dtype=np.int64).repeat(held) * size + codes)
    starts = starts_of(np.bincount(pairs // size, minlength=len(held))).astype(np.int32)
    return FacetColumn(labels, starts, (pairs % size).astype(np.int32))


def _seats(view: SnapshotCache) -> dict[str, set[Seat]]:
    """Return the parties and legislatures that each author occurs with."""
    authors, parties, terms = (
        view.snapshot.facet("author"),
        column_of("party", view),
        view.snapshot.facet("legislature"),
    )
    docs = view.live_docs
    columns = [column.codes[docs].astype(np.int64) for column in (authors, parties, terms)]
    known = np.logical_and.reduce([codes >= 0 for codes in columns])
    author, party, term = (codes[known] for codes in columns)
    keys = distinct((author * len(parties.values) + party) * len(terms.values) + term)
    seats: dict[str, set[Seat]] = {}
    for key in keys.tolist():
        rest, term_code = divmod(key, len(terms.values))
        author_code, party_code = divmod(rest, len(parties.values))
        seat = (parties.values[party_code], terms.values[term_code])
        seats.setdefault(authors.values[author_code], set()).add(seat)
    return seats
