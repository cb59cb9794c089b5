"""Which words of a text a query found: the places to highlight, worked out without analysing the text again.

The index knows which surface words stand for a term (`communicatie`: communicatie, communicaties,
communicatiebeleid …), so a query's terms become a set of words once, and a text is only looked through for those:

    terms -> words -> needles: the fewest short strings one of which stands in every word
    text  -> one byte a letter, folded -> find each needle -> the piece between two blanks -> its words -> known?

Finding a needle runs at memory speed; pieces are remembered for the length of a query. That is what makes snippets
cheaper than the search they follow.
"""

import dataclasses
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Protocol, TypeAlias

from searchq.analysis.tokenizer import tokens
from searchq.results.needles import LONGEST_PIECE, Needle, level_of, needles_of, pieces
from searchq.results.page import Zone

__all__ = ["Highlighter", "Mark", "Vocabulary", "ranges"]

ZONES: Final[tuple[Zone, ...]] = ("title", "question", "answer", "french")
DUTCH_ZONES: Final[tuple[Zone, ...]] = ("title", "question", "answer")
_SHARED_FIELDS: Final = frozenset({"text", "french"})  # fields that do not tell the Dutch zones apart
MOST_CHARACTERS: Final = 200_000  # of one text looked through
MOST_MARKS: Final = 2000  # places of one needle, a text
MOST_WEIGHED: Final = 40  # terms told apart by how rare they are


class Vocabulary(Protocol):
    """What the index tells of its words; a `Snapshot` is one."""

    @property
    def doc_count(self) -> int:
        """Live documents."""

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        """The surface words that are found under a term of that field."""

    def document_frequency(self, field: str, term: str) -> int:
        """How many documents hold a term of that field."""


class Mark(NamedTuple):
    """A place to highlight: characters `start` to `end`, which term of the query, how rare that term is."""

    start: int
    end: int
    term: int
    weight: float


class _Phrase(NamedTuple):
    """Words that count only where they follow each other."""

    words: tuple[str, ...]
    term: int
    weight: float

    @property
    def anchor(self) -> int:
        """Which of the words to look for: the longest is the rarest, near enough."""
        return max(range(len(self.words)), key=lambda place: len(self.words[place]))

    def may_stand_in(self, stretch: bytes) -> bool:
        """Whether a stretch of `level_of` is worth its tokens: no word is missing, or something in it reads as `?`."""
        alphabetic = (needles_of((word,)) for word in self.words if word.isalpha())
        return b"?" in stretch or all(
            any(needle.pattern.search(stretch) for needle in needles) for needles in alphabetic if needles
        )


_Place: TypeAlias = tuple[int, int, int, float]  # as in Mark


@dataclass
class _Lookup:
    """The words to mark in one zone, and what has been worked out about its texts so far."""

    words: dict[str, tuple[int, float]] = dataclasses.field(default_factory=dict)  # word: term, weight
    phrases: list[_Phrase] = dataclasses.field(default_factory=list)
    pieces: dict[str, tuple[_Place, ...]] = dataclasses.field(default_factory=dict)
    sets: list[tuple[str, ...]] = dataclasses.field(default_factory=list)

    def add(self, words: tuple[str, ...], term: int, weight: float) -> None:
        """Mark these words as that term; of two terms a word stands for the rarer."""
        own = dict.fromkeys(words, (term, weight))
        shared = own.keys() & self.words.keys()
        own |= {word: self.words[word] for word in shared if self.words[word][1] >= weight}
        self.words |= own
        self.sets.append(words)

    def places(self, text: str, most: int) -> list[_Place]:
        """Where words and phrases stand in a text, as they are found; of a needle's pieces no more than `most`."""
        level, remembered = level_of(text), self.pieces
        found = [place for phrase in self.phrases for place in _phrase_places(phrase, text, level, most)]
        for needle in self.needles:
            if needle.letters not in level:  # as most are not
                continue
            for start, end in pieces(level, needle, most):
                piece = text[start:end]
                known = remembered.get(piece)
                if known is None:
                    known = remembered[piece] = _word_places(piece, self.words)
                for first, last, term, weight in known:
                    found.append((start + first, start + last, term, weight))
        return found

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """What to seek to find every word; worked out a term at a time, since terms come back in other queries."""
        single = tuple(words[0] for words in self.sets if len(words) == 1)
        several = [words for words in self.sets if len(words) > 1]
        return tuple(dict.fromkeys(needle for words in [single, *several] for needle in needles_of(words)))


