"""The steps of snippets in C (see searchq/kernel): None where they were not built, or from other sources than these."""

from typing import Final

try:
    from searchq.kernel import fragments, marks
except ImportError:
    fragments = marks = None  # type: ignore[assignment]

__all__ = ["fragments", "marks"]

_VERSION: Final = 1  # as in fragments.c and marks.c

if {getattr(module, "VERSION", None) for module in (fragments, marks)} != {_VERSION}:
    fragments = marks = None  # type: ignore[assignment]
