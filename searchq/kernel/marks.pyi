from collections.abc import Callable, Sequence

VERSION: int

_Place = tuple[int, int, int, float]  # start, end, index of the term, rarity of the term

def level_of(text: str, table: bytes, /) -> bytes:
    """Return one byte for each character of a text, by a table of those of Latin-1 (see results/needles.py)."""

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
