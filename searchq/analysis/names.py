"""Names of places, countries, rivers and families, by data/names.txt: they are no forms of other words.

Wetteren     a name: its own stem, not wet
Gentse       a form of a name: has a stem of its own, and is found by Gent too
Boom         a name and a word: stemmed like the word; in a text, a capital within a sentence tells the name
Tournai      a name in French texts, too, by data/french_names.txt: not tourner
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from searchq.analysis.folding import fold
from searchq.analysis.stop_words import Language
from searchq.analysis.translations import place_elsewhere
from searchq.analysis.wordlists import lines_of
from searchq.kernel import built
from searchq.lazy_regex import lazy

__all__ = [
    "FORMS_OF_NAMES",
    "ONLY_NAMES",
    "is_also_name",
    "is_french_name",
    "is_only_name",
    "may_translate",
    "name_elsewhere",
    "name_of_form",
    "names_within",
    "stem_of_form",
]


def _with_plain(names: Iterable[str]) -> frozenset[str]:
    """Return names as they are written, and without marks."""
    written = frozenset(names)
    return written.union(map(fold, written))


_LISTED: Final = tuple(word.partition("=") for line in lines_of("names.txt") for word in line.split())
_ALSO: Final = frozenset(name[:-1] for name, _, _ in _LISTED if name.endswith("*"))
_ALSO_LOWER: Final = frozenset(map(str.lower, _ALSO))
ONLY_NAMES: Final = _with_plain(piece for name, _, _ in _LISTED for piece in name.lower().split("-")) - _ALSO_LOWER
FORMS_OF_NAMES: Final = {
    form.lower(): name.removesuffix("*").lower() for name, _, forms in _LISTED if forms for form in forms.split(",")
}
_CAPITALISED: Final = lazy(r"(?:IJ|[A-Z])[a-z]+(?!\w)")
_INSIDE: Final = lazy(r"[\w,;)\"”’'] [(\"“'‘„]?|\w[/-]")  # what stands before a word within a sentence
_LONGEST_BEFORE: Final = 3  # characters


def is_only_name(word: str) -> bool:
    """Return whether a lower-cased word is a name, and no other word."""
    return word in ONLY_NAMES


def is_french_name(word: str) -> bool:
    """Return whether a lower-cased word is a name, and no other word, in a French text."""
    return word in _french().only


def may_translate(word: str, others: Sequence[str], language: Language) -> bool:
    """Return whether words of the other language may translate a lower-cased word: of a name only names may.

    What stands beside a name in sentences is easily learned as its translation, and its nearest form may be a word:
    tienen is no form of tien, dix.
    """
    own, other = (_dutch, _french) if language == "nl" else (_french, _dutch)
    return word not in own().whole or all(fold(translation) in other().listed for translation in others)


def name_elsewhere(word: str, language: Language, *, capital: bool) -> str | None:
    """Return what the other language calls the place of a name; of a name that is also a word, with a capital."""
    other = place_elsewhere(word, language)
    return other if other and (capital or word in (_dutch if language == "nl" else _french)().whole) else None


class _Names(NamedTuple):
    """The names in texts of a language, as they are written and without marks; those in French are of both lists."""

    only: frozenset[str]  # no other words, nor pieces of them
    whole: frozenset[str]  # no other words
    listed: frozenset[str]  # without marks


@cache
def _dutch() -> _Names:
    """Sort when first asked for: most searches translate no name."""
    whole = _with_plain(name.lower() for name, _, _ in _LISTED) - _ALSO_LOWER
    listed = frozenset(map(fold, (*(name.lower().removesuffix("*") for name, _, _ in _LISTED), *FORMS_OF_NAMES)))
    return _Names(ONLY_NAMES, whole, listed)


@cache
def _french() -> _Names:
    """Read when first asked for: most searches hold no French."""
    names = [word.lower() for line in lines_of("french_names.txt") for word in line.split()]
    words = _with_plain(name[:-1] for name in names if name.endswith("*"))
    whole = [name for name in names if not name.endswith("*")]
    only = ONLY_NAMES | _with_plain(piece for name in whole for piece in name.split("-"))
    listed = _dutch().listed | {fold(name.removesuffix("*")) for name in names}
    return _Names(only - words, (_dutch().whole | _with_plain(whole)) - words, listed)


def is_also_name(word: str) -> bool:
    """Return whether a lower-cased word is a name beside a word of its own."""
    return word in _ALSO_LOWER


def name_of_form(word: str) -> str | None:
    """Return the name that a lower-cased word is a form of: gentse is of gent, and naamse of namen."""
    return FORMS_OF_NAMES.get(word)


def stem_of_form(word: str) -> str:
    """Return the stem that the forms of a name have among themselves: gentse is gents, and gentenaars gentenaar."""
    return next(
        (base for ending in ("en", "e", "s") if (base := word.removesuffix(ending)) != word and base in FORMS_OF_NAMES),
        word,
    )


def names_within(text: str) -> Iterator[str]:
    """Yield the words of a text, in lower case, that are names too and have a capital within a sentence."""
    for start, end in _places(text):
        before = text[max(0, start - _LONGEST_BEFORE) : start]
        if any(_INSIDE.fullmatch(before, place) for place in range(len(before))):
            yield text[start:end].lower()


def _places_in_python(text: str) -> list[tuple[int, int]]:
    """Return where the names that are words as well stand with a capital."""
    if _ALSO.isdisjoint(_CAPITALISED.findall(text)):  # so are four texts in five
        return []
    return [found.span() for found in _CAPITALISED.finditer(text) if found[0] in _ALSO]


def _places(text: str) -> list[tuple[int, int]]:
    """Return the same, from the kernel where it was built."""
    return _in_c().capitalised(text, _ALSO) if _in_c() else _places_in_python(text)


@cache
def _in_c() -> Any:
    """Loaded when first asked for: a search asks for no names."""
    return built("texts")
