"""Stable short Dutch names of what a minister is charged with, whatever the title says that year and in which language.

The same portfolio is published under many titles: `minister van Justitie`, `ministre de la Justice`,
`vice-eersteminister en minister van Justitie en van Binnenlandse Zaken`. A title is read word by word against the
phrases of `portfolio_table`, the longest phrase first. Words that belong to no phrase name nothing: they are reported.

A state secretary is attached to a minister (`toegevoegd aan de minister van Justitie`): that minister's portfolios are
not the secretary's, unless the title names no other.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from searchq.documents import portfolio_table as table

__all__ = ["PORTFOLIOS", "PRIME_MINISTER", "Portfolios", "first_understood", "portfolios_of", "read_portfolios"]

PORTFOLIOS: Final = table.PORTFOLIOS
PRIME_MINISTER: Final = table.PRIME_MINISTER

_MAX_TITLE_LENGTH: Final = 1000  # characters; published ones run over 200
_CACHED_TITLES: Final = 4096


class Portfolios(Struct, frozen=True):
    """The portfolios that a title names, in order, each once; `unknown`: its words that the table lacks."""

    names: tuple[str, ...] = ()
    unknown: str | None = None


class _Phrase(Struct, frozen=True):
    """A stretch of a title, and the names it stands for if its kind is `named`."""

    kind: str
    names: tuple[str, ...]
    start: int
    end: int
    goes_on: bool  # no comma, `en` or `et` before it


class _Word(Struct, frozen=True):
    folded: str
    start: int
    end: int
    goes_on: bool


def portfolios_of(title: str) -> tuple[str, ...]:
    """The portfolios a minister's title names, in its order, each once; none for an empty title."""
    return read_portfolios(title).names


def first_understood(titles: Iterable[str | None], problems: list[str]) -> tuple[str, ...]:
    """What the first title of the minister names that is wholly understood; else what is, and a problem."""
    found = [read_portfolios(title) for title in titles if title]
    best = next((one for one in found if one.names and not one.unknown), found[0] if found else None)
    if best is None:
        return ()
    if best.unknown:
        problems.append(f"The portfolio “{best.unknown}” in the title of the minister is not known.")
    elif not best.names:
        problems.append("The title of the minister names no portfolio.")
    return best.names


@lru_cache(maxsize=_CACHED_TITLES)
def read_portfolios(title: str) -> Portfolios:
    """What a minister's title names, and what of it the table cannot resolve."""
    title = title[:_MAX_TITLE_LENGTH]
    phrases = list(_phrases(title))
    for chosen in (_own(phrases), _charged(phrases), phrases):
        if any(phrase.kind in (_NAMED, _UNKNOWN) for phrase in chosen):
            return _gather(title, chosen)
    return Portfolios()


def _gather(title: str, phrases: list[_Phrase]) -> Portfolios:
    """The names of the phrases; a word of no phrase makes all unknown that it goes on or is gone on by."""
    names: dict[str, None] = {}
    unknown: list[str] = []
    for group in _groups(phrases):
        if any(phrase.kind == _UNKNOWN for phrase in group):
            unknown.append(title[group[0].start : group[-1].end])
        else:
            names.update(dict.fromkeys(name for phrase in group for name in phrase.names))
    return Portfolios(tuple(names), "; ".join(unknown) or None)


def _groups(phrases: list[_Phrase]) -> Iterator[list[_Phrase]]:
    """The phrases that name portfolios; those together that no comma, `en` or `et` parts."""
    group: list[_Phrase] = []
    for phrase in phrases:
        is_portfolio = phrase.kind in (_NAMED, _UNKNOWN)
        if group and not (is_portfolio and phrase.goes_on):
            yield group
            group = []
        if is_portfolio:
            group.append(phrase)
    if group:
        yield group


