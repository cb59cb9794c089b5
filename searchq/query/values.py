"""The values of facets, found again from what a visitor types: case, accents, blanks and punctuation forgiven.

    "open vld", "OPENVLD"   Open Vld          the whole value
    taelman                 Martine Taelman   every word typed is a word of the value
    tael*                   Martine Taelman   a word of the value begins so
    beantwoord              answered          the value goes by another name

Each way is a function; callers try them in the order that suits the facet.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain, islice
from typing import Final, TypeAlias

from searchq.patterns import late

__all__ = ["beginning", "exact", "holding", "known_as", "nearest", "plain_words", "unknown"]

Values: TypeAlias = tuple[str, ...]  # of one facet, as its column has them
_Places: TypeAlias = dict[str, list[int]]  # what a value looks like -> its places among the values

_ANSWERED: Final = ("answered", "answered-without-text")
_UNANSWERED: Final = ("open", "closed", "end-of-legislature")
_DUTCH, _FRENCH, _GERMAN = ("nl",), ("fr",), ("de",)

# Other names of values, as `plain_words` without blanks: the Dutch and French ones, and those for several values.
_NAMES: Final[dict[str, dict[str, Values]]] = {
    "status": {
        **dict.fromkeys(("beantwoord", "answered", "répondu"), _ANSWERED),
        **dict.fromkeys(("onbeantwoord", "unanswered", "nietbeantwoord", "sansréponse"), _UNANSWERED),
        **dict.fromkeys(("zondertekst", "beantwoordzondertekst"), ("answered-without-text",)),
        **dict.fromkeys(("wachtend", "hangend", "ouvert", "lopend", "waiting", "pending"), ("open",)),
        **dict.fromkeys(("gesloten", "afgesloten", "clôturé", "clos"), ("closed",)),
        **dict.fromkeys(("eindezittingsperiode", "eindelegislatuur", "vervallen"), ("end-of-legislature",)),
        **dict.fromkeys(("onbekend", "inconnu"), ("unknown",)),
        **dict.fromkeys(("geherkwalificeerd", "herkwalificatie", "requalifié"), ("requalified",)),
    },
    "language": {
        **dict.fromkeys(("nederlands", "dutch", "néerlandais"), _DUTCH),
        **dict.fromkeys(("frans", "french", "français"), _FRENCH),
        **dict.fromkeys(("duits", "german", "allemand"), _GERMAN),
    },
}

_CATALOGUES_KEPT: Final = 32  # about one a facet for two snapshots
_ALIKE: Final = 0.7  # of 1.0, for the nearest value
_MOST_COMPARED: Final = 300  # values looked at for the nearest
_LONGEST_COMPARED: Final = 60  # characters
_FARTHEST_LENGTH: Final = 3  # letters that the nearest may be longer or shorter
_FEW: Final = 12  # values that a sentence can name one by one


def known_as(facet: str, text: str) -> Values:
    """The values of a facet that go by this other name."""
    return _KNOWN.get((facet, _key(text)), ())


def exact(values: Values, text: str) -> Values:
    """Values that are this text, but for case, accents, blanks and punctuation."""
    return _at(values, _by_key(values).get(_key(text), ()))


def holding(values: Values, text: str) -> Values:
    """Values that hold every word of this text."""
    words = _by_word(values)
    found = [set(words.get(word, ())) for word in plain_words(text)]
    return _at(values, sorted(set.intersection(*found))) if found else ()


def beginning(values: Values, start: str) -> Values:
    """Values that begin so, or have a word that does."""
    begin = _key(start)
    looks = chain(_by_key(values).items(), _by_word(values).items())
    return _at(values, sorted({place for look, places in looks if look.startswith(begin) for place in places}))


def nearest(values: Values, text: str) -> str | None:
    """The value that looks most like this text, whole or in one word; None when none does."""
    typed = _key(text)[:_LONGEST_COMPARED]
    looks = {**_by_word(values), **_by_key(values)}
    alike = (key for key in looks if key[:1] == typed[:1] and abs(len(key) - len(typed)) <= _FARTHEST_LENGTH)
    near = get_close_matches(typed, islice(alike, _MOST_COMPARED), n=1, cutoff=_ALIKE)
    return values[looks[near[0]][0]] if near else None


def unknown(field: str, text: str, columns: Sequence[Values]) -> tuple[str, dict[str, str]]:
    """What to tell of a text that is no value of a field: the code of a hint and its values."""
    told = {"field": field, "value": text}
    near = next((near for values in columns if (near := nearest(values, text))), None)
    if near is not None:
        return "unknown-value-nearest", {**told, "nearest": near}
    if 0 < len(columns[0]) <= _FEW:
        return "unknown-value-among", {**told, "choices": ", ".join(columns[0])}
    return "unknown-value", told


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, letters and digits only, without marks."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _WORD.findall(text.casefold())


_WORD: Final = late(r"[^\W_]+")


def _key(text: str) -> str:
    return "".join(plain_words(text))


_KNOWN: Final = {(facet, _key(name)): values for facet, names in _NAMES.items() for name, values in names.items()}


def _at(values: Values, places: Iterable[int]) -> Values:
    return tuple(values[place] for place in places)


@lru_cache(maxsize=_CATALOGUES_KEPT)
def _by_key(values: Values) -> _Places:
    """Whole values by their letters and digits; made once for each list of values."""
    places: _Places = {}
    for place, value in enumerate(values):
        places.setdefault(_key(value), []).append(place)
    return places


@lru_cache(maxsize=_CATALOGUES_KEPT)
def _by_word(values: Values) -> _Places:
    places: _Places = {}
    for place, value in enumerate(values):
        for word in dict.fromkeys(plain_words(value)):
            places.setdefault(word, []).append(place)
    return places
