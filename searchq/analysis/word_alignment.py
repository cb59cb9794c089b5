"""Learns which words translate each other from sentences and their translations, by IBM's model 1.

Each word of a sentence is thought to come from one word of its translation. Which one is not known, so each word there
gets a share, as large as it is likely to be the one; the shares of all sentences give better likelihoods; and so on for
a few rounds (Brown et al., The mathematics of statistical machine translation, 1993).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["Pair", "learn_translations"]

Pair = tuple[Sequence[str], Sequence[str]]  # the words of a sentence, and of its translation; each once
Likelihoods = dict[str, dict[str, float]]  # of each translation of a word

_ROUNDS: Final = 5
_LEAST: Final = 0.08  # of a translation that is kept
_MOST: Final = 4  # translations of a word
_LEAST_TOGETHER: Final = 0.01  # (pairs with both words)² / (with one × with the other); of less, it is chance
_NOISE: Final = 1e-3  # the likelihood that a word comes from none
_NEGLIGIBLE: Final = 1e-3  # a share of this is dropped between two rounds


def learn_translations(pairs: Sequence[Pair], rare: int) -> dict[str, list[tuple[str, float]]]:
    """Return the likeliest translations of each word with their likelihoods, the likeliest first.

    Both must occur in `rare` pairs, and together in two (in one, if `rare` is 1).
    """
    likely = _first_guess(pairs, rare)
    for _ in range(_ROUNDS):
        likely = _better(likely, pairs)
    return {word: kept for word, found in likely.items() if (kept := _kept(found))}


def _first_guess(pairs: Sequence[Pair], rare: int) -> Likelihoods:
    """Count how often words occur in the same pair."""
    often, others = Counter[str](), Counter[str]()
    for words, translated in pairs:
        often.update(words)
        others.update(translated)
    together = defaultdict[str, Counter[str]](Counter)
    known = {word for word, count in others.items() if count >= rare}
    for words, translated in pairs:
        possible = [other for other in translated if other in known]
        for word in words:
            if often[word] >= rare:
                together[word].update(possible)
    return {
        word: {
            other: float(count)
            for other, count in found.items()
            if count >= min(rare, 2) and count * count >= _LEAST_TOGETHER * often[word] * others[other]
        }
        for word, found in together.items()
    }


def _better(likely: Likelihoods, pairs: Sequence[Pair]) -> Likelihoods:
    """One round: share each word out among the words it may come from, and add up the shares."""
    likely = {word: _normal(found) for word, found in likely.items()}
    shares: Likelihoods = {word: dict.fromkeys(found, 0.0) for word, found in likely.items()}
    for words, translated in pairs:
        rows = [(likely[word], shares[word]) for word in words if word in likely]
        for other in translated:
            here = [(chance, share) for found, share in rows if (chance := found.get(other))]
            total = _NOISE + sum(chance for chance, _ in here)
            for chance, share in here:
                share[other] += chance / total
    return shares


def _normal(found: Mapping[str, float]) -> dict[str, float]:
    """Return likelihoods that add up to 1, without negligible ones."""
    total = sum(found.values())
    return {other: share / total for other, share in found.items() if share > _NEGLIGIBLE * total}


def _kept(found: Mapping[str, float]) -> list[tuple[str, float]]:
    best = sorted(_normal(found).items(), key=lambda row: (-row[1], row[0]))
    return [(other, chance) for other, chance in best[:_MOST] if chance >= _LEAST]
