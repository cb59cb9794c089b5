"""The parts of a conjunction, and the forms in which they are required: all of them, or most or half of the words."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from searchq.query.tree import AllOf, AnyOf, Everything, Filter, Node, Without, any_of

__all__ = ["Conjunction", "all_of", "less"]


class Conjunction(Struct):
    """The compiled parts of a conjunction; those wanted are plain words or other."""

    wanted: list[Node] = field(default_factory=list)
    words: list[Node] = field(default_factory=list)
    loose: list[Node] = field(default_factory=list)  # of the words that some document holds, a looser form
    counts: list[int] = field(default_factory=list)  # the questions that hold each of these
    unknown: list[Node] = field(default_factory=list)  # the words that no document holds
    other: list[Node] = field(default_factory=list)
    denied: list[Node] = field(default_factory=list)

    def strict(self) -> Node | None:
        return less(all_of(self.wanted), self.denied)

    def relaxed(self) -> Node | None:
        """Return a form that requires at least half of the words, and all other parts; None if that is not looser."""
        if not self.loose or (len(self.words) == 1 and self.loose == self.words):
            return None
        some = AnyOf(tuple(self.loose), self._half) if len(self.loose) > 1 else self.loose[0]
        return less(all_of([*self.other, some]), self.denied)

    def loosest(self) -> Node | None:
        """Return a form that requires half of the words or the rarest, and all other parts; None where none relaxes."""
        relaxed = self.relaxed()
        return relaxed if relaxed is None or self._half < 2 else self._half_or_rarest(self.loose)

    def telling(self) -> Node | None:
        """Return a form that requires half of the words or the rarest, and all other parts; None without known words.

        Words of no document stand in it, too, though they match nothing: for whoever asks what was typed.
        """
        return self._half_or_rarest([*self.loose, *self.unknown]) if self.loose else None

    def _half_or_rarest(self, scored: Sequence[Node]) -> Node | None:
        some: Node = any_of(scored)
        if self._half > 1:
            bare = [replace(word, origin=None) for word in self.loose]
            rarest = bare[self.counts.index(min(self.counts))]
            some = AllOf((Filter(AnyOf((rarest, AnyOf(tuple(bare), self._half)))), some))
        return less(all_of([*self.other, some]), self.denied)

    @property
    def _half(self) -> int:
        return -(-len(self.loose) // 2)


def all_of(queries: Iterable[Node | None]) -> Node | None:
    found = [query for query in queries if query is not None]
    if len(found) < 2:
        return found[0] if found else None
    return AllOf(tuple(found))


def less(wanted: Node | None, denied: Sequence[Node]) -> Node | None:
    if not denied:
        return wanted
    return Without(Everything() if wanted is None else wanted, any_of(denied))
