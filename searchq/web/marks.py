"""Highlights and links: character ranges of a text turned into pieces, each marked or not, some of them linked.

Templates print the pieces; nothing here is HTML, so nothing here needs escaping.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Link", "Piece", "Ranges", "Run", "paragraphs", "pieces", "split_at"]

Ranges = Sequence[tuple[int, int]]  # (start, end) in characters, ascending, disjoint


class Piece(NamedTuple):
    """A run of text that is either highlighted or not."""

    text: str
    marked: bool


class Link(NamedTuple):
    """A range of a text that leads somewhere."""

    start: int
    end: int
    path: str


class Run(NamedTuple):
    """Pieces of a paragraph that lead to one place, or to none."""

    pieces: list[Piece]
    path: str | None


def pieces(text: str, ranges: Ranges, start: int = 0, end: int | None = None) -> list[Piece]:
    """The text from `start` to `end` cut along the ranges; joined again, the pieces are that text.

    Words marked one after the other become one piece, blanks between them included: a phrase reads as a phrase. Ranges
    are those of the whole text; ones that lie outside, overlap or run backwards lose what does not fit, because a wrong
    highlight must never cost a visitor the text.
    """
    end = len(text) if end is None else min(end, len(text))
    found: list[Piece] = []
    at = start
    for first, last in _joined(text, ranges):
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            found.append(Piece(text[at:first], False))
        found.append(Piece(text[first:last], True))
        at = last
    if at < end:
        found.append(Piece(text[at:end], False))
    return found


def _joined(text: str, ranges: Ranges) -> Iterator[tuple[int, int]]:
    """The ranges, with those that only blanks keep apart made one."""
    first = last = -1
    for start, end in ranges:
        if first >= 0 and last <= start and text[last:start].isspace():
            last = end
            continue
        if first >= 0:
            yield first, last
        first, last = start, end
    if first >= 0:
        yield first, last


def split_at(text: str, ranges: Ranges, cut: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before and after one place in the text."""
    return pieces(text, ranges, 0, cut), pieces(text, ranges, cut)


def paragraphs(text: str, ranges: Ranges = (), links: Sequence[Link] = ()) -> Iterator[list[Run]]:
    """The text as paragraphs, one a line that holds more than blanks; a paragraph is runs, each with a link or none."""
    at = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            yield _runs(text, ranges, links, start, start + len(stripped))
        at += len(line)


def _runs(text: str, ranges: Ranges, links: Sequence[Link], start: int, end: int) -> list[Run]:
    """The text from `start` to `end` cut along the links; a link loses what lies outside or in the one before."""
    found: list[Run] = []
    at = start
    for link in links:
        first, last = max(link.start, at), min(link.end, end)
        if first >= last:
            continue
        if first > at:
            found.append(Run(pieces(text, ranges, at, first), None))
        found.append(Run(pieces(text, ranges, first, last), link.path))
        at = last
    if at < end:
        found.append(Run(pieces(text, ranges, at, end), None))
    return found
