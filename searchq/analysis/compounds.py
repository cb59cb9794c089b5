"""A Dutch compound to its parts: gezondheidszorgbeleid is gezondheidszorg and beleid, and gezondheid and zorg.

Every way to cut a word into known words is weighed and the cheapest wins: few parts, none of them short, nouns rather
than forms of verbs. Between two parts may stand what Dutch puts there: nothing or -s- (-en- and -e- make a plural,
which the lexicon knows). A part that is a compound itself is cut further.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from searchq.analysis.lexicon import Lexicon, remembered
from searchq.analysis.wordlists import words_of

__all__ = ["parts", "split"]

_LONGEST: Final = 48  # letters; beyond this a word is noise, and trying every cut would cost too much
_SHORTEST: Final = 2
_SHORTEST_FREE: Final = 4  # letters; shorter parts must be in data/short_parts.txt

# Prices, chosen on half of the compounds of a treebank: a part costs 1 and these on top.
_SHORT: Final = {2: 0.5, 3: 0.4, 4: 0.2, 5: 0.05}
_LINKING_S: Final = 0.05
_VERB_FORM: Final = 0.3
_PREFIX: Final = 0.6
_NO_LINKING_S: Final = 0.2  # after endings that nearly always take one: regerings+leden, not regering+sleden
_LINKED: Final = ("ing", "heid", "schap", "teit")
_DEAREST_KNOWN: Final = 0.31  # on top of 1, a part: a word the lexicon knows needs plainer parts
_DEAREST_UNKNOWN: Final = 0.45


_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class _Cut:
    """The cheapest way found to cut the letters so far."""

    price: float
    parts: tuple[str, ...]


def parts(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """All parts of a compound, those of its parts included, as they stand in it; empty for a word that is none."""
    found: list[str] = []
    for part in split(word, lexicon):
        lemma = lexicon.lemma(part) or part
        found += [part, *(_parts_of_part(lemma, lexicon) if len(lemma) < len(word) else ())]
    return tuple(dict.fromkeys(found))


_parts_of_part = remembered(parts)  # the same parts stand in many words


def split(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts of the cheapest cut, linking sounds taken off; empty for a word that is no compound."""
    if not 2 * _SHORTEST < len(word) <= _LONGEST or not word.isalpha() or word in words_of("no_compounds.txt"):
        return ()
    known = word in lexicon
    best: list[_Cut | None] = [_Cut(0.0, ()), *[None] * len(word)]
    for start in range(len(word) - _SHORTEST + 1):
        before = best[start]
        if before is None:
            continue
        for end, part, price in _readings(word, start, known, lexicon):
            cheapest = best[end]
            if cheapest is None or before.price + price < cheapest.price:
                best[end] = _Cut(before.price + price, (*before.parts, part))
    whole = best[-1]
    dearest = 1.0 + (_DEAREST_KNOWN if known else _DEAREST_UNKNOWN)
    return whole.parts if whole and whole.price <= dearest * len(whole.parts) + _ROUNDING else ()


def _readings(word: str, start: int, known: bool, lexicon: Lexicon) -> Iterator[tuple[int, str, float]]:
    """What the letters from a place on can be, each with where it ends and its price: a part, one with its -s-, a
    prefix."""
    lemma_of, short = lexicon.lemma, words_of("short_parts.txt")
    shorter: float | None = None  # the price of the letters but the last
    for end in range(start + _SHORTEST, len(word) + (start > 0)):
        piece = word[start:end]
        lemma = lemma_of(piece) if end - start >= _SHORTEST_FREE or piece in short else None
        price = None if lemma is None else _price(piece, lemma, lexicon)
        last = end == len(word)
        if price is not None:
            yield end, piece, price + (_NO_LINKING_S if not last and piece.endswith(_LINKED) else 0.0)
        if shorter is not None and not last and piece[-1] == "s" and piece[-2] != "s":
            yield end, piece[:-1], shorter + _LINKING_S
        if start == 0 and not (known or last) and piece in words_of("prefixes.txt"):
            yield end, piece, 1.0 + _PREFIX
        shorter = price


def _price(part: str, lemma: str, lexicon: Lexicon) -> float | None:
    """What a part of that lemma costs; None when it cannot be one."""
    if part in words_of("no_parts.txt"):
        return None
    if part == lemma + "s":  # read as the lemma with a linking -s-
        return None
    only_verb = lemma != part and lexicon.is_verb(lemma) and not lexicon.is_noun(part)
    return 1.0 + _SHORT.get(len(part), 0.0) + _VERB_FORM * only_verb
