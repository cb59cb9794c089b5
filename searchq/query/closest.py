"""Finds the candidate most similar to what was typed, by the share of letters they have in common, in order.

closest("ministr", ["titel", "minister"], 0.65)     "minister"
"""

from collections.abc import Iterable

__all__ = ["closest"]


def closest(typed: str, candidates: Iterable[str], least: float) -> str | None:
    """Return the most similar candidate, the first of equals; None if none reaches a similarity of `least` (0 to 1)."""
    from rapidfuzz.fuzz import ratio  # takes 8 ms to import, which a search without typing errors does not need
    from rapidfuzz.process import extractOne

    choices = list(candidates)  # of a mapping, it would compare the values
    found = extractOne(typed, choices, scorer=ratio, score_cutoff=100 * least)
    return found and found[0]
