"""A Dutch word to its stem: the lemma that all its forms share.

In this order, and the first that knows the word decides:

    override     data/overrides.txt: what the dictionary gets wrong in the texts of a parliament
    strong verb  data/strong_verbs.txt: (aan)geboden -> (aan)bieden
    dictionary   the lemma, followed to its end: stegen -> steeg -> stijgen, vormde -> vormen -> vorm
    rule         an ending taken off, when what is left is a known word: gestichte -> stichten, pandaatjes -> panda
    compound     the last part is a known word: holdingmaatschappijen -> holding + maatschappij
    ending       unknown words lose only the endings that leave no doubt: -heden, -ingen, -aties, -'s
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from searchq.analysis.lexicon import Lexicon
from searchq.analysis.wordlists import one_of_many, pairs, words_of

__all__ = ["Stem", "stem"]

Why = Literal["override", "dictionary", "rule", "compound", "unchanged"]


class Stem(NamedTuple):
    """The lemma a word is counted under, not yet folded, and what decided it."""

    lemma: str
    why: Why


def stem(word: str, lexicon: Lexicon) -> Stem:
    """The stem of a lower-cased word; a word nothing is known about is its own."""
    found = _known(word, lexicon)
    if found:
        return found
    if tail := _tail(word, lexicon):
        return tail
    if ending := _certain_ending(word):
        return Stem(ending, "rule")
    return Stem(word, "unchanged")


def _known(word: str, lexicon: Lexicon) -> Stem | None:
    """The stem by override, strong verb, dictionary or rule."""
    if lemma := pairs("overrides.txt").get(word):
        return Stem(lemma, "override")
    if lemma := _strong(word, lexicon):
        return Stem(_joined_noun(lemma, lexicon), "dictionary")
    if lemma := lexicon.lemma(word):
        return Stem(_settled(word, lemma, lexicon), "dictionary")
    for base in _bases(word):
        if (lemma := _strong(base, lexicon) or lexicon.lemma(base)) is not None:
            return Stem(_settled(base, lemma, lexicon), "rule")
    for base in _compared(word):
        if lexicon.lemmas.get(base) == base and lexicon.lemmas.get(_inflected(base)) == base:
            return Stem(base, "rule")
    for verb in (*_participles(word), *_finite(word)):
        if verb in lexicon.verbs:
            return Stem(_joined_noun(verb, lexicon), "rule")
    return None


# --- the dictionary's lemma, followed to its end


def _settled(form: str, lemma: str, lexicon: Lexicon) -> str:
    """What the dictionary says, weighed: its lemma may be an odd reading of the form, or have a lemma of its own."""
    if strong := _strong(lemma, lexicon):
        return _joined_noun(strong, lexicon)
    lemma = _noun_first(form, lemma, lexicon)
    if form == lemma + "n" and lemma.endswith("e"):  # vissen is of vis, not of visse
        lemma = next((base for base in _closed(lemma[:-1]) if lexicon.lemmas.get(base) == base), lemma)
    lemma = _plain(lemma, lexicon)
    further = lexicon.lemmas.get(lemma, lemma)
    if further != lemma and lexicon.lemmas.get(further) == further and lemma not in lexicon.verbs:
        lemma = _noun_first(lemma, further, lexicon)
    return _joined_noun(lemma, lexicon)


def _noun_first(form: str, lemma: str, lexicon: Lexicon) -> str:
    """The noun where a form may be a noun's or a verb's, or a man's and a woman's: cijfer, velden, kelner, boerin."""
    if form == lemma:
        return lemma
    if lemma in lexicon.verbs:
        if form in lexicon.nouns and lemma in _infinitive(form) and lemma not in _strong_verbs():
            return form
        if form.endswith("en"):
            return next((base for base in _closed(form[:-2]) if lexicon.lemmas.get(base) == base), lemma)
        return lemma
    if form in lexicon.nouns and (lemma.startswith(form) or form.endswith(_FEMININE)):
        return form
    return lemma


_FEMININE: Final = ("ster", "in", "es", "rice")


def _plain(lemma: str, lexicon: Lexicon) -> str:
    """A lemma that is a diminutive or a present participle, as the word it is made from."""
    for ending, bases in _MADE_FROM:
        if lemma.endswith(ending) and lemma not in words_of("diminutives.txt"):
            known = lexicon.verbs if ending.startswith("end") else lexicon
            for base in bases(lemma.removesuffix(ending)):
                if base in known:
                    return lexicon.lemma(base) or base
    return lemma


def _joined_noun(lemma: str, lexicon: Lexicon) -> str:
    """The noun for a verb that looks like the noun's plural (vormen: vorm), unless they are homographs."""
    if not lemma.endswith("en") or _simple(lemma) in words_of("homographs.txt"):
        return lemma
    noun = lexicon.lemmas.get(lemma, lemma)
    if noun != lemma and lemma.startswith(noun[:2]) and len(noun) < len(lemma):
        return noun
    if NV and lemma in lexicon.verbs and lemma not in _strong_verbs():
        return next((base for base in _closed(lemma[:-2]) if (base in lexicon.nouns or NV==2) and lexicon.lemmas.get(base) in (base,lemma)), lemma)
    return lemma

