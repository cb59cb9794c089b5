"""Folds accents: `België`, `Belgie` and `BELGIË` are one term.

Folding comes after stemming: the stem of `officiële` is `officieel`, whatever its dots.
"""

import unicodedata
from typing import Final

from searchq.lazy_regex import lazy

__all__ = ["fold", "spellings_of_beginning"]

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


_HIATUS: Final = lazy(r"(?<=[aeiou])[eiou]")  # where Dutch writes a diaeresis: belgië, coördinatie
_DIAERESIS: Final = {"e": "ë", "i": "ï", "o": "ö", "u": "ü"}


def spellings_of_beginning(text: str) -> tuple[str, ...]:
    """Return how the beginning of a word may be written, as typed first: belgie, belgië; prive, privé.

    Words are not listed without their marks, so a beginning stands for those it may have: one diaeresis, or a last é.
    """
    bare = fold(text)
    marked = [bare[: at.start()] + _DIAERESIS[at[0]] + bare[at.end() :] for at in _HIATUS.finditer(bare)]
    return tuple(dict.fromkeys([text, bare, *marked, *([f"{bare[:-1]}é"] if bare.endswith("e") else [])]))
