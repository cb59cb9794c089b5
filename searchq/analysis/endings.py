"""The endings of Dutch words, and the spelling that changes as they come off: huizen -> huiz -> huis.

Every function gives candidates, the likeliest first; which of them is a word, the lexicon knows (see stemmer).
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from searchq.analysis.strong_verbs import particles_of

__all__ = ["bases", "certain_base", "closed", "compared", "infinitives", "inflected", "verbs"]

_VOWELS: Final = "aeiou"
_HARD: Final = {"v": "f", "z": "s"}  # at the end of a word Dutch writes f and s
_SOFT: Final = {"f": "v", "s": "z"}
_SHORTEST: Final = 3  # letters that must stay when an ending comes off

# Whole endings with what they stood for; then endings after which the spelling of the stem may change.
_REPLACED: Final = (
    ("heden", "heid"), ("ieën", "ie"), ("eeën", "ee"), ("iën", "ie"), ("kjes", "g"), ("kje", "g"),
    ("'tjes", ""), ("'tje", ""), ("'ers", ""), ("'er", ""), ("'en", ""), ("'s", ""), ("iel", "ieel"),
)  # fmt: skip
_CLOSING: Final = ("etjes", "etje", "tjes", "tje", "pjes", "pje", "jes", "je", "eren", "en", "e", "s")
_COMPARED: Final = ("sten", "ste", "st", "eren", "ere", "er")
_PAST: Final = ("den", "ten", "de", "te", "t", "d")
_PARTICIPLES: Final = ("enden", "ende", "end")

# Endings that leave no doubt, even on a word nobody has seen before.
_CERTAIN: Final = (
    ("heden", "heid"), ("ieën", "ie"), ("iteiten", "iteit"), ("ingen", "ing"), ("ties", "tie"), ("isten", "ist"),
    ("'s", ""), ("ische", "isch"), ("elijke", "elijk"), ("iële", "ieel"),
)  # fmt: skip
_NO_PLURAL_S_AFTER: Final = "aious'"  # Clarinval's neighbours: Jezus, Parijs, Charlois keep theirs


def closed(stem: str) -> Iterator[str]:
    """How a stem is written once its ending is off: bomm -> bom, huiz -> huis, mak -> maak."""
    if not stem:
        return
    last, rest = stem[-1], stem[:-1]
    hard = _HARD.get(last, last)
    yield stem
    if rest.endswith(last) and last not in _VOWELS:
        yield rest
    if hard != last:
        yield rest + hard
    if len(stem) > 2 and last not in "aeiouy" and rest[-1] in "aeou" and rest[-2] not in _VOWELS:
        yield rest + rest[-1] + hard


def infinitives(stem: str) -> Iterator[str]:
    """The infinitives a stem may belong to: maak -> maken, stop -> stoppen, leef -> leven, wandel -> wandelen."""
    if len(stem) < 2:
        return
    last, rest = stem[-1], stem[:-1]
    soft = _SOFT.get(last, last)
    if rest[-2:] in ("aa", "ee", "oo", "uu"):
        yield rest[:-1] + soft + "en"
        yield rest[:-1] + last + "en"
    elif rest[-1] in _VOWELS and last not in "aeiouwxj" and rest[-2:-1] not in tuple(_VOWELS):
        yield stem + last + "en"
        yield stem + "en"
    else:
        yield stem + "en"
        yield rest + soft + "en"
        yield stem + "n"


def bases(word: str) -> Iterator[str]:
    """What a noun or an adjective with an ending may be built on."""
    for ending, base in _REPLACED:
        if word.endswith(ending):
            yield word.removesuffix(ending) + base
    for stem in _without(word, _CLOSING):
        yield from closed(stem)
    if word.endswith("en"):
        yield word.removesuffix("n")


def compared(word: str) -> Iterator[str]:
    """What a comparative or superlative may be built on: grootste -> groot, vager -> vaag."""
    return chain.from_iterable(closed(stem) for stem in _without(word, _COMPARED))


def inflected(adjective: str) -> str:
    """An adjective with its -e: groot -> grote, dom -> domme."""
    return next(infinitives(adjective), adjective).removesuffix("n")


def verbs(word: str) -> Iterator[str]:
    """The infinitives a form of a weak verb may belong to: aangelegde -> aanleggen, werkende -> werken."""
    for stem in _without(word, _PARTICIPLES):
        yield stem + "en"
    for stem in _without(word, _PAST):
        for particle in ("", *particles_of(stem)):
            if stem.startswith("ge", len(particle)):
                yield from (particle + verb for verb in infinitives(stem[len(particle) + 2 :]))
    if len(word) > _SHORTEST + 1:
        for stem in (*_without(word, _PAST), word):
            yield from infinitives(stem)


def certain_base(word: str) -> str | None:
    """An unknown word without the ending that leaves no doubt; None when it has no such ending."""
    for ending, base in _CERTAIN:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            return word.removesuffix(ending) + base
    if len(word) >= _SHORTEST + 2 and word.endswith("s") and word[-2] not in _NO_PLURAL_S_AFTER:
        return word.removesuffix("s")
    return None


def _without(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
