"""The Dutch words known beforehand: forms with their lemmas, from simplemma's dictionary and a list of mass nouns.

Loading takes about a second, so it happens at the first word that needs it: when indexing, never in a search, which
takes the terms of words from the index.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from searchq.analysis.folding import fold
from searchq.analysis.wordlists import words_of

__all__ = ["Lexicon", "dictionary"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known forms, lower-cased, each with its lemma.

    `unmarked` finds a form written without its marks (officiele); `verbs` are infinitives that have conjugated forms;
    `nouns` are the other lemmas that have any form besides themselves.
    """

    lemmas: Mapping[str, str]
    unmarked: Mapping[str, str]
    verbs: Set[str]
    nouns: Set[str]

    def lemma(self, form: str) -> str | None:
        """The lemma of a form, accents forgiven; None when the form is unknown."""
        return self.lemmas.get(form) or self.lemmas.get(self.unmarked.get(fold(form), ""))

    def is_lemma(self, word: str) -> bool:
        """Whether a word is known as a lemma."""
        return self.lemmas.get(word) == word

    def __contains__(self, form: str) -> bool:
        return form in self.lemmas


@cache
def dictionary() -> Lexicon:
    """The shipped dictionary: some 370,000 Dutch forms of 125,000 lemmas."""
    return _lexicon({**dict.fromkeys(words_of("mass_nouns.txt")), **_entries()})


def _entries() -> dict[str, str]:
    """simplemma's forms and lemmas in lower case; where two spellings meet, the one without capitals counts."""
    entries: dict[str, str] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary("nl").items():
        lower = form.lower()
        if lower == form or lower not in entries:
            entries[lower] = lemma.lower().replace("_", "")  # a few lemmas mark the parts of compounds
    return entries


def _lexicon(entries: Mapping[str, str | None]) -> Lexicon:
    """A lexicon of forms with their lemmas; a form without is its own."""
    lemmas = {form: lemma or form for form, lemma in entries.items()}
    verbs = {lemma for form, lemma in lemmas.items() if lemma.endswith("n") and _conjugated(form, lemma)}
    nouns = {lemma for form, lemma in lemmas.items() if form != lemma} - verbs
    return Lexicon(lemmas, {fold(form): form for form in lemmas if not form.isascii()}, verbs, nouns)


def _conjugated(form: str, lemma: str) -> bool:
    """Whether a form shows that its lemma is a verb: wijzend, wijst."""
    return form[:-1] == lemma or (form.endswith("t") and form[:2] == lemma[:2] and len(form) <= len(lemma))
