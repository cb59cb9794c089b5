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

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import join_near, locate
from searchq.engines.embedded.execution.matches import Docs, Places, Scores
from searchq.engines.embedded.execution.typed_words import (
    EarlyDocs,
    Keys,
    Row,
    TermAmong,
    bases_of,
    term_among,
    titled,
    typed_word,
)
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.kernel import built
from searchq.query.parsed import TypedWords
from searchq.query.weights import EARLY, FORM, MAX_PAIRS, NEARNESS, TITLE, WINDOW
from searchq.query.zones import exact

__all__ = ["as_typed"]

Pairs = list[tuple[int, int]]  # of neighbours that count, by the numbers of their words

in_c: ModuleType | None = built("typed")


def as_typed(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Scores:
    """Return the factors of some documents, ascending, for the words typed: float32, same length."""
    whole = titled(typed, docs, view)
    number = {word: place for place, word in enumerate(dict.fromkeys(typed.telling))}
    written = [] if in_c else [term_among(exact(typed.question), word, docs, view) for word in number]
    words = [typed_word(word, typed, docs, view) for word in number]
    pairs = _pairs([number[word] for word in typed.telling if words[number[word]].is_known])
    early = [word.early for word in words if word.early is not None]
    if in_c:
        factors = _in_c(docs, tuple([word.rows.of_segments for word in words]), tuple(early), pairs)
    else:
        held = [locate(docs, own, view.snapshot.max_doc)[0] for own in early]
        factors = _in_python(written, held, pairs, bases_of(typed.question, docs, view))
    factors[whole] *= np.float32(1 + TITLE)
    return factors


def _pairs(known: Sequence[int]) -> Pairs:
    """Return the pairs of neighbours that count."""
    return [pair for pair in dict.fromkeys(pairwise(known)) if pair[0] != pair[1]][:MAX_PAIRS]


def _in_c(docs: Docs, rows: tuple[tuple[Row, ...], ...], early: tuple[EarlyDocs, ...], pairs: Pairs) -> Scores:
    factors = np.empty(len(docs), np.float32)
    gains = _gains(len(pairs), len(rows), len(early))
    assert in_c is not None
    in_c.typed_factors(docs, rows, early, np.array(pairs, np.int32), WINDOW, *gains, factors)
    return factors


def _in_python(written: Sequence[TermAmong], early: Sequence[Places], pairs: Pairs, bases: Keys) -> Scores:
    """Count as in C; the texts begin at `bases`, and the last of these is an end."""
    count = len(bases) - 1
    near, form, beginning = _gains(len(pairs), len(written), len(early))
    positions = {number: written[number].positions(bases[:-1]) for number in set(chain.from_iterable(pairs))}
    halves = np.zeros(count, np.float32)
    for left, right in pairs:
        join_near(positions[left], positions[right], bases, WINDOW, halves)
    held = near[(2 * halves).astype(np.intp)] * form[_counted([word.places for word in written], count)]
    factors: Scores = held * beginning[_counted(early, count)]
    return factors


def _counted(found: Sequence[Places], count: int) -> npt.NDArray[np.intp]:
    """Return in how many of some lists each place is."""
    return np.bincount(np.concatenate([np.empty(0, np.intp), *found]), minlength=count)


@lru_cache(256)
def _gains(pairs: int, words: int, early: int) -> tuple[Scores, Scores, Scores]:
    """Return the factors for all that so many pairs, in halves, words as they are written, and early words may gain."""
    near = np.arange(2 * pairs + 1, dtype=np.float32) / np.float32(2)
    return (
        1 + np.float32(NEARNESS / max(pairs, 1)) * near,
        1 + np.float32(FORM) * (np.arange(words + 1, dtype=np.float32) / np.float32(max(words, 1))),
        1 + np.float32(EARLY) * (np.arange(early + 1, dtype=np.float32) / np.float32(max(early, 1))),
    )
