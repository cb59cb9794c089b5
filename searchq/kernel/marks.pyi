from collections.abc import Callable, Sequence

VERSION: int

_Place = tuple[int, int, int, float]  # start, end, index of the term, rarity of the term

def level_of(text: str, table: bytes, /) -> bytes:
    """Return one byte for each character of a text, by a table of those of Latin-1 (see results/needles.py)."""

def breaks(text: str, /) -> list[int]:
    """Return the places of the hyphens between a letter or digit and a blank (see analysis/typography.py)."""

def stretches(
    level: bytes,
    needle: tuple[bytes, bool],
    others: tuple[tuple[tuple[bytes, bool], ...], ...],
    most: int,
    longest: int,
    before: int,
    after: int,
    /,
) -> list[tuple[int, int]]:
    """Return where a phrase may stand around a needle (see results/word_finder.py).

    The piece around each of the first `most` places of the needle, extended by so many blanks `before` and `after`,
    where it holds a needle of every other word, given as letters and whether they stand alone, or what was not read.
    """

def word_places(
    text: str,
    level: bytes,
    letters: bytes,
    is_alone: bool,
    most: int,
    longest: int,
    words: dict[str, tuple[int, float]],
    read: Callable[[str], Sequence[_Place]],
    /,
) -> list[_Place]:
    """Return the words, of those given, in the pieces around the first `most` places of some letters in a level.

    A piece goes from blank to blank, or `longest` characters far. `read` finds the words of one with more than a plain
    word and punctuation. With `is_alone` no letter or digit stands beside the letters.
    """

def by_text(places: list[_Place], sizes: tuple[int, ...], /) -> list[list[_Place]]:
    """Return the marks of each of the texts of such sizes, joined by a character each: ascending and disjoint."""
