"""Normalises the text as typed, and maps every character back to its origin.

Browsers, word processors and phones send the same word in many forms. Decomposed letters are composed (NFC),
full-width letters and signs become plain ones, invisible characters vanish, control characters become blanks.
"""

import unicodedata
from typing import Final, NamedTuple

from searchq.analysis.typography import LIGATURES
from searchq.lazy_regex import lazy
from searchq.limits import MAX_QUERY_CHARACTERS

__all__ = ["Cleaned", "clean"]


class Cleaned(NamedTuple):
    """A normalised text; `origin[i]` is the place of character i in the text as typed, with one more for the end."""

    text: str
    origin: tuple[int, ...] | None = None  # None: character for character the text as typed
    cut: bool = False  # the text as typed was longer than a query may be

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a range to the text as typed."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end]

    def read_as(self, text: str) -> "Cleaned":
        """Replace the text; every part of the new text maps to the whole original."""
        start, end = self.span(0, len(self.text))
        return Cleaned(text, (*[start] * len(text), end), self.cut)


def clean(text: str) -> Cleaned:
    """Clean the first `MAX_QUERY_CHARACTERS` of a text; a longer text takes no longer."""
    kept = text[:MAX_QUERY_CHARACTERS]
    cut = len(text) > MAX_QUERY_CHARACTERS
    if _is_clean(kept):
        return Cleaned(kept, cut=cut)
    pieces: list[str] = []
    origin: list[int] = []
    for cluster in _CLUSTER.finditer(kept):
        piece = _plain(cluster[0])
        pieces.append(piece)
        origin.extend([cluster.start()] * len(piece))
    return Cleaned("".join(pieces), (*origin, len(kept)), cut)


def _is_clean(text: str) -> bool:
    if not text.isprintable():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _FULL_WIDTH.search(text))


# A character with the marks that follow it. Marks outside these blocks stay apart, and meet their letter when the
# words are analysed.
_CLUSTER: Final = lazy("(?s:.)[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u3099\u309a]*+")
_COLONS: Final = "\u02d0\u2236\ua789\ufe13\ufe55"  # signs that look like one
_FULL_WIDTH: Final = lazy(f"[\uff01-\uff5e{_COLONS}{''.join(LIGATURES)}]")
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, _COLONS), ord(":"))
_LIGATURES: Final = str.maketrans(LIGATURES)
_BLANK_KINDS: Final = frozenset({"Cc", "Cs", "Zl", "Zp", "Zs"})  # controls, halves of characters, separators
_INVISIBLE: Final = "Cf"  # zero-width and direction marks, soft hyphens


def _plain(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster).translate(_WIDE).translate(_LIGATURES)
    kind = unicodedata.category(composed[0])
    if kind in _BLANK_KINDS:
        return " "
    return composed[1:] if kind == _INVISIBLE else composed
