from typing_extensions import Buffer

VERSION: int

# Every array is contiguous. Raises ValueError where the arrays do not belong together.

def invert(words: Buffer, positions: Buffer, lengths: Buffer, /) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """Do what `invert` of `index.write.invert` does: the arrays of a ZonePostings, in its order.

    Words and positions are int32, lengths int32 or int64.
    """

def combine(
    zones: tuple[tuple[float, Buffer, Buffer, Buffer, Buffer], ...],
    word_starts: Buffer,
    word_terms: Buffer,
    word_weights: Buffer,
    bounds: Buffer,
    /,
) -> tuple[bytes, bytes, bytes, bytes]:
    """Do what `combine` of `index.write.invert` does: terms (uint32), starts (uint32), docs (uint16), codes (uint8).

    A zone is its weight, rows (uint32), starts (uint32), docs (uint16) and places; `bounds` are the 255 between codes
    of weights, ascending (float32).
    """
