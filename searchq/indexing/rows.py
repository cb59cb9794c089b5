"""Rows that runs keep with an index: found by key, and written as what changed, not as all there is.

They are two blobs of one commit, each a part (`row_part`):

    base       written anew only when the journal has grown to a sixteenth of it
    journal    what came, changed and went since, written by every commit that changes something
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from typing import Final, NamedTuple, Self

from searchq.indexing.row_part import Part, Row, pack

__all__ = ["Names", "Rows", "Shown"]

_LEAST: Final = 1000  # rows of a journal before it becomes part of the base
_SHARE: Final = 16  # of the base

Shown = tuple[Part, frozenset[int]]  # a part, and the places in it that count no more


class Names(NamedTuple):
    """The names of the two blobs."""

    base: str
    journal: str


class Rows:
    """The rows of earlier runs, changed by this one."""

    def __init__(self, base: Part, journal: Part, is_stored: bool = True) -> None:
        """`is_stored` tells whether the base is a blob already."""
        self.is_stored = is_stored
        self.held: tuple[Shown, Shown] = (
            (journal, frozenset()),
            (base, base.places([*journal.keys, *journal.forgotten])),
        )
        self.new: dict[int, Row] = {}  # by key
        self._forgotten: set[int] = set()

    @classmethod
    def load(cls, base: bytes, journal: bytes, generation: int = 0) -> Self | None:
        """Return the rows of two blobs; None if they are torn, or do not belong together or to the generation."""
        first, later = Part.load(base), Part.load(journal)
        if first is None or later is None or (later.generation, later.base) != (generation, first.stamp):
            return None
        return cls(first, later)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Return rows that no run has stored yet."""
        return cls(Part(pack(rows)), Part(pack(())), is_stored=False)

    def line(self, key: int) -> bytes | None:
        """Return the line of a key as it was before this run; None if there was none."""
        for part, hidden in self.held:
            place = part.place(key)
            if place is not None and place not in hidden:
                return part.line(place)
        return None

    def now(self, key: int) -> bytes | None:
        """Return the line of a key after this run so far; None if there is none."""
        if key in self.new:
            return self.new[key].line
        return None if key in self._forgotten else self.line(key)

    def put(self, row: Row) -> None:
        """Add a row, in place of the one of its key."""
        self.new[row.key] = row

    def forget(self, key: int) -> None:
        """Remove the row of a key, if there is one."""
        self.new.pop(key, None)
        self._forgotten.add(key)

    @property
    def gone(self) -> Set[int]:
        """The keys whose rows of earlier runs count no more."""
        return self._forgotten | self.new.keys()

    @property
    def coming(self) -> tuple[Shown, Shown]:
        """The parts with the places that count no more after this run."""
        (journal, dropped), (base, hidden), gone = *self.held, self.gone
        return (journal, dropped | journal.places(gone)), (base, hidden | base.places(gone))

    def dump(self, names: Names, generation: int = 0, keep: Callable[[int], bool] = lambda _: True) -> dict[str, bytes]:
        """Return the blobs to keep with a generation of the index; the base only where it is written anew.

        Then only with the keys that are to `keep`.
        """
        (journal, dropped), (base, hidden) = self.coming
        since = [*_rows(journal, dropped), *self.new.values()]
        forgotten = {base.keys[place] for place in hidden} - {row.key for row in since}
        if self.is_stored and len(since) + len(forgotten) <= max(_LEAST, len(base) // _SHARE):
            return {names.journal: pack(since, generation, base.stamp, forgotten)}
        whole = pack(row for row in (*_rows(base, hidden), *since) if keep(row.key))
        return {names.base: whole, names.journal: pack((), generation, Part(whole).stamp)}


def _rows(part: Part, hidden: Collection[int]) -> Iterator[Row]:
    return (row for place, row in enumerate(part.rows()) if place not in hidden)
