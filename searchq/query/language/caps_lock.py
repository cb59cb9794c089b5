"""Reads operators as words where a whole query was typed in capitals.

TELEWERK EN THUISWERK     three words: who types everything in capitals cannot mean one of them as an operator
OCMW EN RVA               an operator between acronyms, which are always written so
"""

from collections.abc import Iterable, Iterator
from typing import Final

from searchq.analysis.terms import is_listed
from searchq.analysis.tokenizer import words
from searchq.query.language.lexer import Lexeme
from searchq.query.language.synonyms import expansions
from searchq.query.language.term_lookup import TermLookup

__all__ = ["without_caps_lock"]

_ACRONYM: Final = 6  # letters at most, unless it is a known one
_OPERATORS: Final = frozenset({"and", "or", "not", "near"})
_WRITTEN: Final = frozenset({"word", "phrase", "pattern", "fuzzy", "range", "field"})


def without_caps_lock(found: Iterable[Lexeme], index: TermLookup) -> Iterator[Lexeme]:
    """Yield the lexemes of a query, operators as words where all of it is in capitals and not all are acronyms."""
    lexemes = list(found)
    operators = [one for one in lexemes if _is_written_out(one)]
    if operators and _is_shouted(lexemes, index):
        return (one._replace(mark="word", slop=1) if one in operators else one for one in lexemes)
    return iter(lexemes)


def _is_written_out(lexeme: Lexeme) -> bool:
    """Return whether an operator is a word; && and NEAR/5 are never meant as words."""
    return lexeme.mark in _OPERATORS and lexeme.text.isalpha()


def _is_shouted(lexemes: list[Lexeme], index: TermLookup) -> bool:
    """Return whether all words and names of fields are in capitals, and one of the words is no acronym or code."""
    if any(one.text.islower() and one.mark in _WRITTEN for one in lexemes):
        return False  # as in nearly every query
    lettered = [one for one in lexemes if one.mark in _WRITTEN and any(map(str.isalpha, one.text))]
    if not all(one.text.isupper() for one in lettered):
        return False
    texts = (one.text for one in lettered if one.field is None)
    return any(not _is_acronym(word, index) for text in texts for word in words(text))


def _is_acronym(word: str, index: TermLookup) -> bool:
    """Return whether a word may be an acronym or a code, which have capitals anyway."""
    if not word.isalpha() or expansions([word], index):
        return True
    return len(word) <= _ACRONYM and not is_listed(index.reading(word).terms)
