"""The endings of Dutch words, and the spelling that changes as they come off: huizen -> huiz -> huis.

Every function returns candidates, likeliest first; the stemmer checks them against the lexicon.
"""

from typing import Final

from searchq.analysis.strong_verbs import particles_of
from searchq.analysis.wordlists import words_of

__all__ = ["bases", "certain_base", "closed", "compared", "infinitives", "inflected", "latinate_infinitives", "verbs"]

_VOWELS: Final = "aeiou"
_HARD: Final = {"v": "f", "z": "s"}  # at the end of a word Dutch writes f and s
_SOFT: Final = {"f": "v", "s": "z"}
_LONG_VOWELS: Final = ("aa", "ee", "oo", "uu")
_SHORT_VOWELS: Final = words_of("short_vowels.txt")  # the words that are bom, not boom, when their ending is off
_MIN_STEM: Final = 3  # letters that must stay when an ending comes off

# Whole endings with what they stood for; then endings after which the spelling of the stem may change.
_REPLACED: Final = (
    ("heden", "heid"), ("ieën", "ie"), ("eeën", "ee"), ("iën", "ie"), ("inkjes", "ing"), ("inkje", "ing"),
    ("'tjes", ""), ("'tje", ""), ("'ers", ""), ("'er", ""), ("'en", ""), ("'s", ""), ("iel", "ieel"),
)  # fmt: skip
_REPLACED_ENDINGS: Final = tuple(ending for ending, _ in _REPLACED)
_OPENING: Final = ("etjes", "etje", "eren", "en", "e")
_ADDED: Final = ("tjes", "tje", "pjes", "pje", "jes", "je", "s")
_COMPARED: Final = ("sten", "ste", "st", "eren", "ere", "er")
_PAST: Final = ("den", "ten", "de", "te", "t", "d")
_WITHOUT_DOTS: Final = {"ë": "e", "ï": "i", "ü": "u", "ö": "o"}  # behind ge-: geïnteresseerd
_PARTICIPLES: Final = ("enden", "ende", "end")

# Unambiguous endings, even on an unknown word.
_CERTAIN: Final = (
    ("heden", "heid"), ("enden", "ende"), ("ieën", "ie"), ("iteiten", "iteit"), ("ingen", "ing"), ("ties", "tie"),
    ("isten", "ist"), ("'s", ""), ("ische", "isch"), ("elijke", "elijk"), ("iële", "ieel"), ("bare", "baar"),
    ("zame", "zaam"), ("loze", "loos"), ("tieve", "tief"), ("rige", "rig"), ("dige", "dig"), ("gerichte", "gericht"),
    ("ndse", "nds"), ("rgse", "rgs"), ("ntse", "nts"), ("mse", "ms"), ("nse", "ns"),
)  # fmt: skip
_LONG_PLURAL: Final = 8  # letters; shorter unknown words in -en are mostly names: Hansen
_NO_PLURAL_EN: Final = ("eren", "elen", "enen", "ieen")  # of verbs
_UNSTRESSED: Final = ("el", "em", "en", "er", "on", "or")
_NO_PLURAL_S_AFTER: Final = "aious'"  # Clarinval's neighbours: Jezus, Parijs, Charlois keep theirs


def closed(stem: str) -> list[str]:
    """Return the spellings of a stem without its ending: bomm -> bom, huiz -> huis, mak -> maak."""
    if not stem:
        return []
    last, rest = stem[-1], stem[:-1]
    hard = rest + _HARD.get(last, last)
    doubled = rest.endswith(last) and last not in _VOWELS
    once = [stem] if hard == stem else [hard, stem]
    short = [rest, stem] if doubled else once
    if not _is_open(stem):
        return short
    long = rest + hard[-2:]
    return [*short, long] if hard in _SHORT_VOWELS else [long, *short]


def _is_open(stem: str) -> bool:
    """Return whether the last vowel of a stem is in an open syllable before its ending: mak(en), not bomm(en)."""
    return len(stem) > 2 and stem[-1] not in "aeiouy" and stem[-2] in "aeou" and stem[-3] not in _VOWELS


