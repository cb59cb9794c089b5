"""The query language: reads what a person types to a query tree, with hints and never an error.

    question_number  a text that is nothing but a question's number
    cleaning         the text made fit for reading
    lexer            text to lexemes                   operators, suffixes   what it knows
    grammar          lexemes to syntax, with repairs   syntax                its nodes
    compile          syntax to a query tree            clauses               what words side by side mean together
    word_queries     one word to its terms             synonyms              other ways to write the same
    exact_queries    words as they are written         filters               field values that filter
    term_lookup      looks up terms and values         hint_collector        collects hints

The tree itself is `searchq.query.tree`; what the language asks of an index is `searchq.query.terms`. The fields a
visitor may name, the values of facets, and ranges of days and numbers are in `searchq.query.fields`, `values` and
`ranges`, for those who need them without reading a text.
"""

from dataclasses import replace
from typing import Final

from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.hints import Hint
from searchq.query.language.cleaning import Cleaned, clean
from searchq.query.language.compile import Compiled, compile_syntax
from searchq.query.language.grammar import read
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.lexer import lexemes
from searchq.query.language.question_number import jump_number
from searchq.query.language.term_lookup import TermLookup
from searchq.query.terms import TermSource
from searchq.query.tree import Everything, Filter, Nothing, ParsedQuery, Term, any_of

__all__ = ["parse"]


def parse(text: str, source: TermSource) -> ParsedQuery:
    """Read any text whatever; a text without words asks for everything, or, with other signs in it, for nothing."""
    cleaned, hints = clean(text), HintCollector()
    if cleaned.cut:
        hints.add("long-text", len(cleaned.text), len(cleaned.text), limit=MAX_QUERY_CHARACTERS)
    jump = jump_number(cleaned.text)
    found = _compiled(cleaned if jump is None else cleaned.read_as(jump), source, hints)
    tree = Nothing() if found.strict is None else found.strict
    if jump and "/" in jump:  # elsewhere such a number is two words
        tree = any_of([Filter(Term("number", jump)), tree])
        found = Compiled(tree, None)
    return ParsedQuery(tree, tuple(_as_typed(hint, cleaned) for hint in hints.hints), jump, found.relaxed)


_EVERYTHING: Final = frozenset({"", "*", "*:*"})


def _compiled(cleaned: Cleaned, source: TermSource, hints: HintCollector) -> Compiled:
    """The trees of a text; hints say so where there is nothing to search for."""
    if cleaned.text.strip() in _EVERYTHING:
        return Compiled(Everything(), None)
    syntax = read(lexemes(cleaned.text, hints), hints)
    found = Compiled(None, None) if syntax is None else compile_syntax(syntax, TermLookup(source), hints, cleaned)
    if found.strict is None:
        hints.add("nothing-to-search", 0, len(cleaned.text))
        return Compiled(None, None)
    return found


def _as_typed(hint: Hint, cleaned: Cleaned) -> Hint:
    """The hint with its place in the text as typed."""
    if hint.start is None or hint.end is None:
        return hint
    start, end = cleaned.span(hint.start, hint.end)
    return replace(hint, start=start, end=end)
