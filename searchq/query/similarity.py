"""What makes questions similar: the words of one that weigh most, and how much another must have in common with it.

weight of a term    idf × the sum over title, keywords and question of zone weight × frequency, levelled off
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from searchq.limits import MAX_QUERY_CHARACTERS

__all__ = [
    "FLOOR",
    "MAX_TERMS",
    "MIN_LETTERS",
    "READ_CHARACTERS",
    "READ_ZONES",
    "TOLD",
    "TellingWord",
    "most_telling",
    "told",
]

# Of the score that the question itself has, by language: French questions have more words in common.
FLOOR: Final = {"nl": 0.2, "fr": 0.225}
READ_ZONES: Final = ("title", "keywords", "question")
READ_CHARACTERS: Final = 4000  # of the question: its beginning names its subject
MIN_LETTERS: Final = 3
MAX_TERMS: Final = 50  # of a question that are searched for; a hundred find nothing more
TOLD: Final = 12  # of them, those that weigh most, that the answer names
_LEVEL: Final = 2.0  # weighted frequency at which a term has half of its maximum weight
_RARE: Final = 2  # documents; a rarer term finds no other question
_COMMON: Final = 0.2  # of the documents; a more common term is not specific


class TellingWord(NamedTuple):
    """A word of a question that few others have; its term, and how much it counts."""

    word: str
    term: str
    boost: float


def most_telling(
    occurring: Mapping[str, tuple[float, str]], documents_of: Callable[[str], int], total: int
) -> list[TellingWord]:
    """Return the words that weigh most, of terms with their weighted frequency and a surface word.

    `documents_of` counts the documents of a term, of `total`.
    """
    weighed = []
    for term, (frequency, word) in occurring.items():
        documents = documents_of(term)
        if _RARE <= documents <= max(_COMMON * total, _RARE):
            level = frequency / (frequency + _LEVEL)
            weighed.append((-level * math.log(1 + total / documents), word, term, level))
    return [TellingWord(word, term, level) for _, word, term, level in sorted(weighed)[:MAX_TERMS]]


def told(telling: Sequence[TellingWord]) -> str:
    """Return the words that weigh most as a query, which says why two questions are alike."""
    text = ""
    for one in telling[:TOLD]:
        longer = f"{text}{' OF ' if text else ''}{one.word}^{max(one.boost * 3, 0.1):.1f}"
        if len(longer) > MAX_QUERY_CHARACTERS:
            break
        text = longer
    return text
