"""Rows as a table in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from searchq.exports.cells import plain
from searchq.exports.columns import Column
from searchq.lazy_regex import lazy
from searchq.results.page import ResultHit

__all__ = ["write_markdown"]

_SIGNS: Final = lazy(r"[\\`*_\[\]<>|~]")  # characters with a meaning in Markdown


def write_markdown(hits: Iterable[ResultHit], columns: Sequence[Column]) -> Iterator[bytes]:
    """A table in UTF-8, a row a piece; blanks of every kind are one blank."""
    yield f"| {' | '.join(column.name for column in columns)} |\n".encode()
    yield ("|" + " --- |" * len(columns) + "\n").encode()
    for hit in hits:
        cells = (_SIGNS.sub(r"\\\g<0>", " ".join(plain(column.value(hit)).split())) for column in columns)
        yield f"| {' | '.join(cells)} |\n".encode(errors="replace")
