from collections.abc import Sequence

from typing_extensions import Buffer

VERSION: int

def sorted_union(tables: Sequence[tuple[Buffer, Buffer, Buffer]], /) -> tuple[bytes, list[bytes]]:
    """Return the wanted strings of some tables, each once, sorted by their bytes, with a line feed after each; and per
    table the number of each of its strings there, int32, -1 of those not wanted.

    A table is its blob, its starts as uint32, and for each string a byte, 0 if it is not wanted. Raises ValueError if
    the starts do not ascend within the blob.
    """
