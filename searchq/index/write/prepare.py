"""Questions to batches ready to be added: the work of indexing that any process can do.

    Preparer.prepare(questions)   ->   PreparedBatch
                                       ├── part         columns and records, as in any part
                                       └── languages    nl, fr: new words and what they mean, postings by number

A prepared batch is plain arrays, so that a worker process hands it back cheaply. Words and terms are told by the
numbers that the preparer gave them (see `vocabulary`).
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.index.format.encoding import Ints, narrowest, starts_of
from searchq.index.format.segment_data import MAX_DOCS, Combined, Facet, Records, SegmentData, ZonePostings
from searchq.index.format.strings import sorting_order, strings
from searchq.index.records.writer import pack_records
from searchq.index.schema import FACETS, FIELDS, INTEGERS, LANGUAGES, POSITION_GAP, ZONES, Zone, texts_of, zones_of
from searchq.index.write.batch_tokenizer import WordReader
from searchq.index.write.invert import combine, invert
from searchq.index.write.term_ids import ANALYZERS, Addition, Analyzer, TermIds
from searchq.question import Question

__all__ = ["BatchLanguage", "PreparedBatch", "Preparer", "prepare"]

_MAX_WORDS: Final = 1 << 20  # words, some 100 MB, after which a preparer begins to number anew


@dataclass(frozen=True, slots=True, eq=False)
class BatchLanguage:
    """One language of a batch: what it adds to the vocabulary of its preparer, and postings by the numbers of that."""

    addition: Addition
    zones: dict[str, ZonePostings]
    combined: Combined | None


@dataclass(frozen=True, slots=True, eq=False)
class PreparedBatch:
    """Some questions as arrays, and how many the batch held twice (of each number the last is kept).

    `origin` names the numbering of its words: the batches of one origin are to be added in the order they were made.
    """

    origin: str
    languages: dict[str, BatchLanguage]
    part: SegmentData  # all of it but its languages
    repeated: int

    @property
    def numbers(self) -> list[str]:
        """The numbers of the questions, in document order."""
        return self.part.numbers.tolist()


def prepare(
    questions: Iterable[Question], dictionary: bytes = b"", analyzers: Mapping[str, Analyzer] = ANALYZERS
) -> PreparedBatch:
    """Make a single batch ready to be added; a pure function."""
    return Preparer(analyzers).prepare(questions, dictionary)


class Preparer:
    """Makes batch after batch of questions, remembering the words it met; one to a process."""

    def __init__(self, analyzers: Mapping[str, Analyzer] = ANALYZERS) -> None:
        """`analyzers` tell what words mean, by language."""
        self._analyzers = analyzers
        self._begin()

    def prepare(
        self,
        questions: Iterable[Question],
        dictionary: bytes = b"",
        pages: Mapping[str, Sequence[Question]] = MappingProxyType({}),
    ) -> PreparedBatch:
        """Make a batch of at most 65,536 questions ready to be added.

        `dictionary` is the writer's (`IndexWriter.dictionary`): records then need no compressing again. `pages` are
        those of which a record was made, by its number, where they are several. RamBuffer of 500 to 2,000 questions are
        quickest.
        """
        given = list(questions)
        latest = list({_line(question.number): question for question in given}.values())
        if len(latest) > MAX_DOCS:
            raise ValueError(f"A batch of {len(latest)} questions is over {MAX_DOCS}; prepare them in smaller batches.")
        if any(len(vocabulary.words) > _MAX_WORDS for vocabulary in self._term_ids.values()):
            self._begin()
        lengths: dict[str, Ints] = {}
        languages = {name: self._language(name, latest, lengths) for name in LANGUAGES}
        part = _part(latest, lengths, pack_records(latest, dictionary, pages))
        return PreparedBatch(self._origin, languages, part, len(given) - len(latest))

    def _begin(self) -> None:
        self._origin = secrets.token_hex(8)
        self._term_ids = {language: TermIds(self._analyzers[language]) for language in LANGUAGES}
        self._readers = {language: WordReader(own.words) for language, own in self._term_ids.items()}

    def _language(self, language: str, questions: Sequence[Question], lengths: dict[str, Ints]) -> BatchLanguage:
        zones = {}
        for zone in zones_of(language):
            words, positions, counts = _read(zone, questions, self._readers[language])
            zones[zone.name] = invert(words, positions, counts)
            lengths[zone.name] = narrowest(counts)
        vocabulary = self._term_ids[language]
        return BatchLanguage(vocabulary.learn(), zones, _combined(language, zones, vocabulary))


def _combined(language: str, zones: Mapping[str, ZonePostings], vocabulary: TermIds) -> Combined | None:
    """The weighted postings of all zones together; None where none of them counts."""
    weighted = [(zone.weight, zones[zone.name]) for zone in zones_of(language)]
    if not any(weight for weight, _ in weighted):
        return None
    return combine(weighted, *vocabulary.meanings())


def _read(zone: Zone, questions: Sequence[Question], reader: WordReader) -> tuple[Ints, Ints, Ints]:
    """The word numbers of a zone, document after document, their positions, and how many each document has."""
    texts = [(doc, text) for doc, question in enumerate(questions) for text in texts_of(zone, question) if text]
    words, sizes = reader.read([text for _, text in texts])
    docs = np.fromiter((doc for doc, _ in texts), np.int64, len(texts))
    counts = np.bincount(docs, sizes, len(questions)).astype(np.int64)
    return words, _positions(docs, sizes), counts


def _positions(docs: Ints, sizes: Ints) -> npt.NDArray[np.int32]:
    """The position of every word in its document, of texts of so many words, given with their documents: within a
    document each text but the first follows the one before after a gap."""
    starts = starts_of(sizes)
    first = np.searchsorted(docs, docs)  # of each text, the first of its document
    before = starts[:-1] - starts[first]
    gaps = np.cumsum(np.where(before > 0, POSITION_GAP, 0))
    shifts = gaps - gaps[first] - starts[first]
    return np.arange(starts[-1], dtype=np.int32) + np.repeat(shifts, sizes).astype(np.int32)


def _part(questions: Sequence[Question], lengths: dict[str, Ints], records: Records) -> SegmentData:
    """What a part holds besides its languages."""
    count = len(questions)
    numbers = [_line(question.number) for question in questions]
    return SegmentData(
        doc_count=count,
        languages={},
        lengths={zone.name: lengths[zone.name] for zone in ZONES},
        facets={name: _facet(multi, map(values, questions)) for name, (multi, values) in FACETS.items()},
        integers={
            name: np.fromiter(map(value, questions), FIELDS[name].dtype, count) for name, value in INTEGERS.items()
        },
        numbers=strings(numbers),
        number_order=sorting_order(numbers),
        records=records,
    )


def _facet(multi: bool, values: Iterable[Iterable[str]]) -> Facet:
    """A facet column from each document's values; a value counts once a document."""
    lists = [list(dict.fromkeys(filter(None, map(_line, own)))) for own in values]
    distinct = sorted({value for own in lists for value in own})
    number = {value: code for code, value in enumerate(distinct)}
    if not multi:
        codes = np.array([number[own[0]] if own else -1 for own in lists], np.int32)
        return Facet(strings(distinct), codes, None)
    codes = np.array([code for own in lists for code in sorted(number[value] for value in own)], np.int32)
    starts = starts_of(np.array([len(own) for own in lists], np.int64)).astype(np.uint32)
    return Facet(strings(distinct), codes, starts)


def _line(text: str) -> str:
    """A value on one line."""
    return text if text.isprintable() and "  " not in text else " ".join(text.split())
