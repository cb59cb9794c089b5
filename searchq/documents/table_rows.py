"""Which rows of a saved page's tables show columns, and the marks that keep these apart in its text.

The two-language version is a table of pairs, French and Dutch. Tables of figures stand in texts, within such a pair,
too; and old sites frame their pages by tables.
"""

import re
from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["CELLS", "COLUMN", "END", "ROW", "TableRows"]

ROW, COLUMN, END = "\x01", "\x02", "\x03"
CELLS: Final = frozenset({"td", "th"})

_TWO_TOPS: Final = re.compile(r"\s*Question .{1,2}crite n\S{1,3}\s?[0-9/-]+\s+Schriftelijke vraag\s", re.IGNORECASE)
_TOPS_LENGTH: Final = 200  # characters of a row that may hold the two tops


class TableRows:
    """Which rows of tables show columns: those without a table in them, and all rows of the two-language version.

    Other rows frame a page, as old sites do.
    """

    def __init__(self, root: LexborNode) -> None:
        self.columned: set[int] = set()
        self.merged: set[int] = set()  # rows of a table within a text of the two-language version
        self._pairs = _table_of_pairs(root)
        self._pair: int | None = None  # the row of it that is open

    def open(self, row: LexborNode) -> None:
        if self._pair is not None:
            self.merged.add(row.mem_id)
        elif self._pairs is not None and _table_of(row) == self._pairs and _has_cells(row):
            self._pair = row.mem_id
            self.columned.add(row.mem_id)
        elif _is_columned(row):
            self.columned.add(row.mem_id)

    def close(self, element: int) -> None:
        if element == self._pair:
            self._pair = None

    def after_cell(self, cell: LexborNode) -> str:
        row = cell.parent.mem_id if cell.parent is not None else None
        return COLUMN if row in self.columned else " " if row in self.merged else "\n\n"


def _table_of_pairs(root: LexborNode) -> int | None:
    """The table whose rows pair French and Dutch, as the row of the two tops tells."""
    for row in root.css("tr"):
        if _is_columned(row) and _TWO_TOPS.match(row.text(separator=" ")[:_TOPS_LENGTH]):
            return _table_of(row)
    return None


def _table_of(row: LexborNode) -> int | None:
    above = row.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above.mem_id if above is not None else None


def _is_columned(row: LexborNode) -> bool:
    """Whether a table row shows two texts beside each other."""
    return _has_cells(row) and row.css_first("table") is None


def _has_cells(row: LexborNode) -> bool:
    return sum(cell.tag in CELLS for cell in row.iter()) > 1
