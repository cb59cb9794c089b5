"""Strong and irregular verbs, which no ending gives away: boden and aangeboden belong to (aan)bieden."""

from collections import defaultdict
from functools import cache
from typing import Final

from searchq.analysis.lexicon import Lexicon
from searchq.analysis.wordlists import one_of_many, words_of

__all__ = ["PARTICLES", "infinitive_of", "is_strong", "particles_of", "without_particle"]

# What a verb may be built on, longest first, so that overeen- is not taken for over-.
PARTICLES: Final = tuple(sorted(words_of("particles.txt"), key=lambda particle: (-len(particle), particle)))
# Those that take no -ge- in the participle: begrepen, not be-ge-grepen.
_FIXED: Final = words_of("fixed_particles.txt")


def infinitive_of(form: str, lexicon: Lexicon) -> str | None:
    """The infinitive of a form of a strong verb, its particle kept; None for any other word."""
    forms = one_of_many("strong_verbs.txt")
    if form in forms:
        return forms[form]
    if lexicon.is_verb(form) or lexicon.lemma(form) == form:  # neither verlagen nor aandacht is a past
        return None
    for particle in particles_of(form):
        rest = form.removeprefix(particle)
        verb = forms.get(rest) or (forms.get("ge" + rest) if particle in _FIXED else None)
        if verb and particle + verb in lexicon:
            return particle + verb
    return None


def is_strong(infinitive: str) -> bool:
    """Whether an infinitive is in the list of strong verbs, without particle."""
    return infinitive in _strong()


def without_particle(infinitive: str) -> str:
    """The verb a separable or prefixed verb is built on: aanbieden -> bieden."""
    for particle in particles_of(infinitive):
        if len(infinitive) >= len(particle) + 5:
            return infinitive.removeprefix(particle)
    return infinitive


def particles_of(word: str) -> list[str]:
    """The particles a word begins with, longest first."""
    return [particle for particle in _by_start().get(word[:2], ()) if word.startswith(particle)]


@cache
def _by_start() -> dict[str, tuple[str, ...]]:
    """The particles by their first two letters: most words begin with none, and this is asked several times a word."""
    found = defaultdict[str, list[str]](list)
    for particle in PARTICLES:
        found[particle[:2]].append(particle)
    return {start: tuple(particles) for start, particles in found.items()}


@cache
def _strong() -> frozenset[str]:
    return frozenset(one_of_many("strong_verbs.txt").values())
