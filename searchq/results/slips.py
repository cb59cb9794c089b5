"""Which words of a query may be slips, and which words of the index may take their place.

    gevangnis    no document has it, nor another form of it
    migratei     in 11 of 40,000 questions, in no dictionary, and one letter from a word a hundred times as frequent

A capital makes a name, and capitals alone an acronym. Neither becomes a word (Biden, bieden; PFOS, PDOS): a name only
a word that is in no dictionary, or an author's, one letter from it; an acronym only one of the same letters
that begins alike (NMSB, NMBS; but ISDS, SIDS are two).
"""

from collections.abc import Callable
from typing import Final

from searchq.query.suggestion import KnownWord

__all__ = ["is_doubtful", "is_rare", "may_replace"]

_RARE: Final = 3  # questions found by a doubtful word
_RARE_SHARE: Final = 2000  # or one in so many
_OFTEN: Final = 10  # a word must be this many times as frequent as the one it replaces
_SHORT: Final = 4  # letters; such words are near too many others
_SHORT_NAME: Final = 5
_ACRONYM: Final = 6  # letters at most
_NO_NAME: Final = 7  # letters of a capitalised word that may be another one than a name; phones write a capital
_ONE_SLIP: Final = 1.0


def is_rare(found: int, questions: int) -> bool:
    """Return whether a word that finds so many of the questions may be a slip."""
    return found <= max(_RARE, questions // _RARE_SHARE)


def is_doubtful(known: KnownWord | None, questions: int) -> bool:
    """Return whether a word may be a slip: unknown to the index, or rare and in no dictionary."""
    return known is None or (not known.is_listed and is_rare(known.frequency, questions))


def may_replace(typed: str, found: int, near: KnownWord) -> bool:
    """Return whether a word may be meant by a doubtful one, as typed, that finds so many questions."""
    if near.frequency < _OFTEN * found or (found and near.distance > _ONE_SLIP):
        return False
    return next(rule for fits, rule in _RULES if fits(typed))(typed, near)


def _is_acronym(typed: str) -> bool:
    return typed.isupper() and 1 < len(typed) <= _ACRONYM


def _is_name(typed: str) -> bool:
    return typed[:1].isupper()


def _acronym(typed: str, near: KnownWord) -> bool:
    return not near.is_listed and typed[0].lower() == near.word[0] and _same_letters(typed, near.word)


def _name(typed: str, near: KnownWord) -> bool:
    if near.distance > _ONE_SLIP or len(typed) <= _SHORT:
        return False
    return near.is_name or not near.is_listed or len(typed) >= _NO_NAME


def _word(typed: str, near: KnownWord) -> bool:
    if _same_letters(typed, near.word):
        return True
    if not near.is_listed:  # a name, typed without its capital
        return len(typed) > _SHORT_NAME
    return len(typed) > _SHORT or (len(typed) == _SHORT and typed[0] == near.word[0])


_RULES: Final[tuple[tuple[Callable[[str], bool], Callable[[str, KnownWord], bool]], ...]] = (
    (_is_acronym, _acronym),
    (_is_name, _name),
    (lambda typed: True, _word),
)


def _same_letters(typed: str, word: str) -> bool:
    return sorted(typed.lower()) == sorted(word)
