"""Translations of plain words, for the questions that are not told in the language of the query.

    pension        text:pension^0.3, french:pension, or text:pensioen^0.58 where a question has no French text

A question in both languages is found by its words in the language of the query, so that a translation adds none there.
"""

from searchq.query.language.term_lookup import FIELD_OF, TermLookup, TranslatedTerms, Word
from searchq.query.tree import UNTYPED, AllOf, BestOf, Filter, Node, Origin, Term, Without, from_text

__all__ = ["translated_word"]


def translated_word(word: Word, boost: float, index: TermLookup) -> Node | None:
    """Match the translations of a word where a question is not told in its language; None if it has none."""
    found = [_all(one, boost, FIELD_OF[index.other_language]) for one in word.translated]
    if not found:
        return None
    node = found[0] if len(found) == 1 else BestOf(tuple(found))
    told = Term("told_in", index.language)
    return Without(node, Filter(told)) if index.documents(told.text, told.field) else node


def _all(translation: TranslatedTerms, boost: float, field: str) -> Node:
    """Match all words of a translation; together they weigh as much as one."""
    share = boost * translation.probability / len(translation.terms)
    parts = tuple(Term(field, term, share) for term in translation.terms)
    origin = Origin("translation", translation.words, UNTYPED, UNTYPED)
    return from_text(parts[0] if len(parts) == 1 else AllOf(parts), origin)
