"""The words of a writer's run and what they mean: each analysed once, whichever process met it first.

    batch of preparer A   fresh: beleid vraag    rows 0 1          words   beleid 0, vraag 1, brief 2
    batch of preparer B   fresh: brief vraag     rows 0 1    ->    rows    2 1
    second batch of A     fresh: asiel           rows 0 2    ->    rows    0 3      (its words 0 and 1 are known)

All batches of a run are numbered alike, so they share one table of words, one of terms and the map between the two.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.analysis import french
from searchq.analysis.dutch import analyze_word
from searchq.analysis.terms import WeightedTerm
from searchq.index.encoding import Ints
from searchq.index.invert import combine, words_of_terms
from searchq.index.part import Combined, Language, ZonePostings
from searchq.index.prepare import Surface
from searchq.index.schema import zones_of
from searchq.index.strings import Numbering, strings

__all__ = ["ANALYZERS", "Analyzer", "Rows", "Vocabulary"]

Analyzer = Callable[[str], tuple[WeightedTerm, ...]]

ANALYZERS: Final[Mapping[str, Analyzer]] = {
    "nl": lambda word: analyze_word(word).terms,
    "fr": lambda word: french.analyze_word(word).terms,
}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The postings of a batch in the numbers of the run; `combined` reaches as far as the terms known by then."""

    zones: dict[str, ZonePostings]
    combined: Combined | None


class Vocabulary:
    """The words and terms of one language met in a run."""

    def __init__(self, language: str, analyzer: Analyzer) -> None:
        self._zones = zones_of(language)
        self._analyzer = analyzer
        self._words = Numbering()
        self._terms = Numbering()
        self._kinds: dict[tuple[float, str], int] = {}
        self._starts, self._word_terms, self._word_kinds = array("I", [0]), array("I"), array("B")
        self._origins: dict[str, array[int]] = {}  # by preparer, the number here of each of its words

    def rows(self, origin: str, surface: Surface) -> Rows:
        """The postings of a prepared batch in the numbers of this run; words not met before are analysed."""
        to = self._numbers(origin, surface)
        zones = {name: replace(zone, rows=to[zone.rows]) for name, zone in surface.zones.items()}
        if not any(zone.weight for zone in self._zones):
            return Rows(zones, None)
        weights = np.array([weight for weight, _ in self._kinds], np.float32)
        starts, terms, kinds = self._map()
        weighted = [(zone.weight, zones[zone.name]) for zone in self._zones]
        return Rows(zones, combine(weighted, starts, terms, weights[kinds], len(self._terms)))

    def languages(self, batches: Sequence[Rows]) -> list[Language]:
        """The batches as languages of parts, which share their tables; words stand in the order they came."""
        words, terms = strings(self._words), strings(self._terms)
        starts, word_terms, word_kinds = self._map()
        turned = words_of_terms(starts, word_terms, word_kinds, len(terms))
        weights = np.array([weight for weight, _ in self._kinds], np.float32)
        reasons = strings([why for _, why in self._kinds])
        return [
            Language(
                words, terms, starts, word_terms, word_kinds, weights, reasons, *turned, rows.zones,
                rows.combined and _reaching(rows.combined, len(terms)),
            )
            for rows in batches
        ]  # fmt: skip

    def _numbers(self, origin: str, surface: Surface) -> npt.NDArray[np.uint32]:
        """The number in this run of each word of a preparer."""
        own = self._origins.setdefault(origin, array("I"))
        if len(own) != surface.known:
            raise ValueError(f"A batch that knows {surface.known} words comes after batches of {len(own)}.")
        before = len(self._words)
        own.extend(map(self._words.__getitem__, surface.fresh.tolist()))
        for word in self._words.since(before):
            self._learn(word)
        return np.array(own, np.uint32)

    def _learn(self, word: str) -> None:
        """Analyse a new word, the next in number; of a term given twice, the first counts."""
        first = {term.term: term for term in reversed(self._analyzer(word))}
        for term in reversed(first.values()):
            self._word_terms.append(self._terms[term.term])
            self._word_kinds.append(self._kinds.setdefault((term.weight, str(term.why)), len(self._kinds)))
        self._starts.append(len(self._word_terms))

    def _map(self) -> tuple[Ints, Ints, npt.NDArray[np.uint8]]:
        """The map from words to terms as it is now: (starts, term numbers, kinds)."""
        return (
            np.array(self._starts, np.uint32),
            np.array(self._word_terms, np.uint32),
            np.array(self._word_kinds, np.uint8),
        )


def _reaching(combined: Combined, term_count: int) -> Combined:
    """The same postings with empty rows for the terms that came later."""
    later = term_count + 1 - len(combined.starts)
    return replace(combined, starts=np.pad(combined.starts, (0, later), "edge"))
