"""Merges languages: words and terms are renumbered in sorted order, postings moved row by row.

The batches of one run share their tables of words and terms and the map between them (`term_ids`); a shared table is
processed once. Words and terms without documents are dropped.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import compress
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.index.format.checked_array import whole
from searchq.index.format.encoding import Bytes, Ints, changes, gather_ranges, stable_order, starts_of, with_end
from searchq.index.format.positions import posting_bytes
from searchq.index.format.segment_data import Combined, Language, ZonePostings
from searchq.index.format.strings import Numbering, Strings, lines, strings
from searchq.index.schema import zones_of
from searchq.index.write.invert import words_of_terms
from searchq.index.write.steps import Steps
from searchq.kernel import built

__all__ = ["DocMap", "merge_language"]

_in_c: Final = built("tables")

Mask = npt.NDArray[np.bool_]


class DocMap(Struct, frozen=True, eq=False):
    """Maps document numbers: adds `base` if all are kept, else `to` int32[docs], -1 for dropped documents."""

    base: int
    to: npt.NDArray[np.int32] | None

    def docs(self, docs: Ints) -> npt.NDArray[np.uint16]:
        if self.to is None:
            return (docs.astype(np.uint32) + np.uint32(self.base)).astype(np.uint16)
        return self.to[docs].astype(np.uint16)


def merge_language(
    name: str, languages: Sequence[Language], renumber: Sequence[DocMap], steps: Steps
) -> Callable[[], Language]:
    """Merge one language of several segments, whose documents are renumbered by `renumber`; return what gives it."""
    alive = [_alive(language, numbers) for language, numbers in zip(languages, renumber, strict=True)]
    words, word_to = _sorted_union([language.words for language in languages], [words for words, _ in alive])
    terms, term_to = _sorted_union([language.terms for language in languages], [terms for _, terms in alive])
    combined = None
    if all(language.combined for language in languages):
        sources = [(language.combined, to) for language, to in zip(languages, term_to, strict=True)]
        combined = steps.begin(partial(_merge_combined, sources, renumber, len(terms)))
    zones = {}
    for zone in zones_of(name):
        own = [language.zones[zone.name] for language in languages]
        zones[zone.name] = steps.begin(partial(_merge_zone, own, word_to, renumber, len(words)))
    word_starts, word_terms, word_kinds, kinds = _merge_map(languages, word_to, term_to, len(words))
    turned = words_of_terms(word_starts, word_terms, word_kinds, len(terms))
    return lambda: Language(
        words,
        terms,
        word_starts,
        word_terms,
        word_kinds,
        np.array([weight for weight, _ in kinds], np.float32),
        strings([why for _, why in kinds]),
        *turned,
        {zone: merged() for zone, merged in zones.items()},
        combined() if combined else None,
    )


def _alive(language: Language, numbers: DocMap) -> tuple[Mask, Mask]:
    """Return which words and terms still occur in a kept document."""
    words = np.zeros(len(language.words), np.bool_)
    for zone in language.zones.values():
        if numbers.to is None:
            words[zone.rows] = True
        else:
            stay = starts_of((numbers.to[zone.docs] >= 0).view(np.int8))
            words[zone.rows[stay[zone.starts[1:]] > stay[zone.starts[:-1]]]] = True
    terms = np.zeros(len(language.terms), np.bool_)
    terms[language.word_terms[np.repeat(words, np.diff(language.word_starts))]] = True
    return words, terms


def _sorted_union(tables: Sequence[Strings], alive: Sequence[Mask]) -> tuple[Strings, list[npt.NDArray[np.int32]]]:
    """Return all strings that still occur, sorted, and per table the new number of each string (-1: dropped)."""
    distinct = {id(table): table for table in tables}
    wanted = {key: np.zeros(len(table), np.bool_) for key, table in distinct.items()}
    for table, mask in zip(tables, alive, strict=True):
        wanted[id(table)] |= mask
    union, ranks = _union(list(distinct.values()), list(wanted.values()))
    of_table = dict(zip(distinct, ranks, strict=True))
    return union, [of_table[id(table)] for table in tables]


def _union_in_python(tables: Sequence[Strings], wanted: Sequence[Mask]) -> tuple[Strings, list[npt.NDArray[np.int32]]]:
    """Return the wanted strings sorted, and per table the number of each string there (-1: not wanted)."""
    numbering = Numbering()
    numbers = []
    for table, mask in zip(tables, wanted, strict=True):
        own = np.full(len(table), -1, np.int32)
        own[mask] = numbering.numbers(list(compress(table.tolist(), mask.tolist())))
        numbers.append(own)
    ordered = sorted(numbering)
    rank = np.full(len(ordered) + 1, -1, np.int32)  # the last entry is for -1
    rank[numbering.numbers(ordered)] = np.arange(len(ordered))
    return strings(ordered), [rank[own] for own in numbers]


def _union(tables: Sequence[Strings], wanted: Sequence[Mask]) -> tuple[Strings, list[npt.NDArray[np.int32]]]:
    """Return the same, from C where that was built: a tenth of the time."""
    if _in_c is None:
        return _union_in_python(tables, wanted)
    given = [
        (whole(table.blob).data, np.ascontiguousarray(whole(table.starts), np.uint32).data, mask.data)
        for table, mask in zip(tables, wanted, strict=True)
    ]
    blob, ranks = _in_c.sorted_union(given)
    return lines(blob), [np.frombuffer(own, np.int32) for own in ranks]


def _merge_map(
    languages: Sequence[Language],
    word_to: Sequence[Ints],
    term_to: Sequence[Ints],
    word_count: int,
) -> tuple[Ints, Ints, Bytes, list[tuple[float, str]]]:
    """Merge the maps from words to terms: each word has the terms of the first input that contains it."""
    kinds: dict[tuple[float, str], int] = {}
    all_words, all_terms, all_kinds, firsts, counts = [], [], [], [], []
    base = 0
    shared = {id(own[0].words): own for own in zip(languages, word_to, term_to, strict=True)}
    for language, words, terms in shared.values():
        pairs = zip(language.kind_weights.tolist(), language.kind_reasons.tolist(), strict=True)
        to_kind = np.array([kinds.setdefault(pair, len(kinds)) for pair in pairs], np.uint8)
        all_words.append(np.where(words >= 0, words, word_count))
        all_terms.append(terms[language.word_terms])
        all_kinds.append(to_kind[language.word_kinds] if len(to_kind) else language.word_kinds)
        firsts.append(language.word_starts[:-1].astype(np.int64) + base)
        counts.append(np.diff(language.word_starts).astype(np.int64))
        base += len(language.word_terms)
    _, first_seen = np.unique(np.concatenate(all_words), return_index=True)
    first_seen = first_seen[:word_count]
    starts, sizes = np.concatenate(firsts)[first_seen], np.concatenate(counts)[first_seen]
    return (
        starts_of(sizes).astype(np.uint32),
        gather_ranges(np.concatenate(all_terms), starts, sizes).astype(np.uint32),
        gather_ranges(np.concatenate(all_kinds), starts, sizes),
        list(kinds),
    )


def _merge_zone(
    zones: Sequence[ZonePostings], word_to: Sequence[Ints], renumber: Sequence[DocMap], word_count: int
) -> ZonePostings:
    zones = [_without_deleted(zone, numbers) for zone, numbers in zip(zones, renumber, strict=True)]
    rows = np.concatenate([to[zone.rows] for zone, to in zip(zones, word_to, strict=True)])
    order = stable_order(rows, word_count)
    rows = rows[order]
    counts = _counts([zone.starts for zone in zones])[order]
    place_counts = _counts([zone.place_starts for zone in zones])[order]
    posting_firsts = _firsts([zone.starts for zone in zones])[order]
    docs = np.concatenate([numbers.docs(zone.docs) for zone, numbers in zip(zones, renumber, strict=True)])
    docs = gather_ranges(docs, posting_firsts, counts)
    place_firsts = _firsts([zone.place_starts for zone in zones])[order]
    places = gather_ranges(np.concatenate([zone.places for zone in zones]), place_firsts, place_counts)
    new = changes(rows).nonzero()[0]
    ends = with_end(new, len(rows))
    return ZonePostings(
        rows[new].astype(np.uint32),
        starts_of(counts)[ends].astype(np.uint32),
        docs,
        starts_of(place_counts)[ends].astype(np.uint32),
        places,
    )


def _merge_combined(
    sources: Iterable[tuple[Combined | None, Ints]], renumber: Sequence[DocMap], term_count: int
) -> Combined:
    starts_list, docs_list, weights_list, terms_list = [], [], [], []
    for (combined, to), numbers in zip(sources, renumber, strict=True):
        assert combined is not None
        starts, docs, weights = combined.starts, combined.docs, combined.weights
        if numbers.to is not None:
            stays = numbers.to[docs] >= 0
            starts = np.append(0, np.cumsum(stays))[starts].astype(np.uint32)
            docs, weights = docs[stays], weights[stays]
        starts_list.append(starts)
        docs_list.append(numbers.docs(docs))
        weights_list.append(weights)
        terms_list.append(to if combined.rows is None else to[combined.rows])
    terms = np.concatenate(terms_list)
    order = np.flatnonzero(terms >= 0)
    order = order[stable_order(terms[order], term_count)]
    counts, firsts = _counts(starts_list)[order], _firsts(starts_list)[order]
    totals = np.bincount(terms[order], weights=counts, minlength=term_count).astype(np.int64)
    return Combined(
        starts_of(totals).astype(np.uint32),
        gather_ranges(np.concatenate(docs_list), firsts, counts),
        gather_ranges(np.concatenate(weights_list), firsts, counts),
    )


def _counts(starts: Sequence[Ints]) -> npt.NDArray[np.int64]:
    """Return the row sizes of several CSR arrays, concatenated."""
    return np.concatenate([np.diff(own.astype(np.int64)) for own in starts])


def _firsts(starts: Sequence[Ints]) -> npt.NDArray[np.int64]:
    """Return where the rows of several CSR arrays begin when their values are concatenated."""
    bases = starts_of(np.array([int(own[-1]) for own in starts]))
    return np.concatenate([own[:-1].astype(np.int64) + base for own, base in zip(starts, bases[:-1], strict=True)])


def _without_deleted(zone: ZonePostings, numbers: DocMap) -> ZonePostings:
    """Drop the postings of dropped documents, and the rows left empty."""
    if numbers.to is None:
        return zone
    stays = numbers.to[zone.docs] >= 0
    begins = posting_bytes(zone.places)
    sizes = np.diff(begins)
    before = starts_of(stays.astype(np.int64))
    bytes_before = starts_of(np.where(stays, sizes, 0))
    full = before[zone.starts[1:]] > before[zone.starts[:-1]]
    rows = np.append(zone.starts[:-1][full], zone.starts[-1])
    return ZonePostings(
        zone.rows[full],
        before[rows].astype(np.uint32),
        zone.docs[stays],
        bytes_before[rows].astype(np.uint32),
        gather_ranges(zone.places, begins[:-1][stays], sizes[stays]),
    )
