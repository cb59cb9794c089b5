"""Splits text into lexemes: words, quotes, brackets, operators and field names, each with its place.

Every step reads on from its place, so the time is linear in the text.

    -titel:("sociale media"~2 OF facebok~)^2
    | |    ||                 |  |       └ close, boost 2
    | |    ||                 |  └ fuzzy facebok
    | |    ||                 └ or
    | |    |└ phrase sociale media, slop 2
    | |    └ open
    | └ field title
    └ not
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from searchq.lazy_regex import lazy
from searchq.query.fields import Field, field_named, nearest_name
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.operators import NEAR, OPERATORS, RANGE, SIGNS
from searchq.query.language.suffixes import distance, suffix, word_shape
from searchq.query.ranges import AFTER_FIELD

__all__ = ["Lexeme", "Mark", "lexemes"]

Mark = Literal[
    "word", "phrase", "pattern", "fuzzy", "range", "open", "close", "and", "or", "not", "wanted", "near", "field"
]


class Lexeme(NamedTuple):
    """One lexeme of a query; its mark determines which of the later attributes apply."""

    mark: Mark
    text: str
    start: int
    end: int
    slop: int = 1  # phrase, near: distance in words
    boost: float = 1.0  # word, phrase, pattern, fuzzy, close
    field: Field | None = None
    inner: tuple[int, int] | None = None  # phrase: the text between its quotes


def lexemes(text: str, hints: HintCollector) -> Iterator[Lexeme]:
    """Yield the lexemes of a cleaned text in order; skip what cannot be read, with a hint."""
    place = 0
    field: Field | None = None  # the field whose value comes next
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        lexeme, place = _next(text, place, field, hints)
        if lexeme is not None:
            field = lexeme.field
            yield lexeme


def _next(text: str, place: int, field: Field | None, hints: HintCollector) -> "_Read":
    """Return the lexeme that begins here, or None if it has no meaning; and the place to continue."""
    readers = _READERS
    if field is not None and (field.kind in _SPREADING or field.target in _TOLD_IN_DAYS):
        readers = (_SPREAD_READER, *_READERS)
    elif text[place].isalpha():
        readers = _LETTER_READERS
    for pattern, read in readers:
        if found := pattern.match(text, place):
            return read(found, field, hints)
    return None, place + 1


_DOUBLE: Final = '"“”„‟«»〝〞〟″'
_QUOTES: Final = lazy(f"[{_DOUBLE}]++")
_SINGLE: Final = lazy(rf"(?<![^\s(:\-+])['‘‚‛`´‹](?![stn]\s)([^{_DOUBLE}]+?)['’‘`´›](?![^\s)~^,;.?!])")
_OPENING: Final = lazy(r"\(")
_CLOSING: Final = lazy(r"\)")
_RANGE: Final = lazy(rf"[\[{{]\s*+([^\s\[\]{{}}()]++)\s++(?:{'|'.join(RANGE)})\s++([^\s\[\]{{}}()]++)\s*+[\]}}]")
_SIGN: Final = lazy(r"(?<![^\s(:\-+])[-+](?=[^\s)])")
_GROUPED: Final = lazy(r"(?<![\w.,])[0-9]{1,3}(?: [0-9]{3})++(?:,[0-9]++)?+(?![\w\-*?~^:/])")
_CHUNK: Final = lazy(rf"[^\s()\[\]{{}}{_DOUBLE}]++")

_SPREADING: Final = frozenset({"date", "amount", "number"})  # kinds of field with a from and a to
_TOLD_IN_DAYS: Final = frozenset({"month", "year"})  # facets whose values are periods: maand:vorige maand
_BARE: Final = rf"[^\s()\[\]{_DOUBLE}]++"
_POINT: Final = rf"(?:{AFTER_FIELD}|{_BARE})"
_SPREAD: Final = lazy(  # > 2013, 2013 .. 2014, april 2013..juni 2013, 8 april 2013
    rf"(?:[<>]=?|[≤≥])\s*+{_POINT}|{_BARE}\s++\.\.+\s++{_POINT}|{AFTER_FIELD}(?:\s*+\.\.+\s*+{_POINT})?"
)

_NAME: Final = lazy(r"([^\W\d_][\w\-]*+)(\s*+):(?!//)")
_NEAR: Final = lazy(rf"(?:{'|'.join(NEAR)})(?:/([0-9]++))?+")
_Found: TypeAlias = re.Match[str]
_Read: TypeAlias = tuple[Lexeme | None, int]
_Reader: TypeAlias = Callable[[_Found, Field | None, HintCollector], _Read]


def _quoted(opening: _Found, field: Field | None, hints: HintCollector) -> _Read:
    """Read a phrase between any two double quotes; « ends at » if there is one. Doubled quotes count once."""
    text, inside = opening.string, opening.end()
    closing = text.find("»", inside) if opening[0][0] == "«" else -1
    if closing < 0 and (found := _QUOTES.search(text, inside)):
        closing = found.start()
    if closing < 0:
        hints.add("unbalanced-quote", opening.start(), inside, quote=opening[0])
        return None, inside
    end = closing
    while end < len(text) and end - closing < len(opening[0]) and text[end] in _DOUBLE:
        end += 1
    return _phrase(text, opening.start(), inside, closing, end, hints)


def _single(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    """Read a phrase between single quotes, which differ from apostrophes by the blanks around them."""
    return _phrase(found.string, found.start(), found.start(1), found.end(1), found.end(), hints)


def _phrase(text: str, start: int, first: int, last: int, end: int, hints: HintCollector) -> _Read:
    tail = suffix(text, end, hints)
    lexeme = Lexeme("phrase", text[first:last], start, tail.end, tail.distance or 1, tail.boost, inner=(first, last))
    return lexeme, tail.end


def _opening(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    return Lexeme("open", found[0], found.start(), found.end()), found.end()


def _closing(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    tail = suffix(found.string, found.end(), hints)
    return Lexeme("close", found[0], found.start(), tail.end, boost=tail.boost), tail.end


def _bracketed(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    return Lexeme("range", f"{found[1]}..{found[2]}", found.start(), found.end()), found.end()


def _spread(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    return Lexeme("range", " ".join(found[0].split()), found.start(), found.end()), found.end()


def _signed(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    return Lexeme(SIGNS[found[0]], found[0], found.start(), found.end()), found.end()


def _grouped(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    return Lexeme("word", found[0], found.start(), found.end()), found.end()


def _chunk(found: _Found, field: Field | None, hints: HintCollector) -> _Read:
    """Read the text between blanks: an operator, a field name, or a word with its suffixes."""
    chunk, start, end = found[0], found.start(), found.end()
    if mark := OPERATORS.get(chunk):
        return Lexeme(mark, chunk, start, end), end
    if chunk.isalpha() and chunk not in NEAR and ":" not in found.string:
        return Lexeme("word", chunk, start, end), end
    if near := _NEAR.fullmatch(found.string, start, end):
        return Lexeme("near", chunk, start, end, distance(near, 1, hints)), end
    if field is None and (name := _NAME.match(found.string, start)):
        return _named(name, hints)
    shape, word, boost = word_shape(found.string, start, end, hints)
    return Lexeme(shape, word, start, end, boost=boost), end


def _named(name: _Found, hints: HintCollector) -> _Read:
    """Read a field name, or a word that only ends in a colon. A field may have blanks before its colon."""
    text, start, end = name.string, name.start(), name.end()
    field = field_named(name[1])
    if field is not None:
        return Lexeme("field", name[1], start, end, field=field), end
    if not name[2] and end < len(text) and not text[end].isspace():
        _hint_unknown(name, hints)
    return Lexeme("word", name[1], start, name.end(1)), end


def _hint_unknown(name: _Found, hints: HintCollector) -> None:
    if nearest := nearest_name(name[1]):
        hints.add("unknown-field-nearest", name.start(), name.end(), field=name[1], nearest=nearest)
    else:
        hints.add("unknown-field", name.start(), name.end(), field=name[1])


_READERS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (_QUOTES, _quoted),
    (_SINGLE, _single),
    (_OPENING, _opening),
    (_CLOSING, _closing),
    (_RANGE, _bracketed),
    (_SIGN, _signed),
    (_GROUPED, _grouped),
    (_CHUNK, _chunk),
)
_LETTER_READERS: Final = ((_CHUNK, _chunk),)
_SPREAD_READER: Final = (_SPREAD, _spread)
