"""A Dutch compound to its parts: gezondheidszorgbeleid is gezondheid, zorg and beleid.

Every cut of the word into known words is tried, cheapest first: few parts, none of them short, each a noun rather than
a form of a verb. Between two parts may stand what Dutch puts there: nothing, -s-, -en-, -e-, a hyphen.
"""

import math, os
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from searchq.analysis.lexicon import Lexicon
from searchq.analysis.wordlists import words_of

__all__ = ["split"]

_LONGEST: Final = 48  # letters; beyond this a word is noise and trying every cut would cost too much
_SHORTEST: Final = 3
_DEAREST: Final = 3.1  # the most a split may cost


def split(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts of a compound as they stand in it, linking sounds taken off; empty for a word that is none."""
    if not 2 * _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return ()
    best: list[tuple[float, tuple[str, ...]] | None] = [None] * (len(word) + 1)
    best[0] = (0.0, ())
    for end in range(_SHORTEST, len(word) + 1):
        for start in range(0, end - _SHORTEST + 1):
            before = best[start]
            if before is None or (start == 0 and end == len(word)):
                continue
            for part, price in _readings(word[start:end], end == len(word), lexicon):
                cost = before[0] + price
                if best[end] is None or cost < best[end][0]:
                    best[end] = (cost, (*before[1], part))
    found = best[len(word)]
    if found is None or found[0] > float(os.environ.get('X','3.1')):
        return ()
    return found[1]

def _readings(piece: str, last: bool, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """The words a piece can be, with their price: as it stands, and without the linking -s-."""
    price = _price(piece, lexicon, last)
    if price is not None:
        yield piece, price
    if not last and piece.endswith("s") and len(piece) > 4 and piece[-2] != "s":
        price = _price(piece[:-1], lexicon, False)
        if price is not None:
            yield piece[:-1], price + 0.05


def _price(part: str, lexicon: Lexicon, last: bool) -> float | None:
    """What a part costs; None when it cannot be one."""
    if part in words_of("no_parts.txt") or part not in lexicon:
        return None
    if len(part) <= 3 and part not in words_of("short_parts.txt"):
        return None
    price = 1.0 + _SHORT.get(len(part), 0.0)
    lemma = lexicon.lemmas[part]
    fronts, tails = _built(lexicon)
    if last and part.endswith("en") and lemma in lexicon.verbs:
        lemma = next((b for b in _closed(part[:-2]) if lexicon.lemmas.get(b) == b), lemma)
    used = (tails if last else fronts).get(lemma, 0)
    if not last: used = max(used, fronts.get(part,0))
    price += A*max(0.0, 1 - math.log(1+used)/math.log(1+M))
    if lemma in lexicon.verbs and lemma != part and part not in lexicon.nouns:
        price += 0.3
    return price


A=float(os.environ.get('A','0.6')); M=float(os.environ.get('M','20'))

_SHORT={3:.4,4:.2,5:.05}
from functools import cache
from collections import Counter
from collections.abc import Iterator
from searchq.analysis.stemmer import _closed
_B={}
def _built(lexicon):
    if id(lexicon) not in _B: _B[id(lexicon)]=_count(lexicon)
    return _B[id(lexicon)]
def _count(lexicon):
    fronts=Counter(); tails=Counter(); L=lexicon.lemmas
    for lemma,own in L.items():
        if lemma!=own or len(lemma)<7: continue
        for cut in range(3,len(lemma)-2):
            tail=lemma[cut:]
            if L.get(tail)!=tail: continue
            front=lemma[:cut]
            f=L.get(front)
            if f is None and front.endswith('s'):
                front=front[:-1]; f=L.get(front)
            if f is None or len(front)<3: continue
            fronts[front]+=1; tails[tail]+=1
            if f!=front: fronts[f]+=1
    return fronts,tails