def infinitives(stem: str) -> tuple[str, ...]:
    """Return the infinitives a stem may have: maak -> maken, stop -> stoppen, leef -> leven, wandel -> wandelen."""
    if len(stem) < 2:
        return ()
    last, rest = stem[-1], stem[:-1]
    soft = _SOFT.get(last)
    if rest.endswith(_LONG_VOWELS):
        open_ = rest[:-1]
        return (open_ + soft + "en", open_ + last + "en") if soft else (open_ + last + "en",)
    if rest[-1] in _VOWELS and last not in "aeiouwxj" and (len(rest) < 2 or rest[-2] not in _VOWELS):
        return stem + last + "en", stem + "en"
    return (stem + "en", rest + soft + "en", stem + "n") if soft else (stem + "en", stem + "n")


def bases(word: str) -> list[str]:
    """Return the possible bases of a noun or an adjective with an ending."""
    found = []
    if word.endswith(_REPLACED_ENDINGS):
        found += [word.removesuffix(ending) + base for ending, base in _REPLACED if word.endswith(ending)]
    for stem in _without(word, _OPENING):
        found += closed(stem)
    found += _without(word, _ADDED)
    if word.endswith("en"):
        found.append(word.removesuffix("n"))
    return found


def compared(word: str) -> list[str]:
    """Return the possible bases of a comparative or superlative: grootste -> groot, vager -> vaag."""
    return [base for stem in _without(word, _COMPARED) for base in closed(stem)]


def inflected(adjective: str) -> str:
    """Return an adjective with its -e: groot -> grote, dom -> domme."""
    return (infinitives(adjective) or (adjective,))[0].removesuffix("n")


def verbs(word: str) -> list[str]:
    """Return the infinitives a form of a weak verb may belong to: aangelegde -> aanleggen, werkende -> werken."""
    found = [stem + "en" for stem in _without(word, _PARTICIPLES)]
    past = _without(word, _PAST)
    for stem in past:
        for particle in ("", *particles_of(stem)):
            if stem.startswith("ge", len(particle)):
                found += [particle + verb for verb in infinitives(stem[len(particle) + 2 :])]
    if len(word) > _MIN_STEM + 1:
        for stem in (*past, word):
            found += infinitives(stem)
    return found


def latinate_infinitives(word: str) -> tuple[str, ...]:
    """Return the infinitive in -eren that a participle in ge…eerd belongs to: gecontroleerde -> controleren."""
    stem = word.removesuffix("n").removesuffix("e").removesuffix("eerd")
    if not stem.startswith("ge") or not word.startswith(stem + "eerd"):
        return ()
    bare = stem.removeprefix("ge")
    return (_WITHOUT_DOTS.get(bare[:1], bare[:1]) + bare[1:] + "eren",)


def certain_base(word: str) -> str | None:
    """Strip an unambiguous ending from an unknown word; None if it has no such ending."""
    for ending, base in _CERTAIN:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM - 1:
            return word.removesuffix(ending) + base
    if len(word) >= _LONG_PLURAL and word.endswith("en") and not word.endswith(_NO_PLURAL_EN):
        return _spelled(word.removesuffix("en"))
    if len(word) >= _MIN_STEM + 2 and word.endswith("s") and word[-2] not in _NO_PLURAL_S_AFTER:
        return word.removesuffix("s")
    return None


def _spelled(stem: str) -> str:
    """Return the spelling of an unknown stem without its ending."""
    return stem if stem.endswith(_UNSTRESSED) else closed(stem)[0]


def _without(word: str, endings: tuple[str, ...]) -> list[str]:
    """Return a word without each of the endings it has."""
    if not word.endswith(endings):  # nor do most
        return []
    longest = len(word) - _MIN_STEM
    return [word.removesuffix(ending) for ending in endings if len(ending) <= longest and word.endswith(ending)]
