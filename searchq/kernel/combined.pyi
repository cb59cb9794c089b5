from typing_extensions import Buffer

VERSION: int

# Each tuple has an array of every segment. `seen` tells which blocks of a segment's file were compared with their
# checksums; None: there is nothing to compare. `layout` (int64) has for each segment the number of its first document,
# and where its starts, its documents and its codes begin in the file. Both functions return -1 if a block of what is to
# be read was not compared yet, and raise ValueError where the arrays do not belong together.

def find_rows(
    starts: tuple[Buffer, ...],
    seen: tuple[Buffer | None, ...],
    layout: Buffer,
    numbers: Buffer,
    block_bits: int,
    bounds: Buffer,
    /,
) -> int:
    """Write where the row of a term, which has a number (int64) in each segment, -1 for none, begins and ends (int64).

    Returns how many postings there are. `starts` are uint32.
    """

def join_rows(
    docs: tuple[Buffer, ...],
    codes: tuple[Buffer, ...],
    seen: tuple[Buffer | None, ...],
    lives: tuple[Buffer | None, ...],
    layout: Buffer,
    bounds: Buffer,
    block_bits: int,
    weights: Buffer,
    found: Buffer,
    found_weights: Buffer,
    /,
) -> int:
    """Write the live documents (int32) of rows and their weights (float32); return how many there are.

    `docs` are uint16, `codes` uint8, the places of the 256 `weights`.
    """
