"""The vocabulary of a preparer for one language: each word is analysed once, and every batch adds its new words.

    first batch    words   wiskundeonderwijs 0, de 1     terms   wiskundeonderwijs 0, wiskunde 1, onderwijs 2
    second batch   words   onderwijs 2                   terms   none

    counts         3      0  1        terms of each word
    word_terms     0 1 2     2        their numbers, the main one first
    word_kinds     0 1 1     0        their weight and reason: (1.0, dictionary), (0.7, compound)

Batches refer to words and terms by these numbers; only the first batch that contains a word includes its spelling. The
writer rebuilds the vocabulary of a preparer from its batches (`TermIdsReplica`).
"""

from array import array
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.analysis import french
from searchq.analysis.dutch import analyze_word, analyze_words
from searchq.analysis.lexicon import Lexicon, dictionary
from searchq.analysis.terms import Kind, TermsOfWords, WeightedTerm, pairs_of
from searchq.index.format.encoding import Bytes, Floats, Ints, starts_of
from searchq.index.format.segment_data import Language
from searchq.index.format.strings import Numbering, Strings, joined, strings
from searchq.index.write.invert import words_of_terms
from searchq.kernel import built

__all__ = ["ANALYZERS", "Addition", "Analyzer", "TermIds", "TermIdsReplica", "analyzers"]

_in_c: Final = built("tables")
_Key = TypeVar("_Key", str, Kind)

Analyzer = Callable[[str], tuple[WeightedTerm, ...]]


class _Dutch:
    """Analyses Dutch words, many at once in a third of the time where that was built in C."""

    def __init__(self, lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon

    def __call__(self, word: str) -> tuple[WeightedTerm, ...]:
        return analyze_word(word, self._lexicon).terms

    def all_terms(self, words: list[str]) -> TermsOfWords:
        return analyze_words(words, self._lexicon or dictionary()) or _one_by_one(self, words)


def _one_by_one(analyzer: Analyzer, words: list[str]) -> TermsOfWords:
    found = [pairs_of(analyzer(word)) for word in words]
    pairs = list(chain.from_iterable(found))
    return TermsOfWords(list(map(len, found)), [term for term, _ in pairs], [kind for _, kind in pairs])


def analyzers(lexicon: Lexicon | None = None) -> Mapping[str, Analyzer]:
    """Return the analyzers of words by language; `lexicon` is that of the index, by default this installation's."""
    return {"nl": _Dutch(lexicon), "fr": lambda word: french.analyze_word(word).terms}


ANALYZERS: Final = analyzers()


class Addition(Struct, frozen=True, eq=False):
    """The addition of a batch to a vocabulary of `known` words: words and terms, numbered after the existing ones.

    counts uint32[words]; word_terms uint32[…] by number; word_kinds uint8[…] into `kinds`, all kinds so far.
    """

    known: int
    words: Strings
    terms: Strings
    counts: Ints
    word_terms: Ints
    word_kinds: Bytes
    kinds: tuple[tuple[float, str], ...]


class TermIds:
    """The words and terms of one language: a WordReader adds `words`, `learn` adds their terms."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyze = analyzer.all_terms if isinstance(analyzer, _Dutch) else partial(_one_by_one, analyzer)
        self.words = Numbering()
        self._terms = Numbering()
        self._kinds: dict[Kind, int] = {}
        self._counts, self._word_terms, self._word_kinds = array("I"), array("I"), array("B")

    def learn(self) -> Addition:
        """Analyse the words added since the last call; return the addition."""
        words, terms, before = len(self._counts), len(self._terms), len(self._word_terms)
        fresh = self.words.since(words)
        self._learn(self._analyze(fresh))
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
        """Return the word-to-term map: (starts uint32[words + 1], term numbers uint32[…], weights float32[…])."""
        weights = np.array([weight for weight, _ in self._kinds], np.float32)
        starts = starts_of(np.array(self._counts, np.uint32)).astype(np.uint32)
        return starts, np.array(self._word_terms, np.uint32), weights[np.array(self._word_kinds, np.uint8)]

    def _learn(self, found: TermsOfWords) -> None:
        """Add the terms of the next words, in number order."""
        self._counts.extend(found.counts)
        self._word_terms.frombytes(_numbered(found.terms, self._terms).tobytes())
        self._word_kinds.frombytes(_numbered(found.kinds, self._kinds).astype(np.uint8).tobytes())


def _numbered_in_python(keys: list[_Key], numbering: dict[_Key, int]) -> npt.NDArray[np.int32]:
    """Return the number of each key; new ones are added to the numbering."""
    return np.fromiter((numbering.setdefault(key, len(numbering)) for key in keys), np.int32, len(keys))


def _numbered(keys: list[_Key], numbering: dict[_Key, int]) -> npt.NDArray[np.int32]:
    """Return the same, from C where that was built: a fourth of the time."""
    if _in_c is None:
        return _numbered_in_python(keys, numbering)
    return np.frombuffer(_in_c.numbered(keys, numbering), np.int32)


class TermIdsReplica:
    """The vocabulary of a preparer, rebuilt from its batches."""

    def __init__(self) -> None:
        self._additions: list[Addition] = []
        self._known = 0

    def add(self, addition: Addition) -> None:
        """Append the next addition. Raises ValueError if it is out of order."""
        if addition.known != self._known:
            raise ValueError(f"A batch that follows {addition.known} words was added after {self._known} words.")
        self._additions.append(addition)
        self._known += len(addition.words)

    def language(self) -> Language:
        """Return words, terms and the maps between them, in order of addition, without postings."""
        added = self._additions
        words, terms = joined([own.words for own in added]), joined([own.terms for own in added])
        starts: npt.NDArray[np.uint32] = starts_of(np.concatenate([own.counts for own in added])).astype(np.uint32)
        word_terms = np.concatenate([own.word_terms for own in added])
        word_kinds = np.concatenate([own.word_kinds for own in added])
        weights = np.array([weight for weight, _ in added[-1].kinds], np.float32)
        reasons = strings([why for _, why in added[-1].kinds])
        turned = words_of_terms(starts, word_terms, word_kinds, len(terms))
        return Language(words, terms, starts, word_terms, word_kinds, weights, reasons, *turned, {}, None)
