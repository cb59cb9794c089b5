"""The words of an index as tables, for highlighting, completion and spelling correction.

folded        belangen  belgen  belgie  belgisch …     sorted: completions are one range
words         belangen  belgen  belgië  belgisch …     as they are written
frequencies   1204      310     5120    4410 …         documents, summed over the zones
letters       bits of the letters a to z in each       to skip most words quickly
"""

import threading
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.analysis.folding import fold
from searchq.analysis.terms import is_listed
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.format.strings import Strings, strings
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import FIELDS, zones_of
from searchq.lazy_regex import lazy
from searchq.query.suggestion import KnownWord
from searchq.query.zones import exact

__all__ = ["Vocabulary", "WordTable", "letters_of", "top", "vocabulary_of", "word_table"]

_MAX_REMEMBERED: Final = 2000  # terms with their words
_MANY: Final = 20_000  # words; in a larger vocabulary, words that occur once are mostly errors and names
_LANGUAGE: Final = "nl"
_NAMES: Final = exact("author_words")
_PROSE: Final = lazy(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")  # words a person may type: no codes, no addresses
_OTHER: Final = np.uint32(1 << 26)  # stands for any byte but a to z


class WordTable(NamedTuple):
    """Words of letters alone, no stop words: folded, words, frequencies int64[n], letters uint32[n], all as long."""

    folded: Strings
    words: Strings
    frequencies: npt.NDArray[np.int64]
    letters: npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.int64]  # of the folded words, in bytes

    def completions(self, prefix: str, most: int) -> list[str]:
        """Return the most frequent words that begin with a prefix, ignoring accents."""
        first, last = self.folded.prefix_range(fold(prefix.lower()))
        return [self.words[first + place] for place in top(self.frequencies[first:last], most)]

    def lacking_one_letter(self, typed: str) -> npt.NDArray[np.bool_]:
        """Return which words have all letters of a folded text, or all but one."""
        lacking = letters_of(typed) & ~self.letters
        found: npt.NDArray[np.bool_] = (lacking & (lacking - np.uint32(1))) == 0
        return found


class Vocabulary:
    """The words of one snapshot; tables are made on first use and shared by all threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._lock = threading.Lock()
        self._table: WordTable | None = None
        self._words: dict[tuple[str, str], tuple[str, ...]] = {}

    @property
    def doc_count(self) -> int:
        """Return the number of live documents."""
        return self.snapshot.doc_count

    def document_frequency(self, field: str, term: str) -> int:
        """Count the documents that contain a term of that field."""
        return self.snapshot.document_frequency(field, term)

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        """Return the surface words of a term of that field, each once; cached."""
        key = (FIELDS[field].language, term)
        words = self._words.get(key)
        if words is None:
            if len(self._words) >= _MAX_REMEMBERED:
                self._words.clear()
            words = self._words[key] = tuple(dict.fromkeys(self._words_under(*key)))
        return words

    def _words_under(self, language: str, term: str) -> Iterator[str]:
        for segment in self.snapshot.segments:
            own = segment.part.languages[language]
            number = own.terms.find(term)
            if number >= 0:
                span = slice(own.term_starts[number], own.term_starts[number + 1])
                yield from own.words.several(own.term_words[span])

    def known(self, word: str) -> KnownWord | None:
        """Return what the index knows of a surface word, stop words included; None if no document contains it."""
        dutch, french = (self.snapshot.analyze(word, language) for language in ("nl", "fr"))
        if dutch is None and french is None:
            return None
        is_name = self.snapshot.document_frequency(_NAMES, word) > 0
        return KnownWord(word, self.frequency(word), french is not None or is_listed(dutch or ()), is_name)

    def frequency(self, word: str) -> int:
        """Return the frequency of a surface word: documents, summed over the zones."""
        return sum(
            self.snapshot.document_frequency(f"{zone.name}_exact", word)
            for language in ("nl", "fr")
            for zone in zones_of(language)
        )

    @property
    def table(self) -> WordTable:
        """Return all words, for completion and comparison."""
        with self._lock:
            if self._table is None:
                self._table = word_table(self._frequencies())
            return self._table

    def _frequencies(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for segment in self.snapshot.segments:
            language = segment.part.languages[_LANGUAGE]
            counts = np.zeros(len(language.words), np.int64)
            for zone in language.zones.values():
                starts = zone.starts.astype(np.int64)
                counts[zone.rows] += starts[1:] - starts[:-1]
            counts[language.word_starts[1:] == language.word_starts[:-1]] = 0  # stop words, which mean no term
            for word, count in zip(language.words.tolist(), counts.tolist(), strict=True):
                if count:
                    found[word] = found.get(word, 0) + count
        least = 2 if len(found) > _MANY else 1
        return {word: count for word, count in found.items() if count >= least and _PROSE.fullmatch(word)}


@per_snapshot
def vocabulary_of(view: SnapshotCache) -> Vocabulary:
    """Return the words of a snapshot."""
    return Vocabulary(view.snapshot)


def top(values: npt.NDArray[np.int64], most: int) -> list[int]:
    """Return the places of the greatest values, greatest first; ties go to the earlier."""
    if len(values) > 4 * most:  # sorting thousands to get ten is slow
        least = np.partition(values, len(values) - most)[len(values) - most]
        places = np.flatnonzero(values >= least)
    else:
        places = np.arange(len(values))
    order = np.argsort(-values[places], kind="stable")[:most]
    return [int(place) for place in places[order]]


def word_table(frequencies: Mapping[str, int]) -> WordTable:
    """Return the table of some words with their frequencies."""
    rows = sorted((word if word.isascii() else fold(word), word) for word in frequencies)
    folded = strings([row[0] for row in rows])
    starts = folded.starts.astype(np.int64)
    return WordTable(
        folded,
        strings([row[1] for row in rows]),
        np.array([frequencies[word] for _, word in rows], np.int64),
        _letters(folded),
        starts[1:] - starts[:-1] - 1,
    )


def letters_of(word: str) -> np.uint32:
    """Return the set of letters of a folded word, as bits."""
    return np.uint32(_letters(strings([word]))[0])


def _letters(table: Strings) -> npt.NDArray[np.uint32]:
    """Return the set of letters of each string, as bits: uint32[n]."""
    if not len(table):
        return np.zeros(0, np.uint32)
    codes = table.blob.astype(np.int64) - ord("a")
    bits = np.where((codes >= 0) & (codes < 26), np.uint32(1) << np.clip(codes, 0, 25).astype(np.uint32), _OTHER)
    bits[table.starts[1:] - 1] = 0  # the line feed after each
    return np.bitwise_or.reduceat(bits, table.starts[:-1].astype(np.int64)).astype(np.uint32)
