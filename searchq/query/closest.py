"""The candidate that looks most like what was typed, by the share of letters the two have in common, in order.

closest("ministr", ["titel", "minister"], 0.65)     "minister"
"""

from collections.abc import Iterable

__all__ = ["closest"]


def closest(typed: str, candidates: Iterable[str], least: float) -> str | None:
    """The most similar candidate, the first of equal ones; None when none has a similarity of `least`, of 1.0."""
    from rapidfuzz.fuzz import ratio  # takes 8 ms to import, which a search without a slip need not wait for
    from rapidfuzz.process import extractOne

    found = extractOne(typed, candidates, scorer=ratio, score_cutoff=100 * least)
    return found and found[0]
