"""What single words tell of the language they stand in, from a table counted over parallel French and Dutch texts.

A word speaks for Dutch or French by how much more often one of the two has it; a capital within a sentence speaks too:
`Nationale` is written so in Dutch names, hardly in French ones. Words that the table lacks are judged by their letters.
"""

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from msgspec import Struct

from searchq.documents.language_guess import letters_weight

__all__ = ["WordEvidence", "evidence_of"]

_WORD: Final = re.compile(r"(?:[ldnscjm]|qu)['’]|[^\W\d_]{2,}|\b[àyu]\b", re.IGNORECASE)
_DUTCH_CLITIC: Final = re.compile(r"['’][st](?:-|$)")  # 's-Gravenhage, in 't algemeen
_TRUSTED: Final = 6.0  # the most that one word may speak for a language
_LETTERS: Final = 0.8  # what one telling group of letters weighs in a word that the table lacks
_UNSEEN_CAPITAL: Final = 0.3  # nats; a word of no table with a capital is often a name
_CACHED: Final = 1 << 14


class WordEvidence(Struct, frozen=True):
    """In nats: `dutch` for Dutch over French; what a capital costs within a French and within a Dutch phrase.

    `known`: the table has the word.
    """

    dutch: float
    french_capital: float
    dutch_capital: float
    known: bool = False


@lru_cache(maxsize=_CACHED)
def evidence_of(piece: str) -> WordEvidence:
    """The evidence of one piece between blanks; pieces without a letter tell nothing."""
    if _DUTCH_CLITIC.match(piece):
        return WordEvidence(_TRUSTED, 0.0, 0.0)
    words = [found[0].replace("’", "'") for found in _WORD.finditer(piece)]
    if not words:
        return WordEvidence(0.0, 0.0, 0.0)
    table = _table()
    dutch = sum(_dutch(word.lower(), table) for word in words)
    french_cost, dutch_cost = 0.0, 0.0
    known = table.get(words[0].lower())
    if words[0][0].isupper() and not _is_acronym(words[0]):
        french_cost, dutch_cost = known[1:] if known else (_UNSEEN_CAPITAL, _UNSEEN_CAPITAL)
    return WordEvidence(max(-_TRUSTED, min(_TRUSTED, dutch)), french_cost, dutch_cost, known is not None)


def _dutch(word: str, table: dict[str, tuple[float, float, float]]) -> float:
    known = table.get(word)
    return known[0] if known else _LETTERS * letters_weight(word)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


@cache
def _table() -> dict[str, tuple[float, float, float]]:
    """Each word of language_words.txt with its three figures."""
    table: dict[str, tuple[float, float, float]] = {}
    text = resources.files("searchq.documents.senate").joinpath("language_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        dutch, french_capital, dutch_capital, *words = line.split()
        table.update(dict.fromkeys(words, (float(dutch), float(french_capital), float(dutch_capital))))
    return table
