from collections.abc import Callable, Sequence, Set

VERSION: int

class TextReader:
    """Converts texts to the numbers of their words, and remembers the chunks that it has met (see batch_tokenizer)."""

    def __init__(
        self, missing: Callable[[bytes], Sequence[int]], longest: int, words: dict[str, int] | None = None
    ) -> None:
        """`missing` gives the numbers of a chunk's words; chunks of more than `longest` bytes are not remembered.

        With `words`, which numbers a word, only chunks are asked for whose words are not plain to see.
        """

    def __len__(self) -> int:
        """Return how many chunks are remembered."""

    def read(self, texts: Sequence[bytes], /) -> tuple[bytes, bytes]:
        """Return the numbers of the words of the texts, int32, one after the other, and how many each has, int64."""

def capitalised(text: str, names: Set[str], /) -> list[tuple[int, int]]:
    """Return where names stand that have a capital, with no letter behind them."""
