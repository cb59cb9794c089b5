"""The Dutch words known beforehand: forms with their lemmas, from simplemma's dictionary.

Loading takes half a second, so it happens at the first word that needs it: when indexing, never in a search, which
takes its stems from the index.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from searchq.analysis.folding import fold

__all__ = ["Lexicon", "dictionary"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known forms, lower-cased, each with its lemma; `unmarked` finds a form written without its marks."""

    lemmas: Mapping[str, str]
    unmarked: Mapping[str, str]
    verbs: Set[str]
    nouns: Set[str]

    def lemma(self, form: str) -> str | None:
        """The lemma of a form, accents forgiven; None when the form is unknown."""
        return self.lemmas.get(form) or self.lemmas.get(self.unmarked.get(fold(form), ""))

    def __contains__(self, form: str) -> bool:
        return form in self.lemmas


@cache
def dictionary() -> Lexicon:
    """The shipped dictionary: some 370,000 Dutch forms."""
    entries = DefaultDictionaryFactory().get_dictionary("nl")
    lemmas: dict[str, str] = {}
    for form, lemma in entries.items():
        lower = form.lower()
        if lower == form or lower not in lemmas:
            lemmas[lower] = lemma.lower().replace("_", "")
    unmarked = {fold(form): form for form in lemmas if not form.isascii()}
    verbs = {lemma for form, lemma in lemmas.items() if lemma.endswith("n") and _conjugated(form, lemma)}
    nouns = {lemma for form, lemma in lemmas.items() if form != lemma} - verbs
    return Lexicon(lemmas, unmarked, verbs, nouns)


def _conjugated(form: str, lemma: str) -> bool:
    """Whether a form shows that its lemma is a verb: wijzend, wijst, wees."""
    return form[:-1] == lemma or (form.endswith("t") and form[:2] == lemma[:2] and len(form) <= len(lemma))
