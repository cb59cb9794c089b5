"""One generation of an index, open for reading: immutable, shared by all threads, loaded on demand.

Documents are numbered across the snapshot: those of the first segment from 0, those of the next after them. Postings
contain live documents only; columns and statistics include deleted ones, as in Whoosh.
"""

import heapq
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from searchq.analysis.packed import PackedDictionary
from searchq.analysis.terms import WeightedTerm
from searchq.errors import REBUILD, IndexBroken
from searchq.first_seen import FirstSeen
from searchq.index.format.encoding import Bytes, Floats, Ints, starts_of
from searchq.index.format.manifest import DICTIONARY
from searchq.index.read import zone_words
from searchq.index.read.columns import FacetColumn, facet_column, joined
from searchq.index.read.combined_reader import CombinedReader, combined_reader
from searchq.index.read.postings import Piece, Postings
from searchq.index.read.segment import Segment, Stamp, walk_terms, weighted_lengths
from searchq.index.read.term_postings import find_number, find_postings
from searchq.index.read.term_slice import TermSlice, term_slice
from searchq.index.read.zone_words import ZoneWords, ZoneWordsReader
from searchq.index.schema import FIELDS, FieldSpec
from searchq.question import Question

__all__ = ["Snapshot"]

_WORDS_KEPT: Final = 4096
_TERMS_KEPT: Final = 16 * _WORDS_KEPT  # of a word, each zone asks for its frequency; a number each

_T = TypeVar("_T")


