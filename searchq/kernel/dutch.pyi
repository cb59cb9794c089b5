from collections.abc import Callable, Sequence
from typing import TypeVar

Kind = TypeVar("Kind")

VERSION: int

class DutchWords:
    """The dictionary and the word lists, ready to analyse words in lower case.

    Every method returns None for a word that must be analysed in Python: one with letters beyond Latin-1, say.
    """

    def __init__(
        self,
        packed: bytes | memoryview,
        lists: tuple[Sequence[str], ...],
        overrides: dict[str, str],
        strong: dict[str, str],
        particles: tuple[str, ...],
        prefixes: tuple[str, ...],
        folded: tuple[str, ...],
        letters: str,
    ) -> None:
        """`packed` is a packed dictionary; `lists` stand in the order of the flags in lexicon.h.

        `folded` are the first 256 characters without marks, `letters` those that are letters. Raises ValueError if the
        bytes are no dictionary.
        """

    def stem(self, word: str, /) -> tuple[str, str] | None:
        """Return what `stemmer.stem` does."""

    def parts(self, word: str, /) -> tuple[str, ...] | None:
        """Return what `compounds.parts` does."""

    def terms(self, word: str, /) -> tuple[tuple[str, ...], str] | None:
        """Return the terms of a word, the whole first, and why that is one; none of a stop word."""

    def all_terms(
        self, words: list[str], kinds: tuple[Kind, ...], missing: Callable[[str], Sequence[tuple[str, Kind]]], /
    ) -> tuple[list[int], list[str], list[Kind]]:
        """Return how many terms each word has; the terms of all; and the kind of each.

        `kinds` are those of a term that is one because of the dictionary, as a name, by an override, by a rule, because
        nothing is known of it, as an address, as a part of a word, and as a number. `missing` gives the terms of a word
        that must be analysed in Python.
        """