import os
NV=int(os.environ.get("NV","1"))


def _simple(verb: str) -> str:
    for prefix in _PARTICLES:
        if verb.startswith(prefix) and len(verb) - len(prefix) > 4:
            return verb[len(prefix) :]
    return verb


# --- strong verbs


_PARTICLES: Final = tuple(
    sorted(
        """aan achter achterna achteruit af be beet bij bijeen binnen bloot boven deel dicht door dood door er er ge gade
        gelijk goed groot her herin in ineen kapot klaar kwijt langs leeg los mede mee mis na nabij neer om omhoog omlaag
        omver on ont op opeen open over overeen plaats rond samen stil stop stuk tegemoet tegen teleur teniet terecht
        terug tevreden toe tussen uit uiteen vast ver vol voor vooraf voorbij voort vooruit vrij waar weer weg wel
        tekort""".split(),
        key=len,
        reverse=True,
    )
)


@cache
def _strong_forms() -> dict[str, str]:
    return one_of_many("strong_verbs.txt")


@cache
def _strong_verbs() -> frozenset[str]:
    return frozenset(_strong_forms().values())


def _strong(word: str, lexicon: Lexicon) -> str | None:
    """The infinitive of a form of a strong verb, with its particle: aangeboden -> aanbieden."""
    forms = _strong_forms()
    if word in forms:
        return forms[word]
    for particle in _PARTICLES:
        if word.startswith(particle):
            rest = word[len(particle) :]
            for form in (rest, "ge" + rest):
                verb = forms.get(form)
                if verb and (particle + verb) in lexicon and (form == rest or particle in _INSEPARABLE):
                    nouns = _closed(word[:-2]) if word.endswith("en") and not rest.startswith("ge") else ()
                    return next((noun for noun in nouns if lexicon.lemmas.get(noun) == noun), particle + verb)
    return None


_INSEPARABLE: Final = frozenset({"be", "ver", "ont", "her", "over", "onder", "voor", "door", "om", "mis", "ge"})


# --- rules


def _closed(base: str) -> Iterator[str]:
    """The spellings of a stem once its ending is off: huiz -> huis, mak -> maak, bomm -> bom, ide -> idee."""
    if not base:
        return
    last, rest = base[-1], base[:-1]
    yield base
    if rest.endswith(last) and last not in "aeiou":
        yield rest
    hard = {"v": "f", "z": "s"}.get(last, last)
    if hard != last:
        yield rest + hard
    if len(base) > 2 and last not in "aeiouy" and rest[-1] in "aeou" and rest[-2] not in "aeiou":
        yield rest + rest[-1] + hard


def _infinitive(base: str) -> Iterator[str]:
    """The infinitives a verb's stem can belong to: maak -> maken, stop -> stoppen, leef -> leven, wandel -> wandelen."""
    if len(base) < 2:
        return
    last, rest = base[-1], base[:-1]
    soft = {"f": "v", "s": "z"}.get(last, last)
    if rest[-2:] in ("aa", "ee", "oo", "uu"):
        yield rest[:-1] + soft + "en"
        yield rest[:-1] + last + "en"
    elif rest[-1] in "aeiou" and last not in "aeiouwxj" and rest[-2:-1] not in tuple("aeiou"):
        yield base + last + "en"
        yield base + "en"
    else:
        yield base + "en"
        yield rest + soft + "en"
        yield base + "n"


