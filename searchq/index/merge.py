"""Parts to one part: the one operation behind flushing batches, merging segments and dropping deleted documents.

Nothing is analysed, decoded or compressed again. The words of all parts are numbered anew in sorted order; a row of
postings is then moved whole, so a merge is a stable sort of rows and a few gathers:

    part 0   rows  beleid: 0 2 │ vraag: 1          beleid: 0 2 (+0) 1 (+3)
    part 1   rows  vraag: 0 │ beleid: 1      ->    vraag:  1 (+0) 0 (+3)
"""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from searchq.index.encoding import Bytes, Ints, gather_ranges, smallest, stable_order, starts_of
from searchq.index.invert import posting_bytes, words_of_terms
from searchq.index.part import MAX_DOCS, Combined, Facet, Language, Part, ZonePostings
from searchq.index.records import join_records
from searchq.index.schema import FACETS, INTEGERS, LANGUAGES, ZONES, zones_of
from searchq.index.strings import Numbering, Strings, sorting_order, strings

__all__ = ["merge"]

Mask = npt.NDArray[np.bool_]
Docs = npt.NDArray[np.intp]  # the documents that stay, ascending

_Type = TypeVar("_Type", bound=np.generic)


def merge(parts: Sequence[Part], live: Sequence[Mask | None], dictionary: bytes = b"") -> Part:
    """One part of all live documents (None: all are), in the order given; at most 65,536 of them.

    Words, terms and facet values that no document is left for go too. Stored records come out under `dictionary`.
    """
    kept = [None if mask is None or mask.all() else np.flatnonzero(mask) for mask in live]
    counts = [part.doc_count if keep is None else len(keep) for part, keep in zip(parts, kept, strict=True)]
    if sum(counts) > MAX_DOCS:
        raise ValueError(f"{sum(counts)} documents are over the {MAX_DOCS} of one segment.")
    bases = starts_of(np.array(counts, np.int64))
    renumber = [
        _new_numbers(part.doc_count, keep, int(base)) for part, keep, base in zip(parts, kept, bases[:-1], strict=True)
    ]
    numbers = [
        number for part, keep in zip(parts, kept, strict=True) for number in _picked(part.numbers.tolist(), keep)
    ]
    return Part(
        doc_count=int(bases[-1]),
        languages={
            name: _merge_language(name, [part.languages[name] for part in parts], renumber) for name in LANGUAGES
        },
        lengths={zone.name: smallest(_column([part.lengths[zone.name] for part in parts], kept)) for zone in ZONES},
        facets={name: _merge_facet([part.facets[name] for part in parts], kept) for name in FACETS},
        integers={name: _column([part.integers[name] for part in parts], kept) for name in INTEGERS},
        numbers=strings(numbers),
        number_order=sorting_order(numbers),
        records=join_records([part.records for part in parts], kept, dictionary),
    )


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _Renumbering:
    """Where the documents of a part go: `base` added when all stay, else `to` int32[docs], -1 for those that go."""

    base: int
    to: npt.NDArray[np.int32] | None

    def docs(self, docs: Ints) -> npt.NDArray[np.uint16]:
        if self.to is None:
            return (docs.astype(np.uint32) + np.uint32(self.base)).astype(np.uint16)
        return self.to[docs].astype(np.uint16)


def _new_numbers(count: int, keep: Docs | None, base: int) -> _Renumbering:
    if keep is None:
        return _Renumbering(base, None)
    to = np.full(count, -1, np.int32)
    to[keep] = np.arange(base, base + len(keep))
    return _Renumbering(base, to)


def _picked(values: list[str], keep: Docs | None) -> list[str]:
    return values if keep is None else [values[doc] for doc in keep]


def _column(columns: Sequence[npt.NDArray[_Type]], kept: Sequence[Docs | None]) -> npt.NDArray[_Type]:
    picked = [column if keep is None else column[keep] for column, keep in zip(columns, kept, strict=True)]
    return np.concatenate(picked)


# Facets: values of all parts sorted anew, codes renumbered.


def _merge_facet(facets: Sequence[Facet], kept: Sequence[Docs | None]) -> Facet:
    numbering = Numbering()
    codes, counts = [], []
    for facet, keep in zip(facets, kept, strict=True):
        to = np.append(numbering.numbers(facet.values.tolist()), -1)  # the last stands for code -1
        own, sizes = _kept_codes(facet, keep)
        codes.append(to[own])
        counts.append(sizes)
    all_codes = np.concatenate(codes)
    used = np.zeros(len(numbering) + 1, np.bool_)
    used[all_codes] = True
    values = sorted(value for value, number in numbering.items() if used[number])
    rank = np.full(len(numbering) + 1, -1, np.int32)
    rank[numbering.numbers(values)] = np.arange(len(values))
    new_codes = rank[all_codes]
    if facets[0].starts is None:
        return Facet(strings(values), new_codes, None)
    starts = starts_of(np.concatenate(counts))
    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return Facet(strings(values), new_codes[np.lexsort((new_codes, owners))], starts.astype(np.uint32))


def _kept_codes(facet: Facet, keep: Docs | None) -> tuple[Ints, Ints]:
    """The codes of the kept documents and how many each has."""
    if facet.starts is None:
        codes = facet.codes if keep is None else facet.codes[keep]
        return codes, np.ones(len(codes), np.int64)
    counts = np.diff(facet.starts).astype(np.int64)
    if keep is None:
        return facet.codes, counts
    return gather_ranges(facet.codes, facet.starts[keep], counts[keep]), counts[keep]


# Languages: words sorted anew, rows moved.


