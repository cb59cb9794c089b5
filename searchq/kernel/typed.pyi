from typing_extensions import Buffer

VERSION: int
STRIDE: int

_Row = tuple[int, Buffer, Buffer, Buffer | None]
# A word in a segment: the number of its first document; its documents there (uint16); their encoded positions; and, if
# known, where one posting in STRIDE begins (uint32).

# Every array is contiguous; documents are ascending. Raises ValueError where the arrays do not belong together.

def typed_factors(
    docs: Buffer,
    words: tuple[tuple[_Row, ...], ...],
    early: tuple[Buffer, ...],
    pairs: Buffer,
    window: int,
    near: Buffer,
    form: Buffer,
    beginning: Buffer,
    factors: Buffer,
    /,
) -> int:
    """Write the factor (float32) of each document (int64): the product of three numbers (float32).

    `near` by how much all pairs gain, each 2 where its words, told by their places in `words` (int32), are side by side
    and 1 where they are at most `window` apart; `form` by how many words it holds; `beginning` by how many lists of
    `early` (int32) hold it.
    """

def in_order(docs: Buffer, words: tuple[tuple[_Row, ...], ...], found: Buffer, /) -> int:
    """Write the places of the documents that hold the first word as their first, the second one after it, and so on."""
