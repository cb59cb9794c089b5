from typing_extensions import Buffer

VERSION: int

# Every array is contiguous. Raises ValueError where the arrays do not belong together.

def marked_docs(
    docs: tuple[Buffer, ...], lives: tuple[Buffer | None, ...], places: Buffer, found: Buffer, marks: Buffer, /
) -> int:
    """Find the live documents of some lists (uint16, any order), ascending, with their marks (uint32); count them.

    `places`, int32 or int64, hold for each list the number of its segment's first document, and the bit that marks its
    documents; the lists of a segment follow each other. `lives` are the live documents of each, as bytes; None: all.
    """

def sum_marked(marks: Buffer, values: Buffer, found: Buffer, /) -> int:
    """Give each document the sum, in order, of the values (float32, 32 at most) of the bits in its marks (uint32)."""
