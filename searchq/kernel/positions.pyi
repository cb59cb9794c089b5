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

def first_positions(data: Buffer, found: Buffer, /) -> int:
    """Do what `format.positions.first_positions` does; `found` is uint32, with room for a posting a byte."""

def skip_places(data: Buffer, every: int, found: Buffer, /) -> int:
    """Tell where the first posting and each `every`th posting after it begin in the bytes of a row: uint32."""
