from typing_extensions import Buffer

VERSION: int
STRIDE: int

# Every array is contiguous. Raises ValueError where the arrays do not belong together.

def near_docs(
    rows: tuple[Buffer | None, ...],
    shape: Buffer,
    lives: tuple[Buffer | None, ...],
    least: int,
    most: int,
    ordered: bool,
    docs: Buffer,
    counts: Buffer | None,
    filled: int,
    /,
) -> int:
    """Find the documents in which words are near each other, each after the last, or either way; ascending.

    `shape`, int64, holds for each segment the number of its first document, and how many rows each word has there.
    `rows` are, for each of these in turn, documents (uint16), encoded positions, and, if known, where one posting in
    STRIDE begins (uint32). `lives` are the live documents of each segment, as bytes; None: all.

    Documents, int64, are put after the `filled` ones; `counts`, float32[words, documents], gets how often they hold
    each word. Returns how many documents there are then.
    """
