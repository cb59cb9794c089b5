"""Proximity: among the best matches, those with words next to each other, as in the query, rank higher.

    energie nucleaire centrales     pairs energie-nucleaire, nucleaire-centrales
    side by side in the question    a pair counts 1; at most WINDOW words apart, 0.5
    factor                          1 + NEARNESS × share of the pairs

Only the best matches are rescored (see `as_typed`), by the positions of their words as written. Stop words and words
unknown to the index are ignored.
"""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs, Scores
from searchq.engines.embedded.execution.positions import positions_among
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import starts_of

__all__ = ["NEARNESS", "WINDOW", "proximity"]

# MRR@10 of 1,810 titles asked for their questions: joined by OR 0.845 without and 0.853 with, as typed 0.820 and 0.826;
# a third of them, looked at only after these were chosen, gained 0.007 ± 0.003 and 0.006 ± 0.002. Stems instead of
# words as written, the answers too, or a wider window gave no more.
NEARNESS: Final = 0.25  # share of its score that a match with all words side by side gains
WINDOW: Final = 6  # words
_FIELD: Final = "question_exact"
_MAX_PAIRS: Final = 12  # only the first pairs are used

Keys = npt.NDArray[np.int64]


def proximity(words: Sequence[str], docs: Docs, view: SnapshotCache) -> Scores:
    """Return the proximity factors of some documents, ascending: float32, same length."""
    known = [word for word in words if view.snapshot.analyze(word)]
    pairs = [pair for pair in dict.fromkeys(pairwise(known)) if pair[0] != pair[1]][:_MAX_PAIRS]
    if not pairs or not len(docs):
        return np.ones(len(docs), np.float32)
    lengths = np.asarray(view.snapshot.lengths(_FIELD))[docs].astype(np.int64)
    bases = starts_of(lengths + WINDOW + 1)
    positions = {word: positions_among(_FIELD, word, docs, bases[:-1], view) for word in dict.fromkeys(chain(*pairs))}
    # All pairs are compared together, each in documents of its own: those of a pair come after those of the one before.
    apart = np.arange(len(pairs)) * bases[-1]
    left, right = (
        np.concatenate([positions[word] + base for word, base in zip(side, apart, strict=True)])
        for side in zip(*pairs, strict=True)
    )
    found = _nearness(left, right, (apart[:, None] + bases[:-1]).ravel())
    gains: Scores = found.reshape(len(pairs), len(docs)).sum(axis=0)
    return 1 + np.float32(NEARNESS / len(pairs)) * gains


def _nearness(left: Keys, right: Keys, bases: Keys) -> Scores:
    """Return per document: 1 if two words are side by side, 0.5 if they are near, else 0."""
    found = np.zeros(len(bases), np.float32)
    if len(left) and len(right):
        after = right.searchsorted(left)
        gaps = np.minimum(
            np.abs(right[np.minimum(after, len(right) - 1)] - left), np.abs(left - right[np.maximum(after - 1, 0)])
        )
        for reach, value in ((WINDOW, 0.5), (1, 1.0)):
            found[bases.searchsorted(left[gaps <= reach], "right") - 1] = value
    return found
