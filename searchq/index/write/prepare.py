"""Prepares batches of questions: the part of indexing that runs in any process.

    Preparer.prepare(questions)   ->   PreparedBatch
                                       ├── part         columns and records, as in any segment
                                       └── languages    nl, fr: new words and their terms, postings by number

A prepared batch is plain arrays, which are cheap to return from a worker process. Words and terms are identified by the
numbers that the preparer assigned (see `term_ids`).
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.analysis.broken_words import Analyze, may_be_broken, with_known_joined
from searchq.first_seen import NEVER_SEEN, FirstSeen
from searchq.index.format.encoding import Ints, narrowest, starts_of
from searchq.index.format.segment_data import MAX_DOCS, Combined, Facet, Records, SegmentData, ZonePostings
from searchq.index.format.strings import Numbering, sorting_order, strings
from searchq.index.records.writer import pack_records
from searchq.index.schema import (
    FACETS,
    FIELDS,
    FIRST_SEEN,
    INTEGERS,
    LANGUAGES,
    POSITION_GAP,
    ZONES,
    Zone,
    one_line,
    texts_of,
    zones_of,
)
from searchq.index.write.batch_tokenizer import WordReader, word_reader
from searchq.index.write.invert import combine, invert
from searchq.index.write.term_ids import ANALYZERS, Addition, Analyzer, TermIds
from searchq.question import Question

__all__ = ["BatchLanguage", "PreparedBatch", "Preparer", "prepare"]

_MAX_WORDS: Final = 1 << 20  # words, some 100 MB, after which a preparer starts a new numbering


class BatchLanguage(Struct, frozen=True, eq=False):
    """One language of a batch: its addition to the preparer's vocabulary, and postings by the numbers of that."""

    addition: Addition
    zones: dict[str, ZonePostings]
    combined: Combined | None


class PreparedBatch(Struct, frozen=True, eq=False):
    """Some questions as arrays, and the number of duplicates in the batch (the last question per number is kept).

    `origin` identifies the numbering of its words: batches of one origin must be added in the order they were made.
    """

    origin: str
    languages: dict[str, BatchLanguage]
    part: SegmentData  # without its languages
    repeated: int

    @property
    def numbers(self) -> list[str]:
        """Return the numbers of the questions, in document order."""
        return self.part.numbers.tolist()


def prepare(
    questions: Iterable[Question], dictionary: bytes = b"", analyzers: Mapping[str, Analyzer] = ANALYZERS
) -> PreparedBatch:
    """Prepare a single batch; a pure function."""
    return Preparer(analyzers).prepare(questions, dictionary)


class Preparer:
    """Prepares batches of questions and caches the words it has analysed; one per process."""

    def __init__(self, analyzers: Mapping[str, Analyzer] = ANALYZERS) -> None:
        """`analyzers` return the terms of a word, by language."""
        self._analyzers = analyzers
        self._begin()

    def prepare(
        self,
        questions: Iterable[Question],
        dictionary: bytes = b"",
        pages: Mapping[str, Sequence[Question]] = MappingProxyType({}),
        first_seen: Mapping[str, FirstSeen] = MappingProxyType({}),
    ) -> PreparedBatch:
        """Prepare a batch of at most 65,536 questions; 500 to 2,000 are fastest.

        `dictionary` is the writer's (`IndexWriter.dictionary`), so records need not be compressed again. `pages` are
        the pages of each record that was made from several, `first_seen` what the index keeps of each question, by
        number. Raises ValueError for larger batches.
        """
        given = list(questions)
        latest = list({one_line(question.number): question for question in given}.values())
        if len(latest) > MAX_DOCS:
            raise ValueError(f"A batch of {len(latest)} questions exceeds {MAX_DOCS}; prepare smaller batches.")
        if any(len(vocabulary.words) > _MAX_WORDS for vocabulary in self._term_ids.values()):
            self._begin()
        lengths: dict[str, Ints] = {}
        languages = {name: self._language(name, latest, lengths) for name in LANGUAGES}
        seen = [first_seen.get(question.number, NEVER_SEEN) for question in latest]
        part = _part(latest, seen, lengths, pack_records(latest, dictionary, pages))
        return PreparedBatch(self._origin, languages, part, len(given) - len(latest))

    def _begin(self) -> None:
        self._origin = secrets.token_hex(8)
        self._term_ids = {language: TermIds(self._analyzers[language]) for language in LANGUAGES}
        self._readers = {language: word_reader(own.words) for language, own in self._term_ids.items()}

    def _language(self, language: str, questions: Sequence[Question], lengths: dict[str, Ints]) -> BatchLanguage:
        zones = {}
        joined = partial(_joined, analyze=self._analyzers["nl"]) if language == "nl" else str
        for zone in zones_of(language):
            words, positions, counts = _read(zone, questions, self._readers[language], joined)
            zones[zone.name] = invert(words, positions, counts)
            lengths[zone.name] = narrowest(counts)
        vocabulary = self._term_ids[language]
        return BatchLanguage(vocabulary.learn(), zones, _combined(language, zones, vocabulary))


