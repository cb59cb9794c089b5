"""Splits Dutch compounds: gezondheidszorgbeleid is gezondheidszorg and beleid, and gezondheid and zorg.

Every split of a word into known words has a cost and the cheapest wins: few parts, no short ones, nouns rather than
verb forms. Two parts may be joined by nothing or -s- (-en- and -e- form a plural, which the lexicon contains). A part
that is itself a compound is split further.
"""

from operator import itemgetter
from typing import Final

from searchq.analysis.lexicon import Lexicon, memoize
from searchq.analysis.wordlists import by_start, words_of

__all__ = ["parts", "split"]

_MAX_LENGTH: Final = 48  # letters; a longer word is noise, and trying every split is slow
_MIN_PART: Final = 2
_MIN_FREE_PART: Final = 4  # letters; shorter parts must be in data/short_parts.txt

# Costs, tuned on half of the compounds of a treebank: a part costs 1 plus these.
_SHORT: Final = {2: 0.5, 3: 0.4, 4: 0.2, 5: 0.05}
_LINKING_S: Final = 0.05
_VERB_FORM: Final = 0.3
_PREFIX: Final = 0.6
_NO_LINKING_S: Final = 0.3  # after endings that nearly always take one: regerings+leden, not regering+sleden
_LINKED: Final = ("ing", "heid", "schap", "teit")
_DEAREST_KNOWN: Final = 0.31  # on top of 1, a part: a word the lexicon knows needs plainer parts
_DEAREST_UNKNOWN: Final = 0.45
_LONG_BASE: Final = 6  # letters of a word that is no chance before an s
_ROUNDING: Final = 1e-9

_SHORT_PARTS: Final = words_of("short_parts.txt")
_NO_PARTS: Final = words_of("no_parts.txt")
_NO_COMPOUNDS: Final = words_of("no_compounds.txt")
_PREFIXES: Final = by_start(words_of("prefixes.txt"))

_Reading = tuple[int, str, float]  # some letters as a part: where they end or begin, the part, its price


@memoize  # the forms of a word are cut as one, and the same parts stand in many words
def parts(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return all parts of a compound, including parts of parts, as written in it; empty for other words."""
    compiled = lexicon.words.parts(word) if lexicon.words else None
    return _parts(word, lexicon) if compiled is None else compiled


def _parts(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    found: list[str] = []
    for part in split(word, lexicon):
        lemma = lexicon.lemma(part) or part
        found += [part, *(parts(lemma, lexicon) if len(lemma) < len(word) else ())]
    return tuple(dict.fromkeys(found))


def split(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the parts of the cheapest split, without linking sounds; empty if the word is not a compound."""
    if not 2 * _MIN_PART < len(word) <= _MAX_LENGTH or not word.isalpha() or word in _NO_COMPOUNDS:
        return ()
    last_parts = _last_parts(word, lexicon)
    if not last_parts:  # so is one word in four
        return ()
    known = lexicon.is_listed(word)
    last_start = last_parts[-1][0]
    cheapest: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}  # by place, the cut of the letters before it
    for start in range(last_start):
        if start in cheapest:
            before, found = cheapest[start]
            for end, part, price in _readings(word, start, last_start, known, lexicon):
                if end not in cheapest or before + price < cheapest[end][0]:
                    cheapest[end] = (before + price, (*found, part))
    wholes = [
        (cheapest[start][0] + price, (*cheapest[start][1], part))
        for start, part, price in last_parts
        if start in cheapest
    ]
    price, found = min(wholes, key=itemgetter(0), default=(0.0, ()))
    dearest = 1.0 + (_DEAREST_KNOWN if known else _DEAREST_UNKNOWN)
    return found if price <= dearest * len(found) + _ROUNDING else ()


def _last_parts(word: str, lexicon: Lexicon) -> list[_Reading]:
    """Return the parts a word can end in, longest first, each with its start."""
    lemma_of, free = lexicon.lemma, len(word) - _MIN_FREE_PART
    found = []
    for start in range(_MIN_PART, len(word) - _MIN_PART + 1):
        part = word[start:]
        if start <= free or part in _SHORT_PARTS:
            lemma = lemma_of(part)
            if lemma is not None and (price := _price(part, lemma, lexicon)):
                found.append((start, part, price))
    return found


def _readings(word: str, start: int, stop: int, known: bool, lexicon: Lexicon) -> list[_Reading]:
    """What the letters from a place on can be before the last part: a part, one with its -s-, a prefix."""
    lemma_of, free = lexicon.lemma, start + _MIN_FREE_PART
    found = []
    for end in range(start + _MIN_PART, stop + 1):
        part = word[start:end]
        if end >= free or part in _SHORT_PARTS:
            lemma = lemma_of(part)
            price = None if lemma is None or _ends_in_linking_s(part, lexicon) else _price(part, lemma, lexicon)
            if price is not None:
                found.append((end, part, price + _NO_LINKING_S if part.endswith(_LINKED) else price))
                if word[end] == "s" and part[-1] != "s":
                    found.append((end + 1, part, price + _LINKING_S))
    if start == 0 and not known:
        prefixes = [prefix for prefix in _PREFIXES.get(word[:2], ()) if word.startswith(prefix)]
        found += [(len(prefix), prefix, 1.0 + _PREFIX) for prefix in prefixes if len(prefix) <= stop]
    return found


def _ends_in_linking_s(part: str, lexicon: Lexicon) -> bool:
    """Return whether a part is listed only since it stands before others: beroeps, of beroepsopleiding."""
    base = part.removesuffix("s")
    return len(base) >= _LONG_BASE and base != part and lexicon.lemma(base) == base


def _price(part: str, lemma: str, lexicon: Lexicon) -> float | None:
    """Return the cost of a part with that lemma; None if it cannot be a part."""
    if part in _NO_PARTS:
        return None
    price = 1.0 + _SHORT.get(len(part), 0.0)
    if part == lemma:
        return price
    if part == lemma + "s":  # read as the lemma with a linking -s-
        return None
    only_verb = lexicon.is_verb(lemma) and not lexicon.is_noun(part)
    return price + _VERB_FORM if only_verb else price
