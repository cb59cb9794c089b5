"""Highlights and links: split a text into pieces by character ranges, each marked or not, some of them linked.

The filter `marked` prints a stretch as HTML (`rendering`). Nothing here is HTML, so nothing here is escaped.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Link", "Piece", "Ranges", "Run", "Stretch", "paragraphs", "pieces", "split_at"]

Ranges = Sequence[tuple[int, int]]  # (start, end) in characters, ascending, disjoint


class Piece(NamedTuple):
    """A piece of text, highlighted or not."""

    text: str
    marked: bool


class Stretch(NamedTuple):
    """A text from `start` to `end`, and the ranges to mark in it, which are offsets in the whole text."""

    text: str
    ranges: Ranges
    start: int
    end: int


class Link(NamedTuple):
    """A linked range of a text."""

    start: int
    end: int
    path: str


class Run(NamedTuple):
    """A stretch of a paragraph with the same link, or with none."""

    stretch: Stretch
    path: str | None


def pieces(stretch: Stretch) -> list[Piece]:
    """Split a stretch at its ranges; joined, the pieces are its text.

    Consecutive marked words become one piece, with the blanks between them, so that a phrase is marked as a whole.
    Ranges outside the stretch, overlapping or reversed are clipped, so that a wrong highlight never loses text.
    """
    text, start, end = stretch.text, max(stretch.start, 0), min(stretch.end, len(stretch.text))
    found: list[Piece] = []
    at = start
    for first, last in _joined(text, stretch.ranges, start, end):
        if first > at:
            found.append(Piece(text[at:first], False))
        found.append(Piece(text[first:last], True))
        at = last
    return [*found, Piece(text[at:end], False)] if at < end else found


def _joined(text: str, ranges: Ranges, at: int, end: int) -> list[tuple[int, int]]:
    """The ranges from `at` to `end`, in order; those that only blanks separate are joined."""
    found: list[tuple[int, int]] = []
    for first, last in ranges:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if found and text[at:first].isspace():
            first = found.pop()[0]
        found.append((first, last))
        at = last
    return found


def split_at(text: str, ranges: Ranges, cut: int) -> tuple[Stretch | None, Stretch]:
    """A text up to an offset, if that is not its beginning, and from there on."""
    return Stretch(text, ranges, 0, cut) if cut else None, Stretch(text, ranges, cut, len(text))


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
            found.append(Run(Stretch(text, ranges, at, first), None))
        found.append(Run(Stretch(text, ranges, first, last), link.path))
        at = last
    if at < end:
        found.append(Run(Stretch(text, ranges, at, end), None))
    return found