def _of_infinitive(base: str) -> Iterator[str]:
    yield base


_MADE_FROM: Final = (
    ("etje", _closed),
    ("tje", _closed),
    ("pje", _closed),
    ("je", _closed),
    ("end", lambda base: (base + "en",)),
    ("ende", lambda base: (base + "en",)),
)

# Endings of forms, longest first, and what the form may come from.
_NOUN_ENDINGS: Final = (
    ("'tjes", ""), ("'tje", ""), ("heden", "heid"), ("ieën", "ie"), ("eeën", "ee"), ("iën", "ie"),
    ("kjes", "g"), ("kje", "g"), ("'s", ""), ("'en", ""), ("'er", ""), ("'ers", ""), ("’s", ""),
)  # fmt: skip
_CLOSING: Final = ("etjes", "etje", "tjes", "tje", "pjes", "pje", "jes", "je", "eren", "en", "e", "s", "n")
_COMPARED: Final = ("sten", "ste", "st", "ere", "er", "eren")


def _bases(word: str) -> Iterator[str]:
    """Every form a noun or adjective may be built on, the likeliest first."""
    for ending, base in _NOUN_ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + base
    for ending in _CLOSING:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield from _closed(word.removesuffix(ending))
    if word.endswith("iel"):  # officiel, potentiel: as the French write them
        yield word[:-1] + "el"


def _compared(word: str) -> Iterator[str]:
    for ending in _COMPARED:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield from _closed(word.removesuffix(ending))


def _inflected(adjective: str) -> str:
    """The adjective with -e: groot -> grote, vast -> vaste."""
    return next(_infinitive(adjective)).removesuffix("n")


def _participles(word: str) -> Iterator[str]:
    for ending in ("enden", "ende", "end"):
        if word.endswith(ending):
            yield word.removesuffix(ending) + "en"
    for ending in ("den", "ten", "de", "te", "d", "t"):
        if word.endswith(ending):
            base = word.removesuffix(ending)
            for particle in ("", *_PARTICLES):
                if base.startswith(particle + "ge"):
                    for verb in _infinitive(base[len(particle) + 2 :]):
                        yield particle + verb
            break


def _finite(word: str) -> Iterator[str]:
    for ending in ("den", "ten", "de", "te", "t", "d", ""):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield from _infinitive(word.removesuffix(ending))


# --- words that no dictionary holds


_SHORTEST_TAIL: Final = 4
_SHORTEST_FRONT: Final = 3


def _tail(word: str, lexicon: Lexicon) -> Stem | None:
    """The word with its last part, if that is a known word, brought to its stem."""
    for cut in range(_SHORTEST_FRONT, len(word) - _SHORTEST_TAIL + 1):
        front, tail = word[:cut], word[cut:]
        if tail in lexicon and tail not in words_of("no_parts.txt"):
            found = _known(tail, lexicon)
            for base in _closed(tail[:-2]) if tail.endswith("en") and found and found.lemma in lexicon.verbs else ():
                if lexicon.lemmas.get(base) == base:
                    return Stem(front + base, "compound")
            if found:
                return Stem(front + found.lemma, "compound")
    return None


_CERTAIN: Final = (
    ("heden", "heid"), ("ieën", "ie"), ("iteiten", "iteit"), ("ingen", "ing"), ("aties", "atie"), ("ties", "tie"),
    ("isten", "ist"), ("'s", ""), ("ische", "isch"), ("elijke", "elijk"), ("ieel", "ieel"), ("iële", "ieel"),
)  # fmt: skip


def _certain_ending(word: str) -> str | None:
    for ending, base in _CERTAIN:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word.removesuffix(ending) + base
    if len(word) >= 5 and word.endswith("s") and word[-2] not in "aious'":
        return word[:-1]
    return None
