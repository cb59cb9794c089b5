"""Splits text into words: the surface forms of a text in order, each with its offsets.

A word is what a reader sees as one; the pattern below covers the typography of the documents:

    gebouw?2. Wat              three words: sentences are often glued together
    1 565   1.565   2 085,50   one value each: 1565, 1565, 2085,50
    5-8902   2008/50/EG        one word: a question, a directive
    1/12/2016   01.12.2016     one day, written 1/12/2016
    e.d.   d.d.   N.M.B.S.     one word without its dots: ed, dd, nmbs
    @FOD_Financien   info@fgov.be   www.belgium.be          one word
    foto's   KMO's   wiskunde-onderwijs   CD&V              one word; the analysis of words finds its parts

The place of a word in `words(text)` is its position in the index; stop words keep theirs.

Speed: a text is split at its blanks, and the words of each chunk between them ("gebouw?2.") are cached. Most chunks
have occurred before, so the pattern rarely runs and can be thorough.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from searchq.analysis.typography import INVISIBLE, LIGATURES, UNEVEN, with_words_joined
from searchq.lazy_regex import lazy
from searchq.limits import MAX_MARKS

__all__ = ["Token", "chunks", "tokens", "words", "words_of_chunk"]


class Token(NamedTuple):
    """One word of a text: its normalised form, and the characters `start` to `end` of the text as given."""

    word: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the normalised words of a text: NFC, lower case, numbers as one value, abbreviations without dots."""
    return list(chain.from_iterable(map(_CHUNKS.__getitem__, chunks(text))))


def chunks(text: str) -> list[str]:
    """Return the runs between the blanks of a text; its words are those of its chunks (`words_of_chunk`)."""
    return _joined(text).split()


def words_of_chunk(chunk: str) -> tuple[str, ...]:
    """Return the normalised words of a chunk in order; not cached."""
    if chunk.isascii() and chunk.isalpha():
        return (chunk.lower(),)
    level = _levelled(_bounded(chunk))
    return (level,) if level.isalpha() else tuple(map(_normal, _WORD.findall(level)))


def tokens(text: str) -> list[Token]:
    """Return the same words as `words`, each with its character offsets in the text as given."""
    return [
        Token(word, chunk.start() + start, chunk.start() + end)
        for chunk in _CHUNK.finditer(_joined(text))
        for word, start, end in _PIECES[chunk[0]]
    ]


