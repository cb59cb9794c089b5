"""The best matches gain where they hold the words as they were typed: near each other, in that form, as their title.

    factor = nearness × (1 + FORM × share of the words that stand as written)
             × (1 + EARLY × share of them that stand, in some form, in the title or the beginning of the question)
             × (1 + TITLE if they are the whole title)

    energie nucleaire centrales     pairs energie-nucleaire, nucleaire-centrales
    side by side in the question    a pair counts 1; at most WINDOW words apart, 0.5
    nearness                        1 + NEARNESS × share of the pairs

Only the best `RERANKED` matches are rescored. As no factor is below 1, they stay ahead of all others, and pages do not
overlap. Stop words count in titles only; words unknown to the index do not come between others.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from types import ModuleType
from typing import TypeVar

import numpy as np

from searchq.engines.embedded.array_steps import join_near
from searchq.engines.embedded.execution.matches import Docs, Places, Scores
from searchq.engines.embedded.execution.positions import Placed, TypedPlaces, placed, titled, typed_places
from searchq.engines.embedded.execution.typed_words import typed_word
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.kernel import built
from searchq.query.parsed import TypedWords
from searchq.query.weights import EARLY, FORM, MAX_PAIRS, NEARNESS, TITLE, WINDOW

__all__ = ["as_typed", "nearness"]

Word = TypeVar("Word", str, int)

in_c: ModuleType | None = built("typed")


def as_typed(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Scores:
    """Return the factors of some documents, ascending, for the words typed: float32, same length."""
    if in_c is None:
        return _by_places(typed_places(typed, docs, view), len(docs))
    number = {word: place for place, word in enumerate(dict.fromkeys(typed.telling))}
    words = [typed_word(word, typed, docs, view) for word in number]
    pairs = _pairs([number[word] for word in typed.telling if words[number[word]].is_known])
    early = tuple([word.early for word in words if word.early is not None])
    rows = tuple([word.rows.of_segments for word in words])
    factors = np.empty(len(docs), np.float32)
    gains = _gains(len(pairs), len(words), len(early))
    in_c.typed_factors(docs, rows, early, np.array(pairs, np.int32), WINDOW, *gains, factors)
    factors[titled(typed, docs, view)] *= np.float32(1 + TITLE)
    return factors


@lru_cache(256)
def _gains(pairs: int, words: int, early: int) -> tuple[Scores, Scores, Scores]:
    """Return the factors for all that so many pairs, in halves, words as they are written, and early words may gain."""
    near = np.arange(2 * pairs + 1, dtype=np.float32) / np.float32(2)
    return (
        1 + np.float32(NEARNESS / max(pairs, 1)) * near,
        1 + np.float32(FORM) * (np.arange(words + 1, dtype=np.float32) / np.float32(max(words, 1))),
        1 + np.float32(EARLY) * (np.arange(early + 1, dtype=np.float32) / np.float32(max(early, 1))),
    )


def _by_places(found: TypedPlaces, count: int) -> Scores:
    written = _shares([word.places for word in found.question.words.values()], count)
    factors = _nearness(found.question, count) * (1 + np.float32(FORM) * written)
    factors *= 1 + np.float32(EARLY) * _shares(found.early, count)
    factors[found.titled] *= np.float32(1 + TITLE)
    return factors


def nearness(words: Sequence[str], docs: Docs, view: SnapshotCache) -> Scores:
    """Return the factors of some documents, ascending, for words near each other alone: float32, same length."""
    return _nearness(placed(TypedWords(tuple(words), ()), docs, view), len(docs))


def _nearness(question: Placed, count: int) -> Scores:
    pairs = _pairs(question.known)
    if not pairs or not count:
        return np.ones(count, np.float32)
    bases = question.bases
    positions = {word: question.words[word].positions(bases[:-1]) for word in set(chain.from_iterable(pairs))}
    gains = np.zeros(count, np.float32)
    for left, right in pairs:
        join_near(positions[left], positions[right], bases, WINDOW, gains)
    return 1 + np.float32(NEARNESS / len(pairs)) * gains


def _pairs(known: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return the pairs of neighbours that count."""
    return [pair for pair in dict.fromkeys(pairwise(known)) if pair[0] != pair[1]][:MAX_PAIRS]


def _shares(found: Sequence[Places], count: int) -> Scores:
    """Return in how many of some lists each place is, as a share of these."""
    held = np.zeros(count, np.float32)
    for places in found:
        held[places] += 1
    return held / np.float32(max(len(found), 1))