def _own(phrases: list[_Phrase]) -> list[_Phrase]:
    """The phrases of a title without those of the ministers that its holder is attached to."""
    own: list[_Phrase] = []
    attached = False
    for phrase in phrases:
        attached = phrase.kind == _ATTACHED or (attached and phrase.kind != _SECRETARY)
        if not attached:
            own.append(phrase)
    return own


def _charged(phrases: list[_Phrase]) -> list[_Phrase]:
    """What the holder is charged with, for titles that name nothing before the minister he is attached to."""
    at = next((i for i, phrase in enumerate(phrases) if phrase.kind == _CHARGED), len(phrases))
    return phrases[at:]


def _phrases(title: str) -> Iterator[_Phrase]:
    """The phrases of a title, the longest known one at each place."""
    words = list(_words(title))
    at = 0
    while at < len(words):
        meaning, length = _longest(tuple(word.folded for word in words[at : at + _MAX_WORDS]))
        if words[at].folded != _STOP:
            last = words[at + length - 1]
            yield _Phrase(meaning.kind, meaning.names, words[at].start, last.end, words[at].goes_on)
        at += length


def _words(title: str) -> Iterator[_Word]:
    """The words of a title and the marks between them, without the small words."""
    goes_on = False
    for found in _WORD.finditer(title):
        folded = _fold(found[0])
        if folded not in _SMALL:
            yield _Word(folded, found.start(), found.end(), goes_on)
        goes_on = folded not in _JOINING and (goes_on or folded not in _SMALL)


def _longest(words: tuple[str, ...]) -> tuple["_Meaning", int]:
    for length in range(len(words), 0, -1):
        if meaning := _MEANINGS.get(words[:length]):
            return meaning, length
    return _Meaning(_UNKNOWN), 1


class _Meaning(Struct, frozen=True):
    kind: str
    names: tuple[str, ...] = ()


_NAMED: Final = "named"
_UNKNOWN: Final = "unknown"
_OFFICE: Final = "office"
_SECRETARY: Final = "secretary"
_ATTACHED: Final = "attached"
_CHARGED: Final = "charged"

_STOP: Final = ","  # any mark that parts phrases
_WORD: Final = re.compile(r"\w+|[,;:()/&|]|(?<=\s)[-–—](?=\s)")
_STOPS: Final = str.maketrans(dict.fromkeys(";:()/&|-–—", _STOP))
_JOINING: Final = frozenset({_STOP, "en", "et", "of", "ou", "alsook", "alsmede", "evenals"})


@lru_cache(maxsize=_CACHED_TITLES)
def _fold(word: str) -> str:
    """A word without case, accents and ligatures; every mark that parts phrases as one."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_STOPS).lower().replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_SMALL: Final = frozenset(map(_fold, table.SMALL_WORDS.split()))


def _keys(phrases: str) -> Iterator[tuple[str, ...]]:
    """The phrases of one entry of the table, each as its folded words less the small ones."""
    for phrase in phrases.split(" | "):
        words = (_fold(found[0]) for found in _WORD.finditer(phrase))
        yield tuple(word for word in words if word not in _SMALL)


def _meanings() -> dict[tuple[str, ...], _Meaning]:
    meanings: dict[tuple[str, ...], _Meaning] = {}
    entries: list[tuple[str, _Meaning]] = [
        (table.OFFICES, _Meaning(_OFFICE)),
        (table.SECRETARIES, _Meaning(_SECRETARY)),
        (table.ATTACHED, _Meaning(_ATTACHED)),
        (table.CHARGED, _Meaning(_CHARGED)),
        *((phrases, _Meaning(_NAMED, (name,))) for name, phrases in PORTFOLIOS.items()),
        *((phrases, _Meaning(_NAMED, names)) for phrases, names in table.COMBINED.items()),
    ]
    for phrases, meaning in entries:
        meanings.update(dict.fromkeys(_keys(phrases), meaning))
    return meanings


_MEANINGS: Final = _meanings()
_MAX_WORDS: Final = max(map(len, _MEANINGS))