def _merge_language(name: str, languages: Sequence[Language], renumber: Sequence[_Renumbering]) -> Language:
    alive = [_alive(language, numbers) for language, numbers in zip(languages, renumber, strict=True)]
    words, word_to = _sorted_union([language.words for language in languages], [words for words, _ in alive])
    terms, term_to = _sorted_union([language.terms for language in languages], [terms for _, terms in alive])
    word_starts, word_terms, word_kinds, kinds = _merge_map(languages, word_to, term_to, len(words))
    combined = None
    if all(language.combined for language in languages):
        combined = _merge_combined(
            [(language.combined, to) for language, to in zip(languages, term_to, strict=True)], renumber, len(terms)
        )
    return Language(
        words,
        terms,
        word_starts,
        word_terms,
        word_kinds,
        np.array([weight for weight, _ in kinds], np.float32),
        strings([why for _, why in kinds]),
        *words_of_terms(word_starts, word_terms, word_kinds, len(terms)),
        {
            zone.name: _merge_zone([language.zones[zone.name] for language in languages], word_to, renumber, len(words))
            for zone in zones_of(name)
        },
        combined,
    )


def _alive(language: Language, numbers: _Renumbering) -> tuple[Mask | None, Mask | None]:
    """Which words and terms still occur in a document that stays; None: all of them."""
    if numbers.to is None:
        return None, None
    words = np.zeros(len(language.words), np.bool_)
    for zone in language.zones.values():
        stay = np.append(0, np.cumsum(numbers.to[zone.docs] >= 0))
        words[zone.rows[stay[zone.starts[1:]] > stay[zone.starts[:-1]]]] = True
    terms = np.zeros(len(language.terms), np.bool_)
    terms[language.word_terms[np.repeat(words, np.diff(language.word_starts))]] = True
    return words, terms


def _sorted_union(
    tables: Sequence[Strings], alive: Sequence[Mask | None]
) -> tuple[Strings, list[npt.NDArray[np.int32]]]:
    """All strings that are alive, sorted, and for each table the new number of each of its strings (-1: gone)."""
    numbering = Numbering()
    numbers = []
    for table, mask in zip(tables, alive, strict=True):
        own = np.full(len(table), -1, np.int32)
        if mask is None:
            own[:] = numbering.numbers(table.tolist())
        else:
            texts = table.tolist()
            own[mask] = numbering.numbers([texts[number] for number in np.flatnonzero(mask)])
        numbers.append(own)
    ordered = sorted(numbering)
    rank = np.full(len(ordered) + 1, -1, np.int32)  # the last stands for -1
    rank[numbering.numbers(ordered)] = np.arange(len(ordered))
    return strings(ordered), [rank[own] for own in numbers]


def _merge_map(
    languages: Sequence[Language],
    word_to: Sequence[Ints],
    term_to: Sequence[Ints],
    word_count: int,
) -> tuple[Ints, Ints, Bytes, list[tuple[float, str]]]:
    """The map from words to terms: each word's terms are those of the first part that has the word."""
    kinds: dict[tuple[float, str], int] = {}
    all_terms, all_kinds, firsts, counts = [], [], [], []
    base = 0
    for language, terms in zip(languages, term_to, strict=True):
        pairs = zip(language.kind_weights.tolist(), language.kind_reasons.tolist(), strict=True)
        to_kind = np.array([kinds.setdefault(pair, len(kinds)) for pair in pairs], np.uint8)
        all_terms.append(terms[language.word_terms])
        all_kinds.append(to_kind[language.word_kinds] if len(to_kind) else language.word_kinds)
        firsts.append(language.word_starts[:-1].astype(np.int64) + base)
        counts.append(np.diff(language.word_starts).astype(np.int64))
        base += len(language.word_terms)
    order = np.concatenate([np.where(words >= 0, words, word_count) for words in word_to])
    _, first_seen = np.unique(order, return_index=True)
    first_seen = first_seen[:word_count]
    starts, sizes = np.concatenate(firsts)[first_seen], np.concatenate(counts)[first_seen]
    return (
        starts_of(sizes).astype(np.uint32),
        gather_ranges(np.concatenate(all_terms), starts, sizes).astype(np.uint32),
        gather_ranges(np.concatenate(all_kinds), starts, sizes),
        list(kinds),
    )


def _merge_zone(
    zones: Sequence[ZonePostings], word_to: Sequence[Ints], renumber: Sequence[_Renumbering], word_count: int
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
    new = np.flatnonzero(np.diff(rows, prepend=-1))
    ends = np.append(new, len(rows))
    return ZonePostings(
        rows[new].astype(np.uint32),
        starts_of(counts)[ends].astype(np.uint32),
        docs,
        starts_of(place_counts)[ends].astype(np.uint32),
        places,
    )


def _merge_combined(
    sources: Iterable[tuple[Combined | None, Ints]], renumber: Sequence[_Renumbering], term_count: int
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
        terms_list.append(to)
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
    """The sizes of the rows of several CSR arrays, one after the other."""
    return np.concatenate([np.diff(own.astype(np.int64)) for own in starts])


def _firsts(starts: Sequence[Ints]) -> npt.NDArray[np.int64]:
    """Where the rows of several CSR arrays begin once their values stand one after the other."""
    bases = starts_of(np.array([int(own[-1]) for own in starts]))
    return np.concatenate([own[:-1].astype(np.int64) + base for own, base in zip(starts, bases[:-1], strict=True)])


def _without_deleted(zone: ZonePostings, numbers: _Renumbering) -> ZonePostings:
    """The same postings without those of documents that go; rows left empty go too."""
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
