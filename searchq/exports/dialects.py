"""How CSV is written: plain, every value unaltered, or as Excel opens it in Belgium."""

from typing import Final, Literal, get_args

__all__ = ["DIALECTS", "Dialect"]

Dialect = Literal["plain", "excel"]
DIALECTS: Final[tuple[Dialect, ...]] = get_args(Dialect)
