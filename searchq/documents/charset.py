"""Bytes to text: the encoding a document declares, shows or must have had.

In this order: a byte order mark; valid UTF-8 (text that happens to be valid UTF-8 practically always is); the encoding
declared by the carrier or in the page; windows-1252, which is what the site served, declared or not.
The five bytes windows-1252 leaves undefined become control characters, as in browsers, until garbled UTF-8 is repaired;
no other control character is left in a text.
"""

import codecs
import re
import unicodedata
from itertools import groupby, islice
from typing import Final

from searchq.limits import MAX_MARKS

__all__ = ["composed", "decode", "without_controls"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META: Final = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.I)
_META_BYTES: Final = 4096  # where a page may declare its encoding
_SERVED: Final = "cp1252"
_READ_AS_SERVED: Final = frozenset({"iso8859-1", "ascii", "cp1252"})  # browsers read these as windows-1252
_BELIEVED: Final = re.compile(r"iso8859|cp(?!65001)|mac|koi8|utf-16|utf-32")  # `hex` and `idna` are codecs too
_SIGNS: Final = re.compile(rf"[^\w\s!-~]{{{MAX_MARKS + 1},}}")
_C1: Final = re.compile("[\x80-\x9f]")
_UNDEFINED: Final = "\x81\x8d\x8f\x90\x9d"  # what windows-1252 leaves undefined; part of UTF-8 read as it
_CONTROL_BYTES: Final = bytes([*range(9), *range(11, 13), *range(14, 32), 127])
_CONTROLS: Final = re.compile("[\0-\b\v\f\x0e-\x1f\x7f]")
_CONTROLS_MEANT: Final = {
    "\v": "\n",
    "\f": "\n",
    **dict.fromkeys("\x1c\x1d\x1e\x1f", " "),
}  # separators; others nothing
_C1_MEANT: Final = {code: bytes([code]).decode(_SERVED, "ignore") or chr(code) for code in range(0x80, 0xA0)}


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of a document, in NFC, with `\\n` line ends; `declared` is what its carrier said of it. Never fails."""
    text = _decode(content, declared)
    if len(content.translate(None, _CONTROL_BYTES)) < len(content):
        text = _CONTROLS.sub(_meaning, text)
    if text.isascii():
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if _C1.search(text):  # windows-1252 bytes that somebody took for Latin-1
        text = text.translate(_C1_MEANT)
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return composed(text)


def without_controls(text: str) -> str:
    """Text without control characters, other than tabs and line ends; windows-1252 ones become what was meant."""
    if _C1.search(text):
        text = text.translate(_C1_MEANT)
    return "".join(char for char in _CONTROLS.sub(_meaning, text) if char not in _UNDEFINED)


def _meaning(control: re.Match[str]) -> str:
    return _CONTROLS_MEANT.get(control[0], "")


def composed(text: str) -> str:
    """Text in NFC, less what a letter has beyond 30 marks: putting marks in order takes the square of their number."""
    if any(map(unicodedata.combining, text[::MAX_MARKS])):  # a longer row of them holds one of these places
        text = _SIGNS.sub(_fewer_marks, text)
    return unicodedata.normalize("NFC", text)


def _fewer_marks(signs: re.Match[str]) -> str:
    rows = groupby(signs[0], lambda char: unicodedata.combining(char) > 0)
    return "".join(char for marks, row in rows for char in islice(row, MAX_MARKS if marks else None))


def _decode(content: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # cut off within its last character
            return content[: error.start].decode("utf-8")
    codec = _codec(declared or _meta(content))
    if codec == _SERVED and _mostly_utf8(content):
        return "".join(_decode_line(line) for line in content.splitlines(keepends=True))
    return content.decode("latin-1" if codec == _SERVED else codec, "replace")  # `decode` makes windows-1252 of it


def _mostly_utf8(content: bytes) -> bool:
    """Whether more characters beyond ASCII are sound UTF-8 than not: then only some lines are windows-1252."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - bad > bad


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _meta(content: bytes) -> str | None:
    found = _META.search(content, 0, _META_BYTES)
    return found[1].decode("ascii") if found else None


def _codec(name: str | None) -> str:
    """The Python codec of a declared encoding; windows-1252 where it is unknown, or said UTF-8 and is not."""
    try:
        codec = codecs.lookup(name or _SERVED).name
    except (LookupError, ValueError):
        return _SERVED
    return codec if _BELIEVED.match(codec) and codec not in _READ_AS_SERVED else _SERVED
