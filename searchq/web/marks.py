"""Highlights and links: split a text into pieces by character ranges, each marked or not, some of them linked.

Templates print the pieces. Nothing here is HTML, so nothing here is escaped.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Link", "Piece", "Ranges", "Run", "paragraphs", "pieces", "split_at"]

Ranges = Sequence[tuple[int, int]]  # (start, end) in characters, ascending, disjoint


class Piece(NamedTuple):
    """A piece of text, highlighted or not."""

    text: str
    marked: bool


class Link(NamedTuple):
    """A linked range of a text."""

    start: int
    end: int
    path: str


class Run(NamedTuple):
    """Pieces of a paragraph with the same link, or with none."""

    pieces: list[Piece]
    path: str | None


def pieces(text: str, ranges: Ranges, start: int = 0, end: int | None = None) -> list[Piece]:
    """Split the text from `start` to `end` at the ranges; joined, the pieces are that text.

    Consecutive marked words become one piece, with the blanks between them, so that a phrase is marked as a whole.
    Ranges are offsets in the whole text; ranges outside it, overlapping or reversed are clipped, so that a wrong
    highlight never loses text.
    """
    end = len(text) if end is None else min(end, len(text))
    if not ranges:
        return [Piece(text[start:end], False)] if start < end else []
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
    """Join the ranges that only blanks separate."""
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
    """Split the pieces at an offset of the text."""
    return pieces(text, ranges, 0, cut), pieces(text, ranges, cut)


def paragraphs(text: str, ranges: Ranges = (), links: Sequence[Link] = ()) -> Iterator[list[Run]]:
    """The text as paragraphs, one per non-blank line; a paragraph is a list of runs."""
    at = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            yield _runs(text, ranges, links, start, start + len(stripped))
        at += len(line)


def _runs(text: str, ranges: Ranges, links: Sequence[Link], start: int, end: int) -> list[Run]:
    """Split the text from `start` to `end` at the links; clips links that overlap or lie outside."""
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
