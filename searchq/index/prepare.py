"""Questions to a part ready to be merged: the work of indexing that any process can do.

A prepared batch is plain arrays, so that a worker process hands it back cheaply; words are numbered in the order they
came, and the merge sorts them. Each distinct word is analysed once a process.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.analysis import french
from searchq.analysis.dutch import analyze_word
from searchq.analysis.terms import WeightedTerm
from searchq.analysis.tokenizer import words
from searchq.index.encoding import Ints, smallest, starts_of
from searchq.index.invert import combine, invert, words_of_terms
from searchq.index.part import MAX_DOCS, Facet, Language, Part
from searchq.index.records import pack_records
from searchq.index.schema import FACETS, INTEGERS, LANGUAGES, POSITION_GAP, Zone, zones_of
from searchq.index.strings import Numbering, Strings, sorting_order, strings
from searchq.question import Question

__all__ = ["ANALYZERS", "PreparedBatch", "prepare"]

Analyzer = Callable[[str], tuple[WeightedTerm, ...]]

ANALYZERS: Final[Mapping[str, Analyzer]] = {
    "nl": lambda word: analyze_word(word).terms,
    "fr": lambda word: french.analyze_word(word).terms,
}


@dataclass(frozen=True, slots=True, eq=False)
class PreparedBatch:
    """Some questions as arrays, and how many the batch held twice (of each number the last is kept)."""

    part: Part
    repeated: int

    @property
    def numbers(self) -> list[str]:
        """The numbers of the questions, in document order."""
        return self.part.numbers.tolist()


def prepare(
    questions: Iterable[Question],
    dictionary: bytes = b"",
    analyzers: Mapping[str, Analyzer] = ANALYZERS,
) -> PreparedBatch:
    """Make a batch of at most 65,536 questions ready to be added; a pure function, meant for worker processes.

    `dictionary` is the writer's (`IndexWriter.dictionary`): records then need no compressing again. Batches of 500 to
    2,000 questions are quickest.
    """
    given = list(questions)
    latest = list({_line(question.number): question for question in given}.values())
    if len(latest) > MAX_DOCS:
        raise ValueError(f"A batch of {len(latest)} questions is over {MAX_DOCS}; prepare them in smaller batches.")
    lengths: dict[str, Ints] = {}
    return PreparedBatch(
        Part(
            doc_count=len(latest),
            languages={language: _language(language, latest, analyzers[language], lengths) for language in LANGUAGES},
            lengths=lengths,
            facets={name: _facet(multi, map(values, latest)) for name, (multi, values) in FACETS.items()},
            integers={name: np.fromiter(map(value, latest), np.int32, len(latest)) for name, value in INTEGERS.items()},
            numbers=(numbers := strings([_line(question.number) for question in latest])),
            number_order=sorting_order(numbers.tolist()),
            records=pack_records(latest, dictionary),
        ),
        repeated=len(given) - len(latest),
    )


def _language(name: str, questions: Sequence[Question], analyzer: Analyzer, lengths: dict[str, Ints]) -> Language:
    vocabulary = Numbering()
    zones, freqs = {}, {}
    read = {zone.name: _read(zone, questions, vocabulary) for zone in zones_of(name)}
    for zone_name, (tokens, positions, counts) in read.items():
        zones[zone_name], freqs[zone_name] = invert(tokens, positions, counts, len(vocabulary))
        lengths[zone_name] = smallest(counts)
    terms, starts, word_terms, word_kinds, kinds = _analyzed(list(vocabulary), analyzer)
    kind_weights = np.array([weight for weight, _ in kinds], np.float32)
    combined = None
    if any(zone.weight for zone in zones_of(name)):
        weighted = ((zone.weight, zones[zone.name], freqs[zone.name]) for zone in zones_of(name))
        combined = combine(weighted, starts, word_terms, kind_weights[word_kinds], len(terms))
    return Language(
        strings(vocabulary),
        terms,
        starts,
        word_terms,
        word_kinds,
        kind_weights,
        strings([why for _, why in kinds]),
        *words_of_terms(starts, word_terms, word_kinds, len(terms)),
        zones,
        combined,
    )


def _read(zone: Zone, questions: Sequence[Question], vocabulary: Numbering) -> tuple[Ints, Ints, Ints]:
    """The word numbers of a zone, document after document, their positions, and how many each document has."""
    found: list[str] = []
    ends = []
    gaps: list[tuple[int, int]] = []  # (token, positions skipped before it)
    for question in questions:
        first = len(found)
        for text in zone.texts(question):
            if text:
                if len(found) > first:
                    gaps.append((len(found), POSITION_GAP))
                found += words(text)
        ends.append(len(found))
    starts = np.array([0, *ends], np.int64)
    counts = starts[1:] - starts[:-1]
    skipped = np.zeros(len(found) + 1, np.int32)
    for token, gap in gaps:
        skipped[token] += gap
    places = np.arange(len(found), dtype=np.int32) + np.cumsum(skipped[:-1], dtype=np.int32)
    base = np.append(places, 0)[np.minimum(starts[:-1], len(found))]
    return vocabulary.numbers(found), places - np.repeat(base, counts).astype(np.int32), counts


Analysis = tuple[tuple[str, tuple[float, str]], ...]  # each term with its kind: (weight, reason)


class _Known(dict[str, Analysis]):
    """What an analyzer said of every word of this process so far: no word is analysed twice."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self.analyzer = analyzer

    def __missing__(self, word: str) -> Analysis:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        first = {term.term: (term.weight, str(term.why)) for term in reversed(self.analyzer(word))}
        found = self[word] = tuple(reversed(first.items()))  # of a term given twice, the first
        return found


_KNOWN: Final[dict[Analyzer, _Known]] = {}
_MOST_KNOWN: Final = 1 << 20  # words, some 250 MB


def _analyzed(
    vocabulary: Sequence[str], analyzer: Analyzer
) -> tuple[Strings, Ints, Ints, npt.NDArray[np.uint8], list[tuple[float, str]]]:
    """The terms of every word: (terms, starts, term numbers, kind numbers, kinds)."""
    known = _KNOWN.setdefault(analyzer, _Known(analyzer))
    analyses = [known[word] for word in vocabulary]
    pairs = list(itertools.chain.from_iterable(analyses))
    terms = Numbering()
    found = terms.numbers([term for term, _ in pairs])
    kinds = {kind: number for number, kind in enumerate({kind for _, kind in pairs})}
    starts = starts_of(np.fromiter(map(len, analyses), np.int64, len(analyses)))
    kind_numbers = np.fromiter((kinds[kind] for _, kind in pairs), np.uint8, len(pairs))
    return strings(terms), starts.astype(np.uint32), found.astype(np.uint32), kind_numbers, list(kinds)


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
