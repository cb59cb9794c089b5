"""The query language: parses any text to a query tree, with hints, never with an error.

    cleaning         normalises the text
    lexer            text to lexemes                   operators, suffixes   its tables and rules
    caps_lock        operators that are words          syntax                the nodes of
    grammar          lexemes to syntax, with repairs
    clauses          what of it to search for
    compile          syntax to a query tree            conjunction           all of its parts, or most
    word_queries     one word to its terms             synonyms              other ways to write the same
    exact_queries    words as written                  filters               field values that filter
    term_lookup      looks up terms and values         hint_collector        collects hints

The tree itself is `searchq.query.tree`; the index lookups it needs are in `searchq.query.terms`. Field names, facet
values, and ranges of days and numbers are in `searchq.query.fields`, `values` and `ranges`, which can be used without
the parser.
"""

import datetime as dt
from typing import Final

from msgspec.structs import replace

from searchq.analysis.broken_words import with_known_joined
from searchq.analysis.sentences import manner_of
from searchq.analysis.stop_words import language_of
from searchq.analysis.tokenizer import tokens, words
from searchq.analysis.typography import with_words_joined
from searchq.called import bare_serial, called_name, jump_number
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.hints import Hint
from searchq.query.language.caps_lock import without_caps_lock
from searchq.query.language.clauses import settled
from searchq.query.language.cleaning import Cleaned, clean
from searchq.query.language.compile import Compiled, compile_syntax
from searchq.query.language.grammar import read
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.lexer import lexemes
from searchq.query.language.term_lookup import TermLookup
from searchq.query.parsed import ParsedQuery
from searchq.query.terms import Terms, TermSource
from searchq.query.tree import Everything, Filter, Nothing, Term, any_of

__all__ = ["parse"]


def parse(text: str, source: TermSource, today: dt.date | None = None, *, translate: bool = True) -> ParsedQuery:
    """Parse any text; a blank text matches everything, a text of only punctuation nothing.

    Without `today`, days told from it (`gisteren`) cannot be read. With `translate` plain words are also
    sought in the other language, where questions lack that of the query.
    """
    cleaned, hints = clean(_in_whole_words(text, source)), HintCollector()
    if cleaned.cut:
        hints.add("long-text", len(cleaned.text), len(cleaned.text), limit=MAX_QUERY_CHARACTERS)
    name = called_name(cleaned.text)
    if name is not None and source.document_frequency("called", name):
        return ParsedQuery(Filter(Term("called", name)), named=True)
    jump, serial = jump_number(cleaned.text), bare_serial(text)
    asked = cleaned if jump is None else cleaned.read_as(jump)
    typed = tuple(tokens(text[:MAX_QUERY_CHARACTERS]))
    spoken = words(asked.text)
    index = TermLookup(source, language_of(spoken), today, translate)
    if asked.text.strip() in _EVERYTHING:
        found = Compiled(Everything())
    else:
        manner = manner_of(spoken, asked.text, index.language)
        syntax = read(without_caps_lock(lexemes(asked.text, hints), index), hints)
        found = compile_syntax(settled(syntax, index, hints, manner), index, hints, asked, manner)
    tree = Nothing() if found.strict is None else found.strict
    if jump and "/" in jump:  # elsewhere such a number is two words
        tree, found = any_of([Filter(Term("number", jump)), tree]), Compiled(tree)
    placed = tuple(_as_typed(hint, cleaned) for hint in hints.hints)
    return ParsedQuery(
        tree,
        placed,
        jump,
        found.relaxed,
        found.loosest,
        translations=index.translations,
        language=index.language,
        serial=serial,
        tokens=typed,
    )


def _in_whole_words(text: str, source: TermSource) -> str:
    """Return the text, as long, with broken words in one piece."""
    head, rest = text[:MAX_QUERY_CHARACTERS], text[MAX_QUERY_CHARACTERS:]
    return with_known_joined(with_words_joined(head), lambda word: _read(word, source)) + rest


def _read(word: str, source: TermSource) -> Terms:
    return (source.held(word) or source.analyzed(word)).terms


_EVERYTHING: Final = frozenset({"", "*", "*:*"})


def _as_typed(hint: Hint, cleaned: Cleaned) -> Hint:
    """Move the hint to its place in the text as typed."""
    if hint.start is None or hint.end is None:
        return hint
    start, end = cleaned.span(hint.start, hint.end)
    return replace(hint, start=start, end=end)