class Snapshot:
    """See `open_snapshot`; every method is thread-safe."""

    def __init__(
        self,
        directory: Path,
        generation: int,
        segments: tuple[Segment, ...],
        blobs: dict[str, Bytes],
        stamps: Mapping[str, Stamp],
    ) -> None:
        """`stamps` are those of the mapped files, by name."""
        self.directory = directory
        self.stamps = stamps
        self.generation = generation
        self.segments = segments
        self.bases = starts_of(np.array([segment.entry.docs for segment in segments], np.int64))
        self.max_doc = int(self.bases[-1])
        self._placed: tuple[tuple[Segment, int], ...] = tuple(zip(segments, self.bases[:-1].tolist(), strict=True))
        self.doc_count = sum(segment.live_count for segment in segments)
        self._blobs = blobs
        self._analyzed = lru_cache(_WORDS_KEPT)(partial(_analyzed, segments))
        self._frequency = lru_cache(_TERMS_KEPT)(partial(_frequency, segments))
        self._remembered: dict[Hashable, Any] = {}  # computed once; if two threads compute a value, they agree

    @property
    def live(self) -> npt.NDArray[np.bool_] | None:
        """Return bool[max_doc], False for deleted documents; None if none is deleted."""
        if self.doc_count == self.max_doc:
            return None
        return self._once("live", lambda: np.concatenate([_live(segment) for segment in self.segments]))

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the live postings of a term; None if there are none. Raises KeyError for an unknown field."""
        spec = FIELDS[field]
        if spec.kind == "combined" and (reader := self._combined(spec.language)) is not None:
            return reader.find(term)
        pieces = []
        for segment, base in self._placed:
            row = find_postings(segment.part, spec, term)
            if row is None:
                continue
            live = None if segment.live is None else segment.live[row.docs]
            if live is not None and live.all():
                live = None
            if len(row.docs) if live is None else live.any():
                pieces.append(Piece(row, live, base))
        return Postings(pieces) if pieces else None

    def _combined(self, language: str) -> CombinedReader | None:
        return self._once(("combined", language), lambda: combined_reader(self._placed, language))

    def statistics(self, field: str, term: str) -> tuple[int, float]:
        """Return the number of documents that contain a term, and its summed weight, deleted documents included."""
        rows = [find_postings(segment.part, FIELDS[field], term) for segment in self.segments]
        found = [row for row in rows if row is not None]
        return sum(len(row.docs) for row in found), float(sum(row.weights.sum(dtype=np.float64) for row in found))

    def document_frequency(self, field: str, term: str) -> int:
        """Count the documents that contain a term, deleted ones included; unlike `statistics`, reads no weights."""
        return self._frequency(field, term)

    def lengths(self, field: str) -> Ints | Floats:
        """Return the length of a field in every document: words; for `text`, weighted by zone (float32)."""
        return self._once(("lengths", field), lambda: self._lengths(FIELDS[field]))

    def average_length(self, field: str) -> float:
        """Return the mean of `lengths` over all documents, deleted ones included; 0.0 in an empty index."""
        if not self.max_doc:
            return 0.0
        total: float = self._once(("total", field), lambda: float(self.lengths(field).sum(dtype=np.float64)))
        return total / self.max_doc

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of a field that begin with `prefix`, in order, each once; decoded on demand."""
        return self._walk(FIELDS[field], "", None, prefix)

    def term_range(self, field: str, low: str = "", high: str | None = None) -> Iterator[str]:
        """Yield the terms from `low` up to but not including `high` (None: to the end), in order."""
        return self._walk(FIELDS[field], low, high, "")

    def term_slices(self, field: str, prefix: str = "") -> list[TermSlice]:
        """Return the terms of a field that begin with `prefix`, per segment that has any."""
        found = (term_slice(segment, base, FIELDS[field], prefix) for segment, base in self._placed)
        return [one for one in found if one is not None]

    def zone_words(self, prefix: str, language: str, most: int) -> Mapping[str, ZoneWords] | None:
        """Return the words that begin with `prefix`, by zone; None if more than `most`, or without C or segments."""
        if zone_words.in_c is None or not self.segments:
            return None
        reader = self._once(("zone words", language), lambda: ZoneWordsReader(self._placed, language))
        return reader.find(prefix, most)

    def analyze(self, word: str, language: str = "nl") -> tuple[WeightedTerm, ...] | None:
        """Return the terms of a surface word in this index; None for a word that is not in it."""
        return self._analyzed(word, language)

    @property
    def lexicon(self) -> PackedDictionary:
        """Return the dictionary that the words of this index were analysed with. Raises IndexBroken."""
        return self._once("lexicon", self._lexicon)

    def facet(self, name: str) -> FacetColumn:
        """Return the column of a facet. Raises KeyError for an unknown facet."""
        return self._once(("facet", name), lambda: self._facet(FIELDS[name]))

    def integers(self, name: str) -> npt.NDArray[np.signedinteger]:
        """Return an integer column: int32[max_doc] (int64 if `wide`), `schema.MISSING` if unknown."""
        return self._once(
            ("integers", name),
            lambda: joined([segment.part.integers[name] for segment in self.segments], FIELDS[name].dtype),
        )

    def record(self, doc: int) -> Question:
        """Return the question stored as a document."""
        segment, own = _locate(self._placed, doc)
        return segment.first_seen.told(segment.records.record(own), own)

    def records(self, docs: Sequence[int]) -> list[Question]:
        """Return the questions stored as some documents: two thirds of the time of one after another."""
        if len(self._placed) == 1:
            return _records(self.segments[0], list(docs))
        found: dict[int, Question] = {}
        for segment, base in self._placed:
            if own := [doc - base for doc in docs if 0 <= doc - base < segment.entry.docs]:
                found.update(zip([base + doc for doc in own], _records(segment, own), strict=True))
        return [found[doc] for doc in docs]

    def header(self, doc: int) -> Question:
        """Return the question without its long texts: three times as fast as `record`."""
        segment, own = _locate(self._placed, doc)
        return segment.first_seen.told(segment.records.header(own), own)

    def bare(self, doc: int) -> Question:
        """Return a question with only its number; does not read the record."""
        return Question(self.number(doc))

    def number(self, doc: int) -> str:
        """Return the number of the question stored as a document."""
        segment, own = _locate(self._placed, doc)
        return segment.part.numbers[own]

    def first_seen(self, doc: int) -> FirstSeen:
        """Return when a question and its answer were first seen."""
        segment, own = _locate(self._placed, doc)
        return segment.first_seen.of(own)

    def numbers(self) -> list[str]:
        """The numbers of all documents."""
        return [number for segment in self.segments for number in segment.part.numbers.tolist()]

    def doc(self, number: str) -> int | None:
        """Return the live document of a question number; None if there is none."""
        for segment, base in self._placed:
            own = find_number(segment.part, number)
            if own >= 0 and (segment.live is None or segment.live[own]):
                return base + own
        return None

    def blob(self, name: str) -> bytes | None:
        """Return the bytes that the indexing run stored under a name with this generation; None if there are none."""
        data = self._blobs.get(name)
        return None if data is None else data.tobytes()

    def _lexicon(self) -> PackedDictionary:
        packed = self._blobs.get(DICTIONARY)
        if packed is None:
            raise IndexBroken(f"The index in {self.directory} lacks its dictionary; {REBUILD}.")
        return PackedDictionary(packed.data)

    def _lengths(self, spec: FieldSpec) -> Ints | Floats:
        if spec.zone:
            columns = [segment.part.lengths[spec.zone] for segment in self.segments]
            own: Ints = joined(columns, np.result_type(np.uint8, *(column.dtype for column in columns)))
            return own
        if spec.kind != "combined":
            raise KeyError(f"The field {spec.name} has no lengths.")
        lengths = [weighted_lengths(segment.part, spec.language) for segment in self.segments]
        weighted: Floats = joined(lengths, np.float32)
        return weighted

    def _facet(self, spec: FieldSpec) -> FacetColumn:
        return facet_column([segment.part.facets[spec.name] for segment in self.segments], spec.multi)

    def _walk(self, spec: FieldSpec, low: str, high: str | None, prefix: str) -> Iterator[str]:
        walks = [walk_terms(segment.part, spec, low, high, prefix) for segment in self.segments]
        return walks[0] if len(walks) == 1 else _each_once(heapq.merge(*walks))

    def _once(self, key: Hashable, work: Callable[[], _T]) -> _T:
        if key not in self._remembered:
            self._remembered[key] = work()
        value: _T = self._remembered[key]
        return value


