"""Splits many texts at their blanks at once, as bytes: like `tokenizer.chunks`, several times faster.

data     1 2   0 0 0   e u r o \\n A f , ...      UTF-8, one text after the other
blank        x       x         x                  a blank that groups thousands does not separate:
chunks   |---------|   |-----|   |---| ...        12_000, euro, Af,
bare     |---------|   |-----|   |-| ...          12_000, euro, af: chunks of the same words become equal
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from searchq.analysis.typography import with_words_joined
from searchq.index.format.encoding import Bytes, Ints

__all__ = ["PADDING", "Chunks", "split_words", "strip_punctuation", "with_plain_blanks"]

PADDING: Final = 16  # bytes after the last text, so that this many can be read from any place

_SPACE, _JOINT = ord(" "), ord("_")
_WIDE_BLANKS: Final = frozenset(
    character.encode() for character in map(chr, range(0x80, 0x3001)) if character.isspace()
)  # those longer than one byte
_LEADS: Final = sorted({blank[0] for blank in _WIDE_BLANKS})
_NO_BLANKS: Final = ((0x01, 0x08), (0x0E, 0x1B))  # control characters: first and last of each range
_NO_LETTERS: Final = b"\"'()*/:;<>[]"
_BEFORE_WORDS: Final = np.isin(np.arange(256), list(_NO_LETTERS + b"-"))  # not @, which starts a handle
_AFTER_WORDS: Final = np.isin(np.arange(256), list(_NO_LETTERS + b"!,.?"))  # not -: no address ends in it


class Chunks(Struct, frozen=True, eq=False):
    """The runs between the blanks of some texts: chunk i is `data[starts[i] : ends[i]]`, in UTF-8.

    data uint8[bytes + PADDING], without zeros except in the padding; starts and ends int64[chunks]; sizes int64[texts]:
    the number of chunks per text.
    """

    data: Bytes
    starts: Ints
    ends: Ints
    sizes: Ints


def split_words(texts: Sequence[str]) -> Chunks:
    """Split texts into chunks, in order."""
    pieces = [with_plain_blanks(text).encode(errors="surrogatepass") for text in texts]
    raw = b"\n".join([*pieces, bytes(PADDING)])
    data = np.frombuffer(bytearray(raw), np.uint8)
    blank = _blanks(raw, data)
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    if not blank[0]:
        edges = np.append(0, edges)
    starts, ends = _thousands_joined(data, edges[0::2], edges[1::2])
    limits = np.cumsum([len(piece) + 1 for piece in pieces])
    return Chunks(data, starts, ends, np.diff(np.searchsorted(starts, limits), prepend=0))


def strip_punctuation(chunks: Chunks) -> Chunks:
    """Lowercase chunks (ASCII letters) and strip the punctuation around them, keeping at least one byte of each.

    Their words stay the same. Changes `data` in place.
    """
    data, starts, ends = chunks.data, chunks.starts.copy(), chunks.ends.copy()
    data += (data - np.uint8(ord("A")) < 26).view(np.uint8) << 5
    own = np.arange(len(starts))
    while len(own := own[_AFTER_WORDS[data[ends[own] - 1]] & (ends[own] - starts[own] > 1)]):
        ends[own] -= 1
    own = np.arange(len(starts))
    while len(own := own[_BEFORE_WORDS[data[starts[own]]] & (ends[own] - starts[own] > 1)]):
        starts[own] += 1
    return Chunks(data, starts, ends, chunks.sizes)


def with_plain_blanks(text: str) -> str:
    """Replace the blanks that may group thousands by spaces, and join words broken at a line's end."""
    text = with_words_joined(text)
    return text if text.isascii() else text.replace("\u00a0", " ").replace("\u202f", " ")


def _blanks(raw: bytes, data: Bytes) -> npt.NDArray[np.bool_]:
    """Return which bytes belong to blanks, including the padding; replaces zeros in texts by ones, also not letters."""
    data[:-PADDING][data[:-PADDING] == 0] = 1
    blank = data <= _SPACE
    for first, last in _NO_BLANKS:
        blank &= data - np.uint8(first) > last - first
    for place in np.flatnonzero(np.logical_or.reduce([data == lead for lead in _LEADS])).tolist():
        for size in (2, 3):
            if raw[place : place + size] in _WIDE_BLANKS:
                blank[place : place + size] = True
    return blank


def _thousands_joined(data: Bytes, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Join chunks such as 12 and 000, one space apart, into one, written 12_000."""
    digit = data - np.uint8(ord("0")) < 10
    gaps = np.flatnonzero((starts[1:] - ends[:-1] == 1) & digit[ends[:-1] - 1] & digit[starts[1:]])
    spaces = ends[gaps]
    groups = (data[spaces] == _SPACE) & digit[spaces + 2] & digit[spaces + 3] & ~digit[spaces + 4]
    gaps = gaps[groups]
    data[spaces[groups]] = _JOINT
    return np.delete(starts, gaps + 1), np.delete(ends, gaps)