def _joined(text: str, analyze: Analyze) -> str:
    return with_known_joined(text, analyze) if may_be_broken(text) else text


def _combined(language: str, zones: Mapping[str, ZonePostings], vocabulary: TermIds) -> Combined | None:
    """Return the combined weighted postings of all zones; None if no zone has a weight."""
    weighted = [(zone.weight, zones[zone.name]) for zone in zones_of(language)]
    if not any(weight for weight, _ in weighted):
        return None
    return combine(weighted, *vocabulary.meanings())


def _read(
    zone: Zone, questions: Sequence[Question], reader: WordReader, joined: Callable[[str], str]
) -> tuple[Ints, Ints, Ints]:
    """Return the word numbers of a zone, document after document, their positions, and the count per document."""
    own = [
        (doc, joined(text))
        for doc, found in enumerate(map(partial(texts_of, zone), questions))
        for text in found
        if text
    ]
    words, sizes = reader.read([text for _, text in own])
    docs = np.fromiter([doc for doc, _ in own], np.int64, len(own))
    counts = np.bincount(docs, sizes, len(questions)).astype(np.int64)
    return words, _positions(docs, sizes), counts


def _positions(docs: Ints, sizes: Ints) -> npt.NDArray[np.int32]:
    """Return the position of every word in its document.

    `docs` and `sizes` are the document and word count of each text; texts of one document are POSITION_GAP apart.
    """
    starts = starts_of(sizes)
    first = np.searchsorted(docs, docs)  # for each text, the first text of its document
    before = starts[:-1] - starts[first]
    gaps = np.cumsum(np.where(before > 0, POSITION_GAP, 0))
    shifts = gaps - gaps[first] - starts[first]
    return np.arange(starts[-1], dtype=np.int32) + np.repeat(shifts, sizes).astype(np.int32)


def _part(
    questions: Sequence[Question], seen: Sequence[FirstSeen], lengths: dict[str, Ints], records: Records
) -> SegmentData:
    """Return the segment data without its languages."""
    count = len(questions)
    numbers = [one_line(question.number) for question in questions]
    return SegmentData(
        doc_count=count,
        languages={},
        lengths={zone.name: lengths[zone.name] for zone in ZONES},
        facets={name: _facet(multi, map(values, questions)) for name, (multi, values) in FACETS.items()},
        integers={
            **{name: np.fromiter(map(value, questions), FIELDS[name].dtype, count) for name, value in INTEGERS.items()},
            **{name: np.fromiter(map(value, seen), FIELDS[name].dtype, count) for name, value in FIRST_SEEN.items()},
        },
        numbers=strings(numbers),
        number_order=sorting_order(numbers),
        records=records,
    )


def _facet(multi: bool, values: Iterable[Iterable[str]]) -> Facet:
    """Return a facet column from each document's values; a value counts once per document."""
    found = _FacetValues()
    lists = [found[tuple(own)] for own in values]
    distinct = sorted(found.numbering)
    rank = np.full(len(distinct) + 1, -1, np.int32)  # the last entry is for -1
    rank[found.numbering.numbers(distinct)] = np.arange(len(distinct))
    if not multi:
        first = np.fromiter((own[0] if own else -1 for own in lists), np.int32, len(lists))
        return Facet(strings(distinct), rank[first], None)
    codes = np.fromiter(chain.from_iterable(lists), np.int32)
    starts = starts_of(np.fromiter(map(len, lists), np.int64, len(lists))).astype(np.uint32)
    return Facet(strings(distinct), rank[codes], starts)


class _FacetValues(dict[tuple[str, ...], tuple[int, ...]]):
    """Numbers the values of documents, many of which have the same ones; those of a document in the order of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.numbering = Numbering()

    def __missing__(self, own: tuple[str, ...]) -> tuple[int, ...]:
        values = sorted(set(filter(None, map(one_line, own))))
        numbers = self[own] = tuple(map(self.numbering.__getitem__, values))
        return numbers