class Highlighter:
    """The marks of one query in any text; made once a query, used for every hit."""

    def __init__(
        self,
        terms: Iterable[tuple[str, str]],
        vocabulary: Vocabulary,
        phrases: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> None:
        """`terms` as in `Hits.terms`; `phrases` are exact ones, (zone field such as `answer_exact`, words in order)."""
        terms, phrases = set(terms), tuple(phrases)
        plain = not phrases and all(field in _SHARED_FIELDS for field, _ in terms)
        dutch = _Lookup()
        self._lookups = {zone: dutch if plain and zone != "french" else _Lookup() for zone in ZONES}
        weigh = _rarity if len(terms) <= MOST_WEIGHED else _alike
        numbers: dict[str, int] = {}
        for field, term in sorted(terms):
            number, weight = numbers.setdefault(term, len(numbers)), weigh(vocabulary, field, term)
            words = (term,) if field.endswith("_exact") else vocabulary.words_of(field, term)
            for lookup in _distinct(self._lookups[zone] for zone in _zones(field)):
                lookup.add(words, number, weight)
        for field, phrase in phrases:
            number = numbers.setdefault(" ".join(phrase), len(numbers))
            weight = sum(weigh(vocabulary, field, word) for word in phrase)
            for zone in _zones(field):
                self._lookups[zone].phrases.append(_Phrase(phrase, number, weight))

    def marks(self, texts: Sequence[tuple[Zone, str]]) -> list[list[Mark]]:
        """The places to highlight in each of some texts, ascending and disjoint.

        All texts that are looked through for the same words are looked through as one, so that twenty questions take
        little longer than one.
        """
        found: list[list[Mark]] = [[] for _ in texts]
        for lookup in _distinct(self._lookups.values()):
            own = [place for place, (zone, _) in enumerate(texts) if self._lookups[zone] is lookup]
            if own and (lookup.needles or lookup.phrases):
                cut = [texts[place][1][:MOST_CHARACTERS] for place in own]
                places = lookup.places(_JOINT.join(cut), MOST_MARKS * len(cut))
                for place, marks in zip(own, _by_text(places, cut), strict=True):
                    found[place] = _disjoint(marks)
        return found


_JOINT: Final = "\n"


def _by_text(places: list[_Place], texts: Sequence[str]) -> list[list[Mark]]:
    """The marks of each of the joined texts, ascending; a place in two of them is none."""
    found: list[list[Mark]] = [[] for _ in texts]
    number, begin, end = 0, 0, len(texts[0])
    for first, last, term, weight in sorted(places):
        while first >= end + len(_JOINT):
            number, begin = number + 1, end + len(_JOINT)
            end = begin + len(texts[number])
        if last <= end:
            found[number].append(Mark(first - begin, last - begin, term, weight))
    return found


def ranges(marks: Iterable[Mark], offset: int = 0) -> tuple[tuple[int, int], ...]:
    """The marks as plain (start, end) pairs, counted from `offset`."""
    return tuple((mark.start - offset, mark.end - offset) for mark in marks)


def _zones(field: str) -> tuple[Zone, ...]:
    """The zones in which a term of that field shows: of `text` the Dutch ones, of a zone's own field that zone."""
    zone = field.removesuffix("_exact")
    if zone == "text":
        return DUTCH_ZONES
    return tuple(known for known in ZONES if known == zone)


def _rarity(vocabulary: Vocabulary, field: str, term: str) -> float:
    """Inverse document frequency, always above zero."""
    return math.log(1 + vocabulary.doc_count / (vocabulary.document_frequency(field, term) + 1))


def _alike(vocabulary: Vocabulary, field: str, term: str) -> float:
    """The weight of the many words a prefix stands for: looking each up would cost more than it tells."""
    return 1.0


def _distinct(lookups: Iterable[_Lookup]) -> list[_Lookup]:
    return list({id(lookup): lookup for lookup in lookups}.values())


def _word_places(piece: str, words: dict[str, tuple[int, float]]) -> tuple[_Place, ...]:
    """The words in a piece of text; a plain word between punctuation, which most are, needs no tokenizer."""
    core = piece.strip(_PUNCTUATION)
    if core.isascii() and core.isalpha():
        known = words.get(core.lower())
        start = piece.index(core)
        return ((start, start + len(core), *known),) if known else ()
    return tuple((token.start, token.end, *words[token.word]) for token in tokens(piece) if token.word in words)


_PUNCTUATION: Final = '.,;:!?()[]"“”„‘’…•'


def _phrase_places(phrase: _Phrase, text: str, level: bytes, most: int) -> Iterator[_Place]:
    """The places where the words of a phrase follow each other."""
    size, anchor = len(phrase.words), phrase.anchor
    for needle in needles_of((phrase.words[anchor],)):
        for start, end in pieces(level, needle, most):
            start, end = _widened(level, start, end, 2 * anchor + 1, 2 * (size - anchor))
            if not phrase.may_stand_in(level[start:end]):
                continue
            near = tokens(text[start:end])
            words = [token.word for token in near]
            for place in range(len(words) - size + 1):
                if tuple(words[place : place + size]) == phrase.words:
                    first, last = near[place], near[place + size - 1]
                    yield start + first.start, start + last.end, phrase.term, phrase.weight


def _widened(level: bytes, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    """The stretch from so many blanks before it to so many after it, as far apart as they are in prose."""
    low, high = max(0, start - before * LONGEST_PIECE), min(len(level), end + after * LONGEST_PIECE)
    for _ in range(before):
        start = level.rfind(b" ", low, max(start - 1, low)) + 1 or low
    for _ in range(after):
        blank = level.find(b" ", end + 1, high)
        end = high if blank < 0 else blank
    return start, end


def _disjoint(marks: list[Mark]) -> list[Mark]:
    """Of ascending marks that overlap the longer one."""
    if len(marks) < 2:
        return marks
    kept = [marks[0]]
    begin, end, _, _ = marks[0]
    for mark in marks[1:]:
        start, after, _, _ = mark
        if start >= end:
            kept.append(mark)
        elif after - start > end - begin:  # a phrase swallows its words
            kept[-1] = mark
        else:
            continue
        begin, end = start, after
    return kept
