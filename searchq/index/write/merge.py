"""Merges segment data: flushes batches, merges segments and drops deleted documents.

Nothing is analysed, decoded or compressed again. The words of all inputs are renumbered in sorted order; rows of
postings are moved whole, so a merge is a stable sort of rows and a few gathers:

    input 0   rows  beleid: 0 2 │ vraag: 1          beleid: 0 2 (+0) 1 (+3)
    input 1   rows  vraag: 0 │ beleid: 1      ->    vraag:  1 (+0) 0 (+3)
"""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Ints, gather_ranges, narrowest, starts_of
from searchq.index.format.segment_data import MAX_DOCS, Facet, SegmentData
from searchq.index.format.strings import Numbering, sorting_order, strings
from searchq.index.records.writer import join_records
from searchq.index.schema import FACETS, INTEGER_NAMES, LANGUAGES, ZONES
from searchq.index.write.merge_terms import DocMap, merge_language
from searchq.index.write.steps import Steps

__all__ = ["merge"]

Mask = npt.NDArray[np.bool_]
Docs = npt.NDArray[np.intp]  # the documents that stay, ascending

_Type = TypeVar("_Type", bound=np.generic)


def merge(parts: Sequence[SegmentData], live: Sequence[Mask | None], dictionary: bytes = b"") -> SegmentData:
    """Merge the live documents (None: all) of `parts`, in the given order; at most 65,536 of them.

    Drops words, terms and facet values without documents. Stored records are compressed with `dictionary`.
    """
    kept = [None if mask is None or mask.all() else np.flatnonzero(mask) for mask in live]
    counts = [part.doc_count if keep is None else len(keep) for part, keep in zip(parts, kept, strict=True)]
    if sum(counts) > MAX_DOCS:
        raise ValueError(f"A segment cannot contain {sum(counts)} documents: the maximum is {MAX_DOCS}.")
    bases = starts_of(np.array(counts, np.int64))
    renumber = [
        _new_numbers(part.doc_count, keep, int(base)) for part, keep, base in zip(parts, kept, bases[:-1], strict=True)
    ]
    numbers = [
        number for part, keep in zip(parts, kept, strict=True) for number in _picked(part.numbers.tolist(), keep)
    ]
    with Steps(int(bases[-1])) as steps:
        records = steps.begin(partial(join_records, [part.records for part in parts], kept, dictionary))
        languages = {
            name: merge_language(name, [part.languages[name] for part in parts], renumber, steps) for name in LANGUAGES
        }
        return SegmentData(
            doc_count=int(bases[-1]),
            lengths={
                zone.name: narrowest(_column([part.lengths[zone.name] for part in parts], kept)) for zone in ZONES
            },
            facets={name: _merge_facet([part.facets[name] for part in parts], kept) for name in FACETS},
            integers={name: _column([part.integers[name] for part in parts], kept) for name in INTEGER_NAMES},
            numbers=strings(numbers),
            number_order=sorting_order(numbers),
            languages={name: language() for name, language in languages.items()},
            records=records(),
        )


def _new_numbers(count: int, keep: Docs | None, base: int) -> DocMap:
    if keep is None:
        return DocMap(base, None)
    to = np.full(count, -1, np.int32)
    to[keep] = np.arange(base, base + len(keep))
    return DocMap(base, to)


def _picked(values: list[str], keep: Docs | None) -> list[str]:
    return values if keep is None else [values[doc] for doc in keep]


def _column(columns: Sequence[npt.NDArray[_Type]], kept: Sequence[Docs | None]) -> npt.NDArray[_Type]:
    picked = [column if keep is None else column[keep] for column, keep in zip(columns, kept, strict=True)]
    return np.concatenate(picked)


# Facets: the values of all inputs sorted together, codes renumbered.


def _merge_facet(facets: Sequence[Facet], kept: Sequence[Docs | None]) -> Facet:
    numbering = Numbering()
    codes, counts = [], []
    for facet, keep in zip(facets, kept, strict=True):
        to = np.append(numbering.numbers(facet.values.tolist()), -1)  # the last entry is for code -1
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
    """Return the codes of the kept documents, and how many each document has."""
    if facet.starts is None:
        codes = facet.codes if keep is None else facet.codes[keep]
        return codes, np.ones(len(codes), np.int64)
    counts = np.diff(facet.starts).astype(np.int64)
    if keep is None:
        return facet.codes, counts
    return gather_ranges(facet.codes, facet.starts[keep], counts[keep]), counts[keep]
