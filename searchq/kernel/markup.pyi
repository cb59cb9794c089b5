from collections.abc import Sequence

from markupsafe import Markup

VERSION: int

def printed(value: object, /) -> str:
    """Return what `markupsafe.escape` does, as plain text: to be joined with what is escaped, and with nothing else."""

def joined(*parts: object) -> str:
    """Return the parts joined: those at odd places are `printed`, the others, strings, stand as they are."""

def marked(stretch: tuple[str, Sequence[tuple[int, int]], int, int], /) -> Markup:
    """Return a text from `start` to `end` as HTML, its ranges marked, as `searchq.web.marks.pieces` splits it."""
