from collections.abc import Sequence
from typing import Any

from typing_extensions import Buffer

VERSION: int

def numbered(keys: list[Any], numbering: dict[Any, int], /) -> bytes:
    """Return the number of each key, int32; a new one gets the next number and is added to the numbering.

    Raises ValueError for a number below 0 or beyond 2^31 - 1.
    """

def sorted_union(tables: Sequence[tuple[Buffer, Buffer, Buffer]], /) -> tuple[bytes, list[bytes]]:
    """Return the wanted strings of some tables, each once, sorted by their bytes, with a line feed after each; and per
    table the number of each of its strings there, int32, -1 of those not wanted.

    A table is its blob, its starts as uint32, and for each string a byte, 0 if it is not wanted. Raises ValueError if
    the starts do not ascend within the blob.
    """
