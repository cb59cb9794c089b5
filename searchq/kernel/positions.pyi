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

def mark_bits(positions: Buffer, bits: Buffer, /) -> int:
    """Set the bit of each position in an array of uint64."""

def mark_near(positions: Buffer, others: Buffer, low: int, high: int, found: Buffer, /) -> int:
    """Mark, in an array of bytes, the positions that have one of `others` from `low` to `high` ahead; both ascend."""

def mark_hits(positions: Buffer, bits: Buffer, ahead: int, mask: int, found: Buffer, /) -> int:
    """Mark the positions that have a bit at any of the 64 places from `ahead` on that are set in `mask`."""