# Only single classes are possessive, never groups: CPython before 3.11.5 gives a possessive group a place too many.
# What is sought over several parts before its last one tells has a bound, so that no row of signs is read twice.
_HOST: Final = r"[^\W_]++(?:[-.][^\W_]++)*"
_MAX_PARTS: Final = 12  # of a name before @, or of an address without www
_TOP: Final = "be|brussels|vlaanderen|eu|com|org|info|nl|fr|lu"  # not "de" or "net": glued sentences begin so
_WORD: Final = lazy(
    rf"""
      (?:https?://|www\.){_HOST}                                # an address that says so
    | [^\W_]++(?:[-.+_][^\W_]++){{0,{_MAX_PARTS}}}@{_HOST}     # mail: info@fgov.be
    | @[^\W\d_]\w*+                                             # a handle: @fod_financien
    | [^\W\d_](?:\.[^\W\d_](?![^\W_]))+                         # an abbreviation: e.d., n.m.b.s.
    | [^\W\d_][^\W_]*+(?:[-.][^\W_]++){{0,{_MAX_PARTS}}}?\.(?:{_TOP})(?![^\W_]|-)  # an address without www: belgium.be
    | (?<![\d.,_])\d{{1,3}}(?:[._]\d{{3}})+(?![^\W_])(?:,\d++)?    # thousands in groups: 1.565, 2_085,50
    | \d++,\d++(?![^\W_])                                       # a decimal: 0,5
    | \d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?![^\W_])                   # a day: 30.4.2013
    | \d++\.\d{{1,2}}(?![^\W_]|[.,]\d)                          # a time, a decimal: 14.30
    | \d++(?:/[^\W_]++)+                                        # a day, a directive: 30/4/2013, 2008/50/eg
    | [^\W_]++(?:[-'&][^\W_]++)*                                # the rest: foto's, wiskunde-onderwijs, 5-8902
    """,
    re.VERBOSE,
)
_CHUNK: Final = lazy(r"\S+")
_SPACED_NUMBER: Final = lazy(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
_MAY_BE_SPACED: Final = lazy(r"[0-9][ \u00a0\u202f][0-9]{3}")
_DAY: Final = lazy(r"0?(\d{1,2})[./-]0?(\d{1,2})[./-](\d{4})")
_THOUSANDS: Final = lazy(r"\d{1,3}(?:[._]\d{3})+(?:,\d+)?")
_DOTTED: Final = lazy(r"[^\W\d_](?:\.[^\W\d_])+")
_MARKS: Final = lazy(rf"[^\w\s!-~]{{{MAX_MARKS + 1},}}")  # and other signs that are no part of words
_ONE_MARK: Final = str.maketrans(
    {"’": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "ĳ": "ij", "\u0307": None} | LIGATURES | dict.fromkeys(INVISIBLE)
)

_MAX_CACHED_LENGTH: Final = 64  # characters; longer chunks are rarely met twice
_MAX_CACHED: Final = 1 << 18  # chunks: about 50 MB
_MAX_CACHED_PIECES: Final = 1 << 14  # chunks with offsets: about 5 MB


T = TypeVar("T")


class _ByChunk(dict[str, tuple[T, ...]]):
    """What is found in a chunk, by the chunk; emptied when full, since frequent chunks return at once."""

    def __init__(self, find: Callable[[str], Iterable[T]], most: int) -> None:
        self._find, self._most = find, most

    def __missing__(self, chunk: str) -> tuple[T, ...]:
        found = tuple(self._find(chunk))
        if len(chunk) <= _MAX_CACHED_LENGTH:
            if len(self) >= self._most:
                self.clear()
            self[chunk] = found
        return found


_CHUNKS: Final = _ByChunk(words_of_chunk, _MAX_CACHED)


def _joined(text: str) -> str:
    """The text with `1 565` written `1_565`: the blanks that separate thousands, and only those, replaced."""
    text = with_words_joined(text) if "\n" in text else text
    return _SPACED_NUMBER.sub("_", text) if _MAY_BE_SPACED.search(text) else text


def _pieces(chunk: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a chunk with its offsets in the chunk."""
    chunk = _bounded(chunk)
    level = _levelled(chunk)
    starts, ends = (range(len(chunk)), range(1, len(chunk) + 1)) if _is_even(chunk, level) else _origins(chunk)
    for match in _WORD.finditer(level):
        yield _normal(match[0]), starts[match.start()], ends[match.end() - 1]


_PIECES: Final = _ByChunk(_pieces, _MAX_CACHED_PIECES)


def _normal(found: str) -> str:
    """One spelling for one thing: days as 1/12/2016, values without spaces, abbreviations without dots."""
    if found.isalpha():
        return found
    if day := _DAY.fullmatch(found):
        return "/".join(day.groups())
    if _THOUSANDS.fullmatch(found):
        return re.sub("[._]", "", found)
    if _DOTTED.fullmatch(found):
        return found.replace(".", "")
    return found.removeprefix("https://").removeprefix("http://")


def _bounded(chunk: str) -> str:
    """A chunk as long, in which no letter has more than 30 marks: putting marks in order takes the square of these."""
    return chunk if len(chunk) <= MAX_MARKS or chunk.isascii() else _MARKS.sub(_fewer_marks, chunk)


def _fewer_marks(row: re.Match[str]) -> str:
    return row[0][:MAX_MARKS] + "\ufffd" * (len(row[0]) - MAX_MARKS)


def _levelled(text: str) -> str:
    """The text in lower case and NFC, with one kind of apostrophe and hyphen: what the pattern reads."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.lower()).translate(_ONE_MARK)


def _is_even(text: str, level: str) -> bool:
    """Whether `level` is the levelled text character for character, as it nearly always is."""
    if text.isascii():
        return True
    lower = text.lower()  # no character becomes fewer
    if len(text) != len(lower) or len(lower) != len(level) or UNEVEN.search(lower):
        return False
    return unicodedata.is_normalized("NFC", lower) and not any(map(unicodedata.combining, text))


def _origins(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """For each character of the levelled text, where the cluster of `text` it came from begins and ends.

    A cluster is a letter with the marks that compose with it.
    """
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _composes(text[start:end], text[end]):
            size = len(_levelled(text[start:end]))
            starts += [start] * size
            ends += [end] * size
            start = end
    return starts, ends


def _composes(cluster: str, character: str) -> bool:
    together = _levelled(cluster + character)
    return unicodedata.combining(character) != 0 or together != _levelled(cluster) + _levelled(character)
