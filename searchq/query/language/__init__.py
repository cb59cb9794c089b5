"""The query language: what a person types, read to a tree of `whoosh.query`, with hints and never an error.

    jump       a text that is nothing but a question's number
    cleaning   the text made fit for reading
    lexer      text to lexemes                        suffixes   ~ ^ * ?
    grammar    lexemes to syntax, with repairs        syntax     its nodes
    trees      syntax to a tree                       neighbours what words side by side mean together
    words      one word to its terms                  aliases    other ways to write the same
    surfaces   words as they are written              filters    field values that filter
    vocabulary what is asked of an index              remarks    hints on their way

The fields a visitor may name, the values of facets, and ranges of days and numbers stand outside, in
`searchq.query.fields`, `values` and `ranges`, for those who need them without reading a text.
"""

from dataclasses import replace
from typing import Final, NamedTuple

from whoosh.query import ConstantScoreQuery, Every, NullQuery, Term

from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.hints import Hint
from searchq.query.language.cleaning import Cleaned, clean
from searchq.query.language.compile import Trees, trees
from searchq.query.language.exact_queries import Query, any_of
from searchq.query.language.grammar import read
from searchq.query.language.hint_collector import Remarks
from searchq.query.language.lexer import lexemes
from searchq.query.language.plain_words import typed_words
from searchq.query.language.question_number import jump_number
from searchq.query.language.syntax import Node
from searchq.query.language.term_lookup import Lookup, Vocabulary

__all__ = ["ParsedQuery", "Vocabulary", "parse"]


class ParsedQuery(NamedTuple):
    """What a text asks for.

    `relaxed` holds most of the words instead of all: for when `tree` matches nothing; None where that makes no sense.
    `jump` is the number of a question, when the text is nothing else. `words` are its plain words, in order.
    """

    tree: Query
    hints: tuple[Hint, ...] = ()
    jump: str | None = None
    relaxed: Query | None = None
    words: tuple[str, ...] = ()


def parse(text: str, snapshot: Vocabulary) -> ParsedQuery:
    """Read any text whatever; a text without words asks for everything, or, with other signs in it, for nothing."""
    cleaned = clean(text)
    remarks = Remarks()
    if cleaned.cut:
        remarks.say("long-text", len(cleaned.text), len(cleaned.text), limit=MAX_QUERY_CHARACTERS)
    jump = jump_number(cleaned.text)
    asked = jump or cleaned.text
    found = Trees(Every(), None)
    syntax = None
    if asked.strip() not in _EVERYTHING:
        syntax = read(lexemes(asked, remarks), remarks)
        found = _trees(syntax, asked, snapshot, remarks)
    if jump and "/" in jump:  # elsewhere such a number is two words
        found = Trees(any_of([ConstantScoreQuery(Term("number", jump)), found.strict]), None)
    hints = tuple(_as_typed(hint, cleaned) for hint in remarks.hints)
    return ParsedQuery(found.strict, hints, jump, found.relaxed, typed_words(syntax))


_EVERYTHING: Final = frozenset({"", "*", "*:*"})


def _trees(syntax: Node | None, text: str, snapshot: Vocabulary, remarks: Remarks) -> Trees:
    found = Trees(None, None) if syntax is None else trees(syntax, Lookup(snapshot), remarks)
    if found.strict is not None:
        return found
    remarks.say("nothing-to-search", 0, len(text))
    return Trees(NullQuery, None)


def _as_typed(hint: Hint, cleaned: Cleaned) -> Hint:
    """The hint with its place in the text as typed."""
    if hint.start is None or hint.end is None:
        return hint
    start, end = cleaned.span(hint.start, hint.end)
    return replace(hint, start=start, end=end)
