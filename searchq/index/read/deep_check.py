"""Tests whether what an index holds agrees with itself: order, bounds and counts, beyond the checksums of its bytes.

What a faulty writer wrote has valid checksums. Each test yields a sentence, and a part that fails one is not looked at
further: what follows would be guesswork.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np

from searchq.errors import IndexBroken
from searchq.index.format.encoding import Ints, starts_of
from searchq.index.format.manifest import SegmentEntry
from searchq.index.format.positions import posting_bytes, read_frequencies
from searchq.index.format.segment_data import Combined, Facet, Language, SegmentData, ZonePostings, whole_part
from searchq.index.format.strings import Strings
from searchq.index.read.segment import Segment
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import FACETS, INTEGERS, LANGUAGES, one_line
from searchq.question import Question

__all__ = ["deep_faults"]

_FAULTS: Final = (IndexBroken, ValueError, IndexError, ArithmeticError, LookupError)
_LINE: Final = ord("\n")


class _Disagrees(Exception):
    """What is wrong, as the end of a sentence that names the place."""


def deep_faults(snapshot: Snapshot) -> list[str]:
    """Return a sentence for each part of an index that disagrees with itself or with the records."""
    found = [fault for segment in snapshot.segments for fault in _segment_faults(segment)]
    return found + list(_repeated(snapshot))


def _repeated(snapshot: Snapshot) -> Iterator[str]:
    """Each number belongs to one document that is not deleted."""
    seen: set[str] = set()
    numbers = snapshot.numbers()
    for doc in range(snapshot.max_doc) if snapshot.live is None else np.flatnonzero(snapshot.live).tolist():
        if numbers[doc] in seen:
            yield f"{numbers[doc]} is stored twice."
        seen.add(numbers[doc])


def _segment_faults(segment: Segment) -> Iterator[str]:
    try:
        part = whole_part(segment.part)
    except IndexBroken as error:
        yield str(error)
        return
    name = segment.entry.name
    for language in LANGUAGES:
        yield from _told(f"{name}.words", language, lambda: _language(part.languages[language], part))  # noqa: B023
    for facet, (multi, _) in FACETS.items():
        yield from _told(f"{name}.columns", facet, lambda: _facet(part.facets[facet], multi, part.doc_count))  # noqa: B023
    yield from _told(f"{name}.columns", "numbers", lambda: _numbers(part))
    yield from _told(f"{name}.records", "", lambda: _records(segment, part, segment.entry))


def _told(file: str, what: str, test: Callable[[], None]) -> Iterator[str]:
    """Run a test; yield what it found."""
    try:
        test()
    except _Disagrees as found:
        yield f"{file}: {what}{': ' if what else ''}{found}."
    except _FAULTS as error:
        yield f"{file}: {what}{': ' if what else ''}it cannot be read ({error})."


def _demand(holds: Any, what: str) -> None:
    if not np.all(holds):
        raise _Disagrees(what)


# What arrays of any kind must be


def _starts(starts: Ints, count: int, total: int, what: str) -> None:
    """Consecutive rows that fill an array."""
    _demand(len(starts) == count + 1, f"{what} has {len(starts) - 1} rows, not {count}")
    _demand(starts[0] == 0 and int(starts[-1]) == total, f"the rows of {what} do not fill it")
    _demand(starts[1:] >= starts[:-1], f"the rows of {what} are not in order")


def _below(values: Ints, limit: int, what: str) -> None:
    _demand(not len(values) or (int(values.min()) >= 0 and int(values.max()) < limit), f"{what} is out of bounds")


def _ascending_in_rows(values: Ints, starts: Ints, what: str) -> None:
    """Every row strictly ascending."""
    rises = values[1:].astype(np.int64) > values[:-1]
    begins = np.zeros(len(values) + 1, np.bool_)
    begins[starts] = True
    _demand(rises | begins[1:-1], f"{what} is not in order within a row")


def _table(table: Strings, what: str, *, is_sorted: bool = True) -> None:
    """Strings that end where their lines do, in order."""
    _starts(table.starts, len(table.starts) - 1, len(table.blob), what)
    _demand(np.flatnonzero(table.blob == _LINE) + 1 == table.starts[1:], f"{what} has lines elsewhere")
    texts = table.tolist()
    if is_sorted:
        _demand(all(one < other for one, other in pairwise(texts)), f"{what} is not in order")


# What each part must be


def _language(own: Language, part: SegmentData) -> None:
    _table(own.words, "words")
    _table(own.terms, "terms")
    _table(own.kind_reasons, "reasons", is_sorted=False)
    _demand(len(own.kind_reasons) == len(own.kind_weights), "reasons and weights differ in number")
    _starts(own.word_starts, len(own.words), len(own.word_terms), "word_terms")
    _demand(len(own.word_kinds) == len(own.word_terms), "word_kinds and word_terms differ in number")
    _below(own.word_terms, len(own.terms), "word_terms")
    _below(own.word_kinds, len(own.kind_weights), "word_kinds")
    _inverse(own)
    for name, zone in own.zones.items():
        _zone(name, zone, own, part)
    if own.combined is not None:
        _combined(own.combined, len(own.terms), part.doc_count)


def _inverse(own: Language) -> None:
    """The words of each term are those that have it."""
    owners = np.arange(len(own.words)).repeat(own.word_starts[1:] - own.word_starts[:-1])
    order = np.lexsort((owners, own.word_terms))
    _demand(np.array_equal(own.term_words, owners[order]), "term_words differs from word_terms")
    _demand(np.array_equal(own.term_kinds, own.word_kinds[order]), "term_kinds differs from word_kinds")
    counts = np.bincount(own.word_terms, minlength=len(own.terms))
    _demand(np.array_equal(own.term_starts, starts_of(counts)), "term_starts differs from word_terms")


def _zone(name: str, zone: ZonePostings, own: Language, part: SegmentData) -> None:
    rows = len(zone.rows)
    _below(zone.rows, len(own.words), f"{name}/rows")
    _ascending_in_rows(zone.rows, np.zeros(1, np.int64), f"{name}/rows")
    _starts(zone.starts, rows, len(zone.docs), f"{name}/docs")
    _starts(zone.place_starts, rows, len(zone.places), f"{name}/places")
    _below(zone.docs, part.doc_count, f"{name}/docs")
    _ascending_in_rows(zone.docs, zone.starts, f"{name}/docs")
    begins = posting_bytes(zone.places)
    _demand(len(begins) == len(zone.docs) + 1, f"{name}/places has {len(begins) - 1} postings, not {len(zone.docs)}")
    _demand(begins[zone.starts] == zone.place_starts, f"{name}/places and {name}/docs differ in a row")
    lengths = np.bincount(zone.docs, read_frequencies(zone.places), part.doc_count)
    _demand(np.array_equal(lengths, part.lengths[name]), f"length/{name} differs from {name}/places")


def _combined(own: Combined, terms: int, docs: int) -> None:
    _starts(own.starts, terms, len(own.docs), "combined/docs")
    _demand(len(own.weights) == len(own.docs), "combined/weights and combined/docs differ in number")
    _below(own.docs, docs, "combined/docs")
    _ascending_in_rows(own.docs, own.starts, "combined/docs")


def _facet(own: Facet, multi: bool, docs: int) -> None:
    _table(own.values, "values")
    used = own.codes[own.codes >= 0]
    _below(used, len(own.values), "codes")
    _demand(len(np.unique(used)) == len(own.values), "a value belongs to no document")
    if own.starts is None:
        _demand(len(own.codes) == docs, f"codes has {len(own.codes)} documents, not {docs}")
    else:
        _starts(own.starts, docs, len(own.codes), "codes")
        _below(own.codes, len(own.values), "codes")
        _ascending_in_rows(own.codes, own.starts, "codes")
    _demand((own.starts is not None) == multi, "one value or several")


def _numbers(part: SegmentData) -> None:
    _table(part.numbers, "numbers", is_sorted=False)
    _demand(len(part.numbers) == part.doc_count, f"there are {len(part.numbers)}, not {part.doc_count}")
    _demand(np.array_equal(np.sort(part.number_order), np.arange(part.doc_count)), "number_order leaves some out")
    texts = part.numbers.tolist()
    ordered = [texts[doc] for doc in part.number_order.tolist()]
    _demand(all(one < other for one, other in pairwise(ordered)), "number_order is not in order")
    for name, column in {**part.integers, **part.lengths}.items():
        _demand(len(column) == part.doc_count, f"{name} has {len(column)} documents, not {part.doc_count}")


def _records(segment: Segment, part: SegmentData, entry: SegmentEntry) -> None:
    """Every record can be read, and the columns say of it what it says itself."""
    _demand(len(segment.records) == entry.docs, f"there are {len(segment.records)}, not {entry.docs}")
    facets = {name: _codes(part.facets[name]) for name in FACETS}
    values = {name: part.facets[name].values.tolist() for name in FACETS}
    integers = {name: part.integers[name].tolist() for name in INTEGERS}
    for doc in range(entry.docs):
        question = segment.records.record(doc)
        segment.records.pages(doc)
        _demand(question.number == part.numbers[doc], f"record {doc} is {question.number}, not {part.numbers[doc]}")
        for name, column in integers.items():
            _demand(column[doc] == INTEGERS[name](question), f"{name} of {question.number} differs from its record")
        for name, codes in facets.items():
            told = [values[name][code] for code in codes(doc)]
            _demand(told == _values(name, question), f"{name} of {question.number} differs from its record")


def _codes(own: Facet) -> Callable[[int], list[int]]:
    """Return the function that gives the codes of a document."""
    codes = own.codes.tolist()
    if own.starts is None:
        return lambda doc: [code for code in (codes[doc],) if code >= 0]
    starts = own.starts.tolist()
    return lambda doc: codes[starts[doc] : starts[doc + 1]]


def _values(name: str, question: Question) -> list[str]:
    """The values of a facet that a record has, in order; the first where a document can have but one."""
    multi, values = FACETS[name]
    own = list(filter(None, map(one_line, values(question))))
    return sorted({*own}) if multi else own[:1]
