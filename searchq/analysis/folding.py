"""Folds accents: `België`, `Belgie` and `BELGIË` are one term.

Folding comes after stemming: the stem of `officiële` is `officieel`, whatever its dots.
"""

import unicodedata
from typing import Final

__all__ = ["fold"]

# Letters that Unicode does not take apart.
_WHOLE: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ĳ": "ij"}
)


def fold(word: str) -> str:
    """A lower-case word without diacritics, apostrophes and hyphens' typographic twins; letters only lose marks."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word.translate(_WHOLE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
