"""Keys that are equal for spellings of one value.

key            differ in                                         Groen!  groen!   Björn  Bjorn   N-VA  N–VA
folded         case, accents, blanks, kinds of signs             groen!           bjorn          n-va
letters        and in any signs                                  groen            bjorn          nva
person         and in the order of words, and titles             de heer Hugo Peeters  PEETERS Hugo
party          and in name, where the table of parties says so   Indépendant  Onafhankelijke
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from searchq.analysis.folding import fold
from searchq.lazy_regex import lazy

__all__ = ["Key", "folded", "folded_all", "letters", "name_span", "person", "plain_words", "without_title"]

Key: TypeAlias = Callable[[str], str]

_SIGNS: Final = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
    **dict.fromkeys(map(ord, "’‘‛ʼʹ`´′＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
}
_WORD: Final = lazy(r"[^\W_]+")
_ADDRESSES: Final = frozenset(
    {"de heer", "heer", "dhr", "mevrouw", "mevr", "mw", "juffrouw"}
    | {"monsieur", "madame", "mme", "mademoiselle", "mlle"}
)
_TITLES: Final = frozenset(  # names, too, where no first name and surname are left beside them
    {"m", "mr", "dr", "prof", "baron", "barones", "graaf", "gravin", "burggraaf", "ridder"}
    | {"baronne", "comte", "comtesse", "vicomte", "chevalier"}
)

_FIRST_OF_TITLES: Final = frozenset(title.split()[0] for title in _ADDRESSES | _TITLES)
_LAST_OF_TITLES: Final = frozenset(title.split()[-1] for title in _ADDRESSES | _TITLES)


def folded(text: str) -> str:
    """Return the text in lower case, without accents, with single blanks, one kind of hyphen, apostrophe and quote."""
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    return " ".join(fold(text.casefold().translate(_SIGNS)).split())


def folded_all(values: Iterable[str]) -> list[str]:
    """Fold values, each on one line; faster than one by one."""
    return [value.lower() if value.isascii() and "`" not in value else folded(value) for value in values]


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, letters and digits only, without marks."""
    return _WORD.findall(text.lower() if text.isascii() else fold(text.casefold()))


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(plain_words(text))


def person(text: str) -> str:
    """Return a name without title, independent of word order."""
    return " ".join(sorted(without_title(plain_words(text))))


def without_title(words: Sequence[str]) -> Sequence[str]:
    """The words of a name, in lower case, without the forms of address before or after it."""
    first, last = name_span(words)
    return words[first:last]


def name_span(words: Sequence[str]) -> tuple[int, int]:
    """Return where the name itself begins and ends among its words."""
    first, last = 0, len(words)
    if not words or (words[0] not in _FIRST_OF_TITLES and words[-1] not in _LAST_OF_TITLES):
        return first, last
    while count := _title_length(words[first:last]):
        first += count
    while count := _title_length(words[first:last], at_end=True):
        last -= count
    return first, last


def _title_length(words: Sequence[str], *, at_end: bool = False) -> int:
    """Return how many words of a name are a title; 0 for none."""
    for count in (2, 1):
        title = " ".join(words[-count:] if at_end else words[:count])
        left = len(words) - count
        if (left >= 1 and title in _ADDRESSES) or (left >= 2 and title in _TITLES):
            return count
    return 0
