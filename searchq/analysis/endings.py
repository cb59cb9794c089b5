"""The endings of Dutch words, and the spelling that changes as they come off: huizen -> huiz -> huis.

Every function gives candidates, the likeliest first; which of them is a word, the lexicon knows (see stemmer).
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from searchq.analysis.strong_verbs import particles_of
from searchq.analysis.wordlists import words_of

__all__ = ["bases", "certain_base", "closed", "compared", "infinitives", "inflected", "verbs"]

_VOWELS: Final = "aeiou"
_HARD: Final = {"v": "f", "z": "s"}  # at the end of a word Dutch writes f and s
_SOFT: Final = {"f": "v", "s": "z"}
_SHORTEST: Final = 3  # letters that must stay when an ending comes off

# Whole endings with what they stood for; then endings after which the spelling of the stem may change.
_REPLACED: Final = (
    ("heden", "heid"), ("ieën", "ie"), ("eeën", "ee"), ("iën", "ie"), ("inkjes", "ing"), ("inkje", "ing"),
    ("'tjes", ""), ("'tje", ""), ("'ers", ""), ("'er", ""), ("'en", ""), ("'s", ""), ("iel", "ieel"),
)  # fmt: skip
_OPENING: Final = ("etjes", "etje", "eren", "en", "e")
_ADDED: Final = ("tjes", "tje", "pjes", "pje", "jes", "je", "s")
_COMPARED: Final = ("sten", "ste", "st", "eren", "ere", "er")
_PAST: Final = ("den", "ten", "de", "te", "t", "d")
_PARTICIPLES: Final = ("enden", "ende", "end")

# Endings that leave no doubt, even on a word nobody has seen before.
_CERTAIN: Final = (
    ("heden", "heid"), ("ieën", "ie"), ("iteiten", "iteit"), ("ingen", "ing"), ("ties", "tie"), ("isten", "ist"),
    ("'s", ""), ("ische", "isch"), ("elijke", "elijk"), ("iële", "ieel"),
)  # fmt: skip
_LONG_PLURAL: Final = 8  # letters; shorter unknown words in -en are mostly names: Hansen
_NO_PLURAL_EN: Final = ("eren", "elen", "enen", "ieen")  # of verbs
_UNSTRESSED: Final = ("el", "em", "en", "er", "on", "or")
_NO_PLURAL_S_AFTER: Final = "aious'"  # Clarinval's neighbours: Jezus, Parijs, Charlois keep theirs


def closed(stem: str) -> Iterator[str]:
    """How a stem is written once its ending is off: bomm -> bom, huiz -> huis, mak -> maak."""
    if not stem:
        return
    last, rest = stem[-1], stem[:-1]
    hard = rest + _HARD.get(last, last)
    doubled = rest.endswith(last) and last not in _VOWELS
    short = [rest, stem] if doubled else list(dict.fromkeys((hard, stem)))
    long = [rest + hard[-2:]] if _is_open(stem) else []
    yield from short + long if hard in words_of("short_vowels.txt") else long + short


def _is_open(stem: str) -> bool:
    """Whether the last vowel of a stem stood in an open syllable when its ending was on: mak(en), not bomm(en)."""
    return len(stem) > 2 and stem[-1] not in "aeiouy" and stem[-2] in "aeou" and stem[-3] not in _VOWELS


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
    for stem in _without(word, _OPENING):
        yield from closed(stem)
    yield from _without(word, _ADDED)
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
    if len(word) >= _LONG_PLURAL and word.endswith("en") and not word.endswith(_NO_PLURAL_EN):
        return _spelled(word.removesuffix("en"))
    if len(word) >= _SHORTEST + 2 and word.endswith("s") and word[-2] not in _NO_PLURAL_S_AFTER:
        return word.removesuffix("s")
    return None


def _spelled(stem: str) -> str:
    """How a stem nobody knows is written once its ending is off, by spelling alone."""
    return stem if stem.endswith(_UNSTRESSED) else next(closed(stem))


def _without(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
