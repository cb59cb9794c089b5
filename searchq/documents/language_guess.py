"""Telling French from Dutch, for texts in which the one follows the other without a mark between.

Small words weigh most, then letters that one of the two languages has and the other hardly. That is plenty for finding
the place where one language ends and the other begins, which is all that is asked here.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

__all__ = ["best_cut", "dutchness", "letters_weight"]

_DUTCH: Final = frozenset(
    """
    het een van voor op te met aan bij door over naar uit tot om niet zijn worden wordt werd werden geen ook als
    dat die dit deze uw wij ik heeft hebben kan kunnen tussen tegen onder binnen zonder inzake wat welke hoe
    hoeveel waarom werken gebruik aantal jaar minister belgië brussel federale overheid geachte graag volgende
    vragen antwoord vraag maar dan er nog naar der ter ten al is was in of zo ja nee sinds wegens
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_FRENCH: Final = frozenset(
    """
    le la les un une des du et à au aux pour par sur dans avec sans entre qui que quoi dont où est sont était
    ont été ce cette ces cet il elle ils elles nous vous je son sa ses leur leurs ne pas plus moins ou mais donc
    en se si y quel quelle quels quelles combien comment pourquoi belgique bruxelles fédérale fédéraux ministre
    question réponse nombre année emploi lors depuis sous chez vers contre
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_WORD: Final = re.compile(r"(?:l|d|n|qu|s|c|j|m)['’]|[^\W\d_]+", re.IGNORECASE)
_DUTCH_LETTERS: Final = re.compile(
    r"ij|aa|oo|uu|ee|sch|cht|ng$|heid$|lijk|eel$|k|w|z|[ëï]|oe|ei|ui|baar$|isch|eer$|ieën|gen$|den$|ten$|ven$|len$|nen$"
)
_FRENCH_LETTERS: Final = re.compile(
    r"[éèêàçâîôûù]|eau|aux$|ions?$|ments?$|iques?$|eurs?$|ou|qu|x$|gn|oi|els?$|les?$|ies?$|ives?$|ances?$|ences?$|tés?$|ille"
)
_SMALL_WORD: Final = 2.0
_LETTERS: Final = 1.0
_MAX_LETTERS: Final = 40  # letters looked at of a word
_CACHED_WORDS: Final = 1 << 14


def dutchness(text: str) -> float:
    """Positive for Dutch, negative for French; the more words tell, the farther from 0."""
    return sum(_weigh(word[:_MAX_LETTERS]) for word in _WORD.findall(text))


def best_cut(pieces: Sequence[str], bonuses: Sequence[float] | None = None) -> int:
    """Where French ends and Dutch begins: the first pieces up to the answer are French, those from it on Dutch.

    `bonuses`, one for each possible cut (len(pieces) + 1), say what else speaks for it. Both sides get a piece where
    there are two pieces or more.
    """
    weights = [dutchness(piece) for piece in pieces]
    bonuses = bonuses or [0.0] * (len(pieces) + 1)
    cuts = range(1, len(pieces)) if len(pieces) > 1 else range(len(pieces) + 1)
    total, before = sum(weights), 0.0
    scores: dict[int, float] = {}
    for cut in range(len(pieces) + 1):
        scores[cut] = total - 2 * before + bonuses[cut]
        before += weights[cut] if cut < len(pieces) else 0.0
    return max(cuts, key=lambda cut: scores[cut])


@lru_cache(maxsize=_CACHED_WORDS)
def _weigh(word: str) -> float:
    word = word.lower()
    if word in _DUTCH:
        return _SMALL_WORD
    if word in _FRENCH or word[-1] in "'’":
        return -_SMALL_WORD
    return _LETTERS * letters_weight(word)


def letters_weight(word: str) -> int:
    """How many telling groups of letters speak for Dutch, less those that speak for French."""
    word = word[:_MAX_LETTERS]
    return len(_DUTCH_LETTERS.findall(word)) - len(_FRENCH_LETTERS.findall(word))
