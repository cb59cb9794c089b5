"""Stems a Dutch word: returns the lemma that all its forms share.

The first of these that knows the word decides:

    name         data/names.txt: a name that is no other word is its own stem: Wetteren is not of wet
    override     data/overrides.txt: what the dictionary gets wrong in the texts of a parliament
    strong verb  data/strong_verbs.txt: (aan)geboden -> (aan)bieden
    dictionary   its lemma, weighed: rather a noun than a verb, rather a word than its diminutive; a verb whose
                 infinitive is the plural of a better known noun counts as that noun: data/plural_verbs.txt
    rule         an ending taken off, when what is left is known: pandaatjes -> panda, gestichte -> stichten
    last part    of a compound nobody listed: holdingmaatschappijen -> holding + maatschappij (a rule too)
    ending       unknown words lose only the endings that leave little doubt: -heden, -'s, of long words -en
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from searchq.analysis.endings import (
    bases,
    certain_base,
    closed,
    compared,
    infinitives,
    inflected,
    latinate_infinitives,
    verbs,
)
from searchq.analysis.lexicon import Lexicon, memoize
from searchq.analysis.names import is_only_name
from searchq.analysis.strong_verbs import infinitive_of, is_strong, particles_of, without_particle
from searchq.analysis.wordlists import one_of_many, words_of

__all__ = ["Stem", "Why", "stem"]

Why = Literal["dictionary", "name", "override", "rule", "unchanged"]

_MIN_FRONT: Final = 3  # letters before the known last part of an unknown word
_MIN_TAIL: Final = 4
_MIN_WORD: Final = 3  # letters that are a word only if they are listed as one
_LONG: Final = 7  # letters of a part that is no chance
_MAX_LENGTH: Final = 64  # letters; what is longer is no word
_ADJECTIVE: Final = ("ische", "lijke", "ige", "bare", "zame")
_FEMININE: Final = ("ster", "in", "es", "rice")

_OVERRIDES: Final = one_of_many("overrides.txt")
_PLURAL_VERBS: Final = words_of("plural_verbs.txt")
_DIMINUTIVES: Final = words_of("diminutives.txt")
_NO_PARTS: Final = words_of("no_parts.txt")
_SHORT_PARTS: Final = words_of("short_parts.txt")


class Stem(NamedTuple):
    """The lemma of a word, not yet folded, and the step that decided it."""

    lemma: str
    why: Why


def stem(word: str, lexicon: Lexicon) -> Stem:
    """Return the stem of a lower-cased word; an unknown word is its own stem."""
    found = lexicon.words.stem(word) if lexicon.words else None
    return Stem(*found) if found else _stem(word, lexicon)  # type: ignore[arg-type]


def _stem(word: str, lexicon: Lexicon) -> Stem:
    if len(word) > _MAX_LENGTH:
        return Stem(word, "unchanged")
    if is_only_name(word):
        return Stem(word, "name")
    if found := _known(word, lexicon):
        settled = found.lemma == word or found.why == "override" or lexicon.is_verb(found.lemma)
        again = None if settled else _known(found.lemma, lexicon)  # verdachten, verdachte, verdenken
        return Stem(again.lemma, found.why) if again else found
    base = _by_last_part(word, lexicon) or _spelled(word, lexicon)
    if not base:
        return Stem(word, "unchanged")
    return Stem(stem(base, lexicon).lemma if len(base) < len(word) else base, "rule")  # toeristes, toeriste, toerist


def _known(word: str, lexicon: Lexicon) -> Stem | None:
    """Return the stem by override, strong verb, dictionary or rule."""
    if lemma := _OVERRIDES.get(word):
        return Stem(lemma, "override")
    if lemma := _looked_up(word, lexicon):
        return Stem(lemma, "dictionary")
    for base in bases(word):
        lemma = _OVERRIDES.get(base) or _looked_up(base, lexicon)
        if lemma and (base.endswith("en") or not infinitive_of(base, lexicon)):  # gaffe is not of gaf
            return Stem(lemma, "rule")
    for base in compared(word):
        if lexicon.lemma(base) == base == lexicon.lemma(inflected(base)):
            return Stem(base, "rule")
    for verb in verbs(word):
        if lexicon.is_verb(verb):
            return Stem(_noun_of(verb, lexicon), "rule")
    return None


def _by_last_part(word: str, lexicon: Lexicon) -> str | None:
    """An unknown word with its longest known last part brought to its stem.

    Short parts may be chance: one of the two must be long, or the first one known. A verb needs a particle before it.
    """
    is_listed = lexicon.is_listed
    for cut in range(_MIN_FRONT, len(word) - _MIN_TAIL + 1):
        tail = word[cut:]
        if not is_listed(tail) or tail in _NO_PARTS:
            continue
        front = word[:cut]
        if len(tail) < _LONG and len(front) < _LONG and not _is_word(front, lexicon):
            continue
        lemma = _as_last_part(tail, lexicon)
        if lemma and (front in particles_of(front) or not lexicon.is_verb(lemma)):
            return front + lemma
    return None


def _spelled(word: str, lexicon: Lexicon) -> str | None:
    """An unknown word without its ending, unless that belongs to a word within it: vossenbes, privéleven."""
    base = certain_base(word)
    if base is None:
        return None
    for cut in range(_MIN_FRONT, len(word) - _MIN_WORD + 1):
        tail = word[cut:]
        whole = lexicon.lemma(tail) == tail if len(tail) > _MIN_WORD else tail in _SHORT_PARTS
        if whole and _is_word(word[:cut], lexicon):
            return None
    return base


def _is_word(front: str, lexicon: Lexicon) -> bool:
    """Whether what stands before a last part is a word, a linking -s- behind it or not."""
    return lexicon.is_listed(front) or lexicon.is_listed(front.removesuffix("s"))


@memoize
def _as_last_part(tail: str, lexicon: Lexicon) -> str | None:
    """The stem of the last part of a compound, which is a noun if it can be one: velden is of veld, not of vellen."""
    found = _known(tail, lexicon)
    if found and lexicon.is_verb(found.lemma) and _OVERRIDES.get(tail + "s") != found.lemma:  # wagen is not of waag
        return _noun_written_as(tail, lexicon) or found.lemma
    return found.lemma if found else None


def _looked_up(form: str, lexicon: Lexicon) -> str | None:
    """The lemma of a form by the strong verbs and the dictionary, weighed."""
    if strong := infinitive_of(form, lexicon):
        return _noun_of_past(form, strong, lexicon) or _noun_of(strong, lexicon)
    lemma = lexicon.lemma(form) or lexicon.unmarked_lemma(form)
    if lemma is None or lemma == form.removesuffix("e"):
        lemma = next(filter(lexicon.is_verb, latinate_infinitives(form)), lemma)  # gecontroleerd, listed as its own
    if lemma is None or not lexicon.is_listed(lemma):  # a lemma that is no word: raadvergadering for raadsvergaderingen
        return None
    return _weighed(form, lemma, lexicon)


def _noun_of_past(form: str, verb: str, lexicon: Lexicon) -> str | None:
    """The noun whose plural is written as the past of a verb with a particle (afspraken, bevingen); not aangeboden."""
    particle = verb.removesuffix(without_particle(verb))
    if not particle or form.startswith(particle + "ge"):
        return None
    listed = lexicon.lemma(form)
    return listed if listed and lexicon.is_noun(listed) else _plural_of(form, lexicon)


def _weighed(form: str, lemma: str, lexicon: Lexicon) -> str:
    """The likeliest lemma: the dictionary may give an odd reading, or a lemma that has a lemma of its own."""
    if strong := infinitive_of(lemma, lexicon):
        return _noun_of(strong, lexicon)
    if form.endswith(_ADJECTIVE) and lexicon.lemma(form[:-1]) == form[:-1]:  # belgische is not of belg
        return form[:-1]
    lemma = _noun_rather(form, lemma, lexicon)
    if form == lemma + "n" and lemma.endswith("e"):  # vissen are of vis, not of visse
        base = next((base for base in closed(lemma[:-1]) if lexicon.is_noun(base)), None)
        lemma = base or _first_lemma(closed(lemma[:-1]), lexicon) or lemma
    lemma = _made_from(lemma, lexicon)
    further = lexicon.lemma(lemma) or lemma
    if further != lemma and lexicon.lemma(further) in (further, lemma) and not lexicon.is_verb(lemma):
        lemma = _noun_rather(lemma, further, lexicon)
    return _noun_of(lemma, lexicon)


def _noun_rather(form: str, lemma: str, lexicon: Lexicon) -> str:
    """The noun where a form may be a noun's or a verb's, a man's or a woman's: cijfer, velden, kelner, boerin."""
    if form == lemma:
        return lemma
    if lexicon.is_verb(lemma):
        if lexicon.is_noun(form) and lemma in infinitives(form) and not is_strong(lemma):
            return form
        return _plural_of(form, lexicon) or _adjective_of(form, lexicon) or lemma
    own = lexicon.is_noun(form) and (len(lemma) >= len(form) or (form.endswith(_FEMININE) and form != lemma + "s"))
    return form if own else lemma


def _plural_of(form: str, lexicon: Lexicon) -> str | None:
    """The noun of which a form in -en can be the plural."""
    return _first_lemma(closed(form[:-2]), lexicon) if form.endswith("en") else None


def _adjective_of(form: str, lexicon: Lexicon) -> str | None:
    """The adjective of which a form in -e can be the inflected form, unless it looks like the past of a verb."""
    inflects = form.endswith("e") and not form.endswith(("de", "te"))
    return _first_lemma(closed(form[:-1]), lexicon) if inflects else None


def _made_from(lemma: str, lexicon: Lexicon) -> str:
    """A diminutive's noun, a present participle's verb."""
    if lemma.endswith(("end", "ende")):
        verb = lemma.removesuffix("e").removesuffix("d")
        return _noun_of(verb, lexicon) if lexicon.is_verb(verb) else lemma
    if lemma.endswith("je") and lemma not in _DIMINUTIVES:
        return next((known for base in bases(lemma) if (known := lexicon.lemma(base))), lemma)
    return lemma


def _noun_of(lemma: str, lexicon: Lexicon) -> str:
    """The noun beside a verb that is written as its plural and less known (dansen: dans), or an override."""
    if lemma in _OVERRIDES:
        return _OVERRIDES[lemma]
    return (lemma in _PLURAL_VERBS and _noun_written_as(lemma, lexicon)) or lemma


def _noun_written_as(form: str, lexicon: Lexicon) -> str | None:
    """The noun whose plural a form in -en can be, be it listed under a verb."""
    if not form.endswith("en"):
        return None
    return next((base for base in closed(form[:-2]) if lexicon.lemma(base) == base or lexicon.is_noun(base)), None)


def _first_lemma(candidates: Iterable[str], lexicon: Lexicon) -> str | None:
    return next((word for word in candidates if lexicon.lemma(word) == word), None)
