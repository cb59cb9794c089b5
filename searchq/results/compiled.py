"""The steps of snippets in C (see searchq/kernel): None where they were not built, or from other sources than these."""

from typing import TYPE_CHECKING

from searchq.kernel import built

if TYPE_CHECKING:
    from searchq.kernel import fragments, marks
else:
    fragments, marks = built("fragments"), built("marks")

__all__ = ["fragments", "marks"]
