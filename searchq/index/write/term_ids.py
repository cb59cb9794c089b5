"""The words of one language that a preparer met, each analysed once, and what every batch adds to them.

    first batch    words   wiskundeonderwijs 0, de 1     terms   wiskundeonderwijs 0, wiskunde 1, onderwijs 2
    second batch   words   onderwijs 2                   terms   none

    counts         3      0  1        terms of each word
    word_terms     0 1 2     2        their numbers, the main one first
    word_kinds     0 1 1     0        how much they count, and why: (1.0, dictionary), (0.7, compound)

The batches name words and terms by these numbers; the spelling of each travels once, with the batch that met it first.
The writer puts together again what the batches of a preparer told (`Retold`).
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.analysis import french
from searchq.analysis.dutch import analyze_word
from searchq.analysis.terms import WeightedTerm
from searchq.index.format.encoding import Bytes, Floats, Ints, starts_of
from searchq.index.format.segment_data import Language
from searchq.index.format.strings import Numbering, Strings, joined, strings
from searchq.index.write.invert import words_of_terms

__all__ = ["ANALYZERS", "Addition", "Analyzer", "Retold", "TermIds"]

Analyzer = Callable[[str], tuple[WeightedTerm, ...]]

ANALYZERS: Final[Mapping[str, Analyzer]] = {
    "nl": lambda word: analyze_word(word).terms,
    "fr": lambda word: french.analyze_word(word).terms,
}


@dataclass(frozen=True, slots=True, eq=False)
class Addition:
    """What a batch adds to a vocabulary of `known` words: words and terms numbered on from those before.

    counts uint32[words]; word_terms uint32[…] by number, word_kinds uint8[…] into `kinds`, all that there are so far.
    """

    known: int
    words: Strings
    terms: Strings
    counts: Ints
    word_terms: Ints
    word_kinds: Bytes
    kinds: tuple[tuple[float, str], ...]


class TermIds:
    """The words and terms of one language: `words` is filled by whoever reads texts, what they mean by `learn`."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.words = Numbering()
        self._terms = Numbering()
        self._kinds: dict[tuple[float, str], int] = {}
        self._counts, self._word_terms, self._word_kinds = array("I"), array("I"), array("B")

    def learn(self) -> Addition:
        """Analyse the words that came since the last call; what is new by that."""
        words, terms, before = len(self._counts), len(self._terms), len(self._word_terms)
        fresh = self.words.since(words)
        self._learn(list(map(self._analyzer, fresh)))
        return Addition(
            words,
            strings(fresh),
            strings(self._terms.since(terms)),
            np.array(self._counts[words:], np.uint32),
            np.array(self._word_terms[before:], np.uint32),
            np.array(self._word_kinds[before:], np.uint8),
            tuple(self._kinds),
        )

    def meanings(self) -> tuple[Ints, Ints, Floats]:
        """The map from words to terms: (starts uint32[words + 1], term numbers uint32[…], weights float32[…])."""
        weights = np.array([weight for weight, _ in self._kinds], np.float32)
        starts = starts_of(np.array(self._counts, np.uint32)).astype(np.uint32)
        return starts, np.array(self._word_terms, np.uint32), weights[np.array(self._word_kinds, np.uint8)]

    def _learn(self, analyses: Sequence[tuple[WeightedTerm, ...]]) -> None:
        """Take the terms of the next words in number."""
        found = [_each_once(terms) if len(terms) > 1 else terms for terms in analyses]
        terms, kinds = list(chain.from_iterable(found)), self._kinds
        self._counts.extend(map(len, found))
        self._word_terms.extend(map(self._terms.__getitem__, [term.term for term in terms]))
        self._word_kinds.extend([kinds.setdefault((term.weight, term.why), len(kinds)) for term in terms])


def _each_once(terms: tuple[WeightedTerm, ...]) -> tuple[WeightedTerm, ...]:
    """Of a term given twice, the first."""
    first = {term.term: term for term in reversed(terms)}
    return terms if len(first) == len(terms) else tuple(reversed(first.values()))


class Retold:
    """The vocabulary of a preparer, as its batches told it."""

    def __init__(self) -> None:
        self._additions: list[Addition] = []
        self._known = 0

    def add(self, addition: Addition) -> None:
        """Take the next addition; ValueError when it is not the next."""
        if addition.known != self._known:
            raise ValueError(f"A batch that knows {addition.known} words comes after batches of {self._known}.")
        self._additions.append(addition)
        self._known += len(addition.words)

    def language(self) -> Language:
        """Words, terms and the maps between them, without postings; words and terms stand in the order they came."""
        told = self._additions
        words, terms = joined([own.words for own in told]), joined([own.terms for own in told])
        starts: npt.NDArray[np.uint32] = starts_of(np.concatenate([own.counts for own in told])).astype(np.uint32)
        word_terms = np.concatenate([own.word_terms for own in told])
        word_kinds = np.concatenate([own.word_kinds for own in told])
        weights = np.array([weight for weight, _ in told[-1].kinds], np.float32)
        reasons = strings([why for _, why in told[-1].kinds])
        turned = words_of_terms(starts, word_terms, word_kinds, len(terms))
        return Language(words, terms, starts, word_terms, word_kinds, weights, reasons, *turned, {}, None)
