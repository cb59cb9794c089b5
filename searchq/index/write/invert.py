"""Inverts words in document order to postings in word order, whole batches at a time.

    tokens    w3 w1 w3 w2 │ w1 w1        word numbers, document after document
    sorted    w1: (doc 0, 1) (doc 1, 0 1) │ w2: (doc 0, 3) │ w3: (doc 0, 0 2)

One stable sort by word keeps documents and positions ascending within each word.
"""

from collections.abc import Iterable
from types import ModuleType

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import (
    WEIGHT_BOUNDS,
    Bytes,
    Floats,
    Ints,
    changes,
    dense_ranks,
    encode_varints,
    encode_weights,
    gather_ranges,
    stable_order,
    starts_of,
)
from searchq.index.format.positions import read_frequencies
from searchq.index.format.segment_data import Combined, ZonePostings
from searchq.kernel import built

__all__ = ["combine", "in_c", "invert", "words_of_terms"]

in_c: ModuleType | None = built("postings")  # a fourth of the time


def invert(words: Ints, positions: Ints, lengths: Ints) -> ZonePostings:
    """Return the postings of a zone.

    Word numbers and positions are int32[T] in document order; lengths int[docs] are words per document.
    """
    if in_c is not None:
        rows, starts, docs, place_starts, places = in_c.invert(words, positions, lengths)
        return ZonePostings(_u32(rows), _u32(starts), _u16(docs), _u32(place_starts), np.frombuffer(places, np.uint8))
    return _inverted(words, positions, lengths)


def _inverted(words: Ints, positions: Ints, lengths: Ints) -> ZonePostings:
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint16), lengths)
    rows, words = dense_ranks(words)  # few enough in a batch for one radix pass
    order = stable_order(words, len(rows))
    words, docs, positions = words[order], docs[order], positions[order]
    new_word = changes(words)
    firsts = np.flatnonzero(new_word | changes(docs))
    steps = np.diff(positions, prepend=positions[:1]) << 1
    steps[firsts] = positions[firsts] << 1 | 1
    places, sizes = encode_varints(steps)
    rows_at = np.flatnonzero(new_word)
    return ZonePostings(
        rows=rows.astype(np.uint32),
        starts=np.append(np.searchsorted(firsts, rows_at), len(firsts)).astype(np.uint32),
        docs=docs[firsts],
        place_starts=starts_of(sizes)[np.append(rows_at, len(words))].astype(np.uint32),
        places=places,
    )


def combine(
    zones: Iterable[tuple[float, ZonePostings]], word_starts: Ints, word_terms: Ints, word_weights: Floats
) -> Combined:
    """Return the combined postings of a batch: per term and document, the sum of zone weight × word weight × frequency.

    `zones` are (weight, postings); rows may be in any order. Sums are float64, and so exact in any order.
    """
    if in_c is not None:
        given = tuple((weight, zone.rows, zone.starts, zone.docs, zone.places) for weight, zone in zones)
        rows, starts, docs, codes = in_c.combine(given, word_starts, word_terms, word_weights, WEIGHT_BOUNDS)
        return Combined(_u32(starts), _u16(docs), np.frombuffer(codes, np.uint8), _u32(rows))
    return _combined(zones, word_starts, word_terms, word_weights)


def _u16(data: bytes) -> npt.NDArray[np.uint16]:
    return np.frombuffer(data, np.uint16)


def _u32(data: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(data, np.uint32)


def _combined(
    zones: Iterable[tuple[float, ZonePostings]], word_starts: Ints, word_terms: Ints, word_weights: Floats
) -> Combined:
    terms, docs, weights = [], [], []
    for zone_weight, zone in zones:
        words = np.repeat(zone.rows, np.diff(zone.starts))
        counts = (word_starts[1:] - word_starts[:-1])[words].astype(np.int64)
        first = word_starts[words].astype(np.int64)
        terms.append(gather_ranges(word_terms, first, counts))
        docs.append(np.repeat(zone.docs, counts))
        shares = np.repeat(read_frequencies(zone.places).astype(np.float64) * zone_weight, counts)
        weights.append(shares * gather_ranges(word_weights, first, counts))
    return _summed(np.concatenate(terms), np.concatenate(docs), np.concatenate(weights))


def words_of_terms(word_starts: Ints, word_terms: Ints, word_kinds: Bytes, term_count: int) -> tuple[Ints, Ints, Bytes]:
    """Invert the map from words to terms: return (term_starts, term_words, term_kinds)."""
    order = np.argsort(word_terms, kind="stable")
    owners = np.repeat(np.arange(len(word_starts) - 1, dtype=np.uint32), np.diff(word_starts))
    counts = np.bincount(word_terms, minlength=term_count)
    return starts_of(counts).astype(np.uint32), owners[order], word_kinds[order]


def _summed(terms: Ints, docs: Ints, weights: npt.NDArray[np.float64]) -> Combined:
    rows, places = dense_ranks(terms)  # few enough in a batch for one radix pass
    order = np.argsort(docs, kind="stable")
    order = order[stable_order(places[order], len(rows))]
    places, docs = places[order], docs[order]
    firsts = np.flatnonzero(changes(places) | changes(docs))
    sums = np.add.reduceat(weights[order], firsts) if len(firsts) else weights
    starts = starts_of(np.bincount(places[firsts], minlength=len(rows))).astype(np.uint32)
    return Combined(starts, docs[firsts], encode_weights(sums.astype(np.float32)), rows.astype(np.uint32))
