"""Strong and irregular verbs, which no ending gives away: boden and aangeboden belong to (aan)bieden."""

from collections.abc import Sequence
from typing import Final

from searchq.analysis.lexicon import Lexicon
from searchq.analysis.wordlists import by_start, one_of_many, words_of

__all__ = ["infinitive_of", "is_strong", "particles_of", "without_particle"]

_FORMS: Final = one_of_many("strong_verbs.txt")
_STRONG: Final = frozenset(_FORMS.values())
# Those that take no -ge- in the participle: begrepen, not be-ge-grepen.
_FIXED: Final = words_of("fixed_particles.txt")

# What a verb may be built on, longest first, so that overeen- is not taken for over-.
_PARTICLES: Final = by_start(words_of("particles.txt"))


def infinitive_of(form: str, lexicon: Lexicon) -> str | None:
    """The infinitive of a form of a strong verb, its particle kept; None for any other word."""
    if form in _FORMS:
        return _FORMS[form]
    for particle in particles_of(form):
        rest = form.removeprefix(particle)
        verb = _FORMS.get(rest) or (_FORMS.get("ge" + rest) if particle in _FIXED else None)
        if verb and lexicon.is_listed(particle + verb):
            is_other = lexicon.is_verb(form) or lexicon.lemma(form) == form  # neither verlagen nor aandacht is a past
            return None if is_other else particle + verb
    return None


def is_strong(infinitive: str) -> bool:
    """Whether an infinitive is in the list of strong verbs, without particle."""
    return infinitive in _STRONG


def without_particle(infinitive: str) -> str:
    """The verb a separable or prefixed verb is built on: aanbieden -> bieden."""
    for particle in particles_of(infinitive):
        if len(infinitive) >= len(particle) + 5:
            return infinitive.removeprefix(particle)
    return infinitive


def particles_of(word: str) -> Sequence[str]:
    """The particles a word begins with, longest first."""
    if word[:2] not in _PARTICLES:
        return ()
    return [particle for particle in _PARTICLES[word[:2]] if word.startswith(particle)]
