"""Another spelling of a query, from the words of the index; offered only if it finds more.

    a doubtful word     the words near it (`slips`), or the words it was run together from (`compounds`)
    two neighbours      the compound they were meant for

Fields, quotes, operators and filters are unchanged. A spelling is run before it is offered: it must find more than what
was typed; a compound, which narrows, only something. It is never searched unasked.
"""

import math
import time
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache, partial
from itertools import islice, pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.analysis.names import is_only_name
from searchq.engine import Engine
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request
from searchq.query.suggestion import KnownWord
from searchq.query.tree import Place, Shape
from searchq.results.compounds import Count, Know, compound_of, words_within
from searchq.results.slips import is_doubtful, is_rare, may_replace

__all__ = ["did_you_mean"]

_MAX_DOUBTS: Final = 3  # doubtful words per query; more are not typos
_MAX_NEAR: Final = 3  # spellings of a word
_MAX_TRIED: Final = 6  # texts searched for
_LONG: Final = 8  # letters; a shorter word is not two run together


def did_you_mean(
    request: Request, query: ParsedQuery | None, found: int, engine: Engine, until: float = math.inf
) -> str | None:
    """Return the text with its doubtful words replaced; None if nothing is doubtful or nothing better is found.

    `query` is the parsed text; `found` is the number of questions that hold all of it. No search starts after `until`
    (CPU time of this thread).
    """
    if query is None or len(request.text) > MAX_QUERY_CHARACTERS or time.thread_time() > until:
        return None
    if any(hint.code == "telling-words" for hint in query.hints):
        found = 0  # that most of the words are found says nothing of the others
    index = _Index(
        engine.known_words, engine.spellings, cache(partial(_count, Request(), engine)), engine.about().questions
    )
    typed = _words_of(query, request.text)
    doubts = list(islice(_doubts(typed, found, request.text, index, query.translations), _MAX_DOUBTS + 1))
    if not doubts or len(doubts) > _MAX_DOUBTS:
        return None
    for text, least in islice(_spellings(request.text, doubts, found), _MAX_TRIED):
        if time.thread_time() > until:
            break
        if _count(request, engine, text) > least:
            return text
    return None


class _Word(NamedTuple):
    """A word that may be a slip, where it stands, and whether it was quoted."""

    text: str  # lower case
    typed: str
    start: int
    end: int
    shape: Shape

    def is_in(self, doubt: "_Doubt") -> bool:
        return doubt.start <= self.start < doubt.end


class _Doubt(NamedTuple):
    """A part of the text, and what may replace it, best first."""

    start: int
    end: int
    others: Sequence[str]
    narrows: bool = False  # finds no more, but what was meant


def _words_of(query: ParsedQuery, text: str) -> list[_Word]:
    """The words that may be typos, without wildcard and fuzzy words."""
    read: dict[Place, tuple[Shape, set[str]]] = {}
    for origin in query.contents.origins:
        if origin.shape in ("word", "phrase"):
            read.setdefault(origin.place, (origin.shape, set()))[1].update(origin.words)
    return [
        _Word(word, text[first:last], first, last, shape)
        for (start, end), (shape, words) in read.items()
        for word, first, last in query.tokens
        if start <= first and last <= end and word.isalpha() and word in words
    ]


class _Index(NamedTuple):
    """What doubting a word takes to know of the whole index, whatever the filters."""

    know: Know
    near: Callable[[str], Sequence[KnownWord]]
    count: Count
    questions: int


def _count(request: Request, engine: Engine, text: str) -> int:
    """Count the questions that hold all of a text, under the filters of a request."""
    probe = replace(request, text=text, facets=(), histogram=False, page=1, limit=1, texts="none", all_words=True)
    return engine.search(probe).total


def _doubts(
    words: Sequence[_Word], found: int, text: str, index: _Index, translated: Container[str]
) -> Iterator[_Doubt]:
    """Yield the parts of the text that may have been meant otherwise; no word with a translation, no name."""
    joined = list(_written_apart(words, text, index))
    yield from joined
    rare = is_rare(found, index.questions)
    others = [one for one in words if (rare or len(one.text) >= _LONG) and not any(map(one.is_in, joined))]
    others = [one for one in others if one.text not in translated and not is_only_name(one.text)]
    for word, known in zip(others, index.know([word.text for word in others]), strict=True):
        if is_doubtful(known, index.questions) and (meant := _meant(word, known, index)):
            yield _Doubt(word.start, word.end, [_in_case(one, word.typed) for one in meant])


def _written_apart(words: Sequence[_Word], text: str, index: _Index) -> Iterator[_Doubt]:
    """Yield neighbours that were meant for a compound; no word belongs to two."""
    end = 0
    for left, right in pairwise(words):
        are_plain = left.shape == right.shape == "word" and text[left.end : right.start].isspace()
        if (
            left.start >= end
            and are_plain
            and (compound := compound_of(left.text, right.text, index.know, index.count))
        ):
            end = right.end
            yield _Doubt(left.start, end, [_in_case(compound, left.typed)], narrows=True)


def _meant(word: _Word, known: KnownWord | None, index: _Index) -> list[str]:
    """Return the words that a doubtful one may be meant for; none where it finds its other forms."""
    frequency = 0 if known is None else known.frequency
    found = frequency if word.shape == "phrase" else index.count(word.text)
    near = []
    if is_rare(found, index.questions):
        near = [one.word for one in index.near(word.text) if may_replace(word.typed, found, one)][:_MAX_NEAR]
    within = words_within(word.text, frequency, found, index.know, index.count) if len(word.text) >= _LONG else []
    return [*near, *within]


def _spellings(text: str, doubts: Sequence[_Doubt], found: int) -> Iterator[tuple[str, int]]:
    """Yield the text with the best choice for each doubt, then with the next best for one at a time.

    Each comes with the number of questions it must exceed.
    """
    best = [doubt.others[0] for doubt in doubts]
    least = 0 if any(doubt.narrows for doubt in doubts) else found
    yield _mended(text, doubts, best), least
    for place, doubt in enumerate(doubts):
        for other in doubt.others[1:]:
            yield _mended(text, doubts, [*best[:place], other, *best[place + 1 :]]), least


def _mended(text: str, doubts: Sequence[_Doubt], chosen: Sequence[str]) -> str:
    for doubt, words in sorted(zip(doubts, chosen, strict=True), reverse=True, key=lambda pair: pair[0].start):
        text = text[: doubt.start] + words + text[doubt.end :]
    return text


def _in_case(word: str, typed: str) -> str:
    """The word in the case of the typed one."""
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