def _locate(placed: Sequence[tuple[Segment, int]], doc: int) -> tuple[Segment, int]:
    """Return the segment of a document, and its number in that segment."""
    for segment, base in placed:
        if 0 <= doc - base < segment.entry.docs:
            return segment, doc - base
    raise IndexError(f"There is no document {doc} in the index.")


def _records(segment: Segment, docs: list[int]) -> list[Question]:
    read = segment.records.records(docs)
    segment.first_seen.tell(read, docs)
    return read


def _analyzed(segments: Sequence[Segment], word: str, language: str) -> tuple[WeightedTerm, ...] | None:
    for segment in segments:
        own = segment.part.languages[language]
        number = own.words.find(word)
        if number >= 0:
            span = slice(own.word_starts[number], own.word_starts[number + 1])
            return tuple(
                WeightedTerm(own.terms[term], float(own.kind_weights[kind]), own.kind_reasons[kind])  # type: ignore[arg-type]
                for term, kind in zip(own.word_terms[span], own.word_kinds[span], strict=True)
            )
    return None


def _frequency(segments: Sequence[Segment], field: str, term: str) -> int:
    rows = (find_postings(segment.part, FIELDS[field], term) for segment in segments)
    return sum(len(row.docs) for row in rows if row is not None)


def _live(segment: Segment) -> npt.NDArray[np.bool_]:
    return np.ones(segment.entry.docs, np.bool_) if segment.live is None else segment.live


def _each_once(ordered: Iterator[str]) -> Iterator[str]:
    last = None
    for text in ordered:
        if text != last:
            yield text
        last = text
