"""Whether two runs over the same queries differ by more than chance: a paired bootstrap and a sign test."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

__all__ = ["Difference", "compared"]

_ROUNDS: Final = 10_000  # resamples of the queries
_SEED: Final = 20


class Difference(NamedTuple):
    """How much higher the second run scores: the mean over queries, its 95 % interval, and how likely by chance."""

    mean: float
    low: float
    high: float
    better: int  # queries
    worse: int
    sign: float  # p of the sign test, two-sided
    queries: int

    @property
    def is_significant(self) -> bool:
        """Return whether the interval leaves out 0."""
        return not self.low <= 0.0 <= self.high


def compared(before: Mapping[str, float], after: Mapping[str, float]) -> Difference:
    """Compare two runs by the queries that both have."""
    shared = sorted(before.keys() & after.keys())
    changes = np.array([after[query] - before[query] for query in shared])
    if not len(changes):
        return Difference(0.0, 0.0, 0.0, 0, 0, 1.0, 0)
    better, worse = int((changes > 0).sum()), int((changes < 0).sum())
    low, high = np.quantile(_resampled_means(changes), (0.025, 0.975))
    return Difference(
        float(changes.mean()), float(low), float(high), better, worse, _sign_test(better, worse), len(shared)
    )


def _resampled_means(
    changes: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the means of resamples; only changes other than 0 are drawn, as many as chance gives."""
    chance = np.random.default_rng(_SEED)
    moved = changes[changes != 0]
    if not len(moved):
        return np.zeros(1)
    drawn = chance.binomial(len(changes), len(moved) / len(changes), _ROUNDS)
    sums = [chance.choice(moved, count).sum() for count in drawn.tolist()]
    return np.array(sums) / len(changes)


def _sign_test(better: int, worse: int) -> float:
    """Return the chance of a split at least this uneven if either side were as likely."""
    total, least = better + worse, min(better, worse)
    tail = sum(math.comb(total, count) for count in range(least + 1))
    return min(1.0, 2 * tail / 2**total)  # type: ignore[no-any-return]
