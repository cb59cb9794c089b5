"""What could be meant by the beginning of a query: words, descriptors, ministers, authors, question numbers.

    typed           suggested
    5-89            number   5-8900, 5-8901 …
    sociale me      word     sociale media       the last word continued, where questions hold all the words
                    keyword  sociale media       a descriptor, minister or author of which a word begins so
    taelm           author   Martine Taelman

Accents do not matter. Nothing is suggested that would find nothing.
"""

import re
import threading
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from searchq.analysis.folding import fold
from searchq.analysis.tokenizer import words
from searchq.index.part import Part
from searchq.index.schema import zones_of
from searchq.index.snapshot import Snapshot
from searchq.index.strings import Strings, strings
from searchq.limits import MAX_QUERY_CHARACTERS, MAX_SUGGESTIONS
from searchq.results.vocabulary import Vocabulary, top

__all__ = ["Suggester", "Suggestion", "SuggestionKind"]

SuggestionKind = Literal["word", "keyword", "portfolio", "author", "number"]

Ints = npt.NDArray[np.integer]

_SHARES: Final = {
    "portfolio": 2,
    "author": 2,
    "keyword": 3,
}  # suggestions of a facet's values, where words fill the rest
_WORDS: Final = 4
_CANDIDATES: Final = 12  # words looked at for each one shown
_NUMBER: Final = re.compile(r"\d+(-\d*)?(/\d*)?")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: the text to search for or the value to filter by, and how many questions it leads to."""

    text: str
    kind: SuggestionKind
    count: int


class Suggester:
    """Suggestions from one snapshot; its tables are made when first asked for and shared by all threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._snapshot = vocabulary.snapshot
        self._lock = threading.Lock()
        self._values: dict[str, _ValueTable] = {}

    def suggest(self, typed: str, limit: int = MAX_SUGGESTIONS) -> tuple[Suggestion, ...]:
        """At most `limit` ways to go on, each once; none for a text beyond the limit of queries."""
        typed = typed.lstrip()
        if not typed or len(typed) > MAX_QUERY_CHARACTERS:
            return ()
        if _NUMBER.fullmatch(typed):
            return tuple(self._numbers(typed, limit))
        values = [one for kind, share in _SHARES.items() for one in self._facet(kind, typed, share)]
        completions = self._words(typed, max(_WORDS, limit - len(values)))
        return (*list(completions)[: max(limit - len(values), _WORDS)], *values)[:limit]

    def _numbers(self, typed: str, limit: int) -> Iterator[Suggestion]:
        """Question numbers that begin so, in order."""
        found = sorted(
            number for segment in self._snapshot.segments for number in _numbers_from(segment.part, typed, 2 * limit)
        )
        live = (number for number in found if self._snapshot.doc(number) is not None)
        return (Suggestion(number, "number", 1) for number, _ in zip(live, range(limit), strict=False))

    def _facet(self, kind: str, typed: str, share: int) -> Iterator[Suggestion]:
        with self._lock:
            if kind not in self._values:
                self._values[kind] = _value_table(self._snapshot, kind)
        return (Suggestion(value, kind, count) for value, count in self._values[kind].beginning(typed, share))  # type: ignore[arg-type]

    def _words(self, typed: str, limit: int) -> Iterator[Suggestion]:
        """The last word continued, so that questions hold it together with the words before."""
        head, last = _last_word(typed)
        before = self._holding(words(head))
        shown = 0
        for word in self._vocabulary.table.completions(last, _CANDIDATES * limit) if last else ():
            docs = self._docs(word)
            count = len(docs) if before is None else int(np.count_nonzero(before[docs]))
            if count and shown < limit:
                shown += 1
                yield Suggestion(head + word, "word", count)

    def _holding(self, heads: list[str]) -> npt.NDArray[np.bool_] | None:
        """Which documents hold every one of these words (bool[max_doc]); None without words."""
        mask = None
        for head in heads:
            terms = self._snapshot.analyze(head)
            own = np.zeros(self._snapshot.max_doc, np.bool_)
            for term in (terms or ())[:1]:
                postings = self._snapshot.postings("text", term.term)
                if postings is not None:
                    own[postings.docs] = True
            if terms == ():  # a stop word bars nothing
                continue
            mask = own if mask is None else mask & own
        return mask

    def _docs(self, word: str) -> Ints:
        """The documents that hold a surface word in any Dutch zone."""
        found = [self._snapshot.postings(f"{zone.name}_exact", word) for zone in zones_of("nl")]
        docs = [postings.docs for postings in found if postings is not None]
        return np.unique(np.concatenate(docs)) if docs else np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class _ValueTable:
    """The values of a facet by every word they hold: `keys` sorted, folded, from that word on; `owners` the value."""

    values: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    keys: Strings
    owners: Ints

    def beginning(self, typed: str, most: int) -> list[tuple[str, int]]:
        """The most frequent values of which a word, or several in a row, begin as typed."""
        first, last = self.keys.prefix_range(fold(typed.lower()))
        owners = np.unique(self.owners[first:last])
        counts = self.counts[owners]
        return [(self.values[owners[place]], int(counts[place])) for place in top(counts, most) if counts[place]]


_WORD_STARTS: Final = re.compile(r"(?<![^\W_])[^\W_]")


def _value_table(snapshot: Snapshot, facet: str) -> _ValueTable:
    column = snapshot.facet(facet)
    rows = []
    for number, value in enumerate(column.values):
        key = fold(value.lower())
        rows += [(key[match.start() :], number) for match in _WORD_STARTS.finditer(key)]
    rows.sort()
    return _ValueTable(
        column.values,
        _live_counts(snapshot, column.codes, column.indptr, len(column.values)),
        strings([key.replace("\n", " ") for key, _ in rows]),
        np.array([number for _, number in rows], np.int64),
    )


def _live_counts(snapshot: Snapshot, codes: Ints, indptr: Ints | None, values: int) -> npt.NDArray[np.int64]:
    """Live documents of each value."""
    live = snapshot.live
    if live is not None:
        codes = codes[live if indptr is None else np.repeat(live, np.diff(indptr))]
    return np.bincount(codes[codes >= 0], minlength=values)


def _numbers_from(part: Part, typed: str, limit: int) -> list[str]:
    """The first numbers of a part that begin as typed, found without reading the others."""

    def number_at(place: int) -> str:
        return part.numbers[part.number_order[place]]

    first = bisect_left(range(part.doc_count), typed, key=number_at)
    near = map(number_at, range(first, min(first + limit, part.doc_count)))
    return [number for number in near if number.startswith(typed)]


def _last_word(typed: str) -> tuple[str, str]:
    """What was typed before the word at the end, and that word as typed; empty when no word is at the end."""
    match = re.search(r"[^\W_][\w'’-]*$", typed)
    return (typed[: match.start()], match[0]) if match else (typed, "")
