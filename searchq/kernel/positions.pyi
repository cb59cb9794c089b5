from typing_extensions import Buffer

VERSION: int

# Every array is contiguous, its numbers int32 or int64 unless told; each function returns how many items it wrote.
# Raises ValueError where the arrays do not belong together.

def read_positions(
    data: Buffer, origins: Buffer, chosen: Buffer | None, begins: Buffer | None, found: Buffer, /
) -> int:
    """Do what `format.positions.read_positions` does; `found` has room for a position a byte."""

def read_frequencies(data: Buffer, found: Buffer, /) -> int:
    """Do what `format.positions.read_frequencies` does; `found` is float32, with room for a posting a byte."""

def mark_near(
    docs: Buffer,
    rows: tuple[Buffer, ...],
    sizes: Buffer,
    least: int,
    most: int,
    ordered: bool,
    found: Buffer,
    /,
) -> int:
    """Mark, in an array of bytes, the documents in which words are near each other: each after the last, or either way.

    `rows` are, in turn, the documents (uint16) and the encoded positions of a row; `sizes` the rows of each word.
    """
