from collections.abc import Sequence

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
        """Return the terms of a word of letters, the whole first, and why that is one; none of a stop word."""
