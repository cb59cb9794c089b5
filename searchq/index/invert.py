"""Words of documents, in document order, to postings, in word order: whole batches at a time.

    tokens    w3 w1 w3 w2 │ w1 w1        word numbers, document after document
    sorted    w1: (doc 0, 1) (doc 1, 0 1) │ w2: (doc 0, 3) │ w3: (doc 0, 0 2)

One stable sort by word keeps documents and positions ascending within each word.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import (
    Bytes,
    Ints,
    encode_varints,
    encode_weights,
    gather_ranges,
    stable_order,
    starts_of,
)
from searchq.index.part import Combined, ZonePostings

__all__ = ["combine", "frequencies", "invert", "narrow_frequencies", "words_of_terms"]

_ESCAPE = 255  # in freqs: the true frequency stands in `many`


def invert(tokens: Ints, positions: Ints, lengths: Ints, word_count: int) -> ZonePostings:
    """The postings of a zone: tokens and positions int32[T] in document order, lengths int[docs] tokens a document."""
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint16), lengths)
    order = stable_order(tokens, word_count)
    tokens, docs, positions = tokens[order], docs[order], positions[order]
    new_word = _changes(tokens)
    new_posting = new_word | _changes(docs)
    firsts = np.flatnonzero(new_posting)
    distances = np.diff(positions, prepend=positions[:1])
    distances[firsts] = positions[firsts]
    places, sizes = encode_varints(distances)
    rows_at = np.flatnonzero(new_word)
    byte_starts = starts_of(sizes)
    counts = np.diff(firsts, append=len(tokens))
    freqs, many_at, many = narrow_frequencies(counts)
    return ZonePostings(
        rows=tokens[rows_at].astype(np.uint32),
        starts=np.append(np.searchsorted(firsts, rows_at), len(firsts)).astype(np.uint32),
        docs=docs[firsts],
        freqs=freqs,
        many_at=many_at,
        many=many,
        place_starts=byte_starts[np.append(rows_at, len(tokens))].astype(np.uint32),
        places=places,
    )


def narrow_frequencies(counts: Ints) -> tuple[npt.NDArray[np.uint8], Ints, Ints]:
    """Frequencies as bytes, with the places and values of those that need more than a byte."""
    many_at = np.flatnonzero(counts >= _ESCAPE)
    return np.minimum(counts, _ESCAPE).astype(np.uint8), many_at.astype(np.uint32), counts[many_at].astype(np.uint32)


def frequencies(zone: ZonePostings, first: int = 0, last: int | None = None) -> npt.NDArray[np.uint32]:
    """The frequencies of the postings `first` to `last` (not included): uint32."""
    last = len(zone.freqs) if last is None else last
    freqs = zone.freqs[first:last].astype(np.uint32)
    if len(zone.many_at):
        low, high = np.searchsorted(zone.many_at, [first, last])
        freqs[zone.many_at[low:high] - np.uint32(first)] = zone.many[low:high]
    return freqs


def combine(
    zones: Iterable[tuple[float, ZonePostings]],
    word_starts: Ints,
    word_terms: Ints,
    word_weights: npt.NDArray[np.float32],
    term_count: int,
) -> Combined:
    """The combined postings: for each term and document the sum of zone weight × word weight × frequency."""
    terms, docs, weights = [], [], []
    for zone_weight, zone in zones:
        words = np.repeat(zone.rows, np.diff(zone.starts))
        counts = (word_starts[1:] - word_starts[:-1])[words].astype(np.int64)
        first = word_starts[words].astype(np.int64)
        terms.append(gather_ranges(word_terms, first, counts))
        docs.append(np.repeat(zone.docs, counts))
        shares = np.repeat(frequencies(zone).astype(np.float32) * np.float32(zone_weight), counts)
        weights.append(shares * gather_ranges(word_weights, first, counts))
    return _summed(np.concatenate(terms), np.concatenate(docs), np.concatenate(weights), term_count)


def words_of_terms(word_starts: Ints, word_terms: Ints, word_kinds: Bytes, term_count: int) -> tuple[Ints, Ints, Bytes]:
    """The map from words to terms turned round: (term_starts, term_words, term_kinds)."""
    order = np.argsort(word_terms, kind="stable")
    owners = np.repeat(np.arange(len(word_starts) - 1, dtype=np.uint32), np.diff(word_starts))
    counts = np.bincount(word_terms, minlength=term_count)
    return starts_of(counts).astype(np.uint32), owners[order], word_kinds[order]


def _summed(terms: Ints, docs: Ints, weights: npt.NDArray[np.float32], term_count: int) -> Combined:
    order = np.argsort(docs, kind="stable")
    order = order[stable_order(terms[order], term_count)]
    terms, docs = terms[order], docs[order]
    firsts = np.flatnonzero(_changes(terms) | _changes(docs))
    sums = np.add.reduceat(weights[order], firsts) if len(firsts) else weights
    counts = np.bincount(terms[firsts], minlength=term_count)
    return Combined(starts_of(counts).astype(np.uint32), docs[firsts], encode_weights(sums))


def _changes(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """True where a value differs from the one before it; the first always does."""
    changed = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed
