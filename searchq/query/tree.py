"""The query tree: frozen nodes that every engine evaluates or translates.

    Term      a term of a field, or a facet value            Everything  every question
    Phrase    words in order, `slop` places apart at most    Nothing     no question
    Prefix    words of a field that begin so                 AllOf       every part; scores added
    Wildcard  words that fit: * any letters, ? one           AnyOf       at least so many parts; scores added
    Fuzzy     words that differ by some letters              BestOf      any part; the best of the scores
    Range     numbers, or days as ordinals, ends included    Without     what is wanted, less what is denied
    Near      parts `distance` places apart at most          Filter      what its part matches, each scored 1
    AnyValue  any value of a facet

The parser makes a tree once. The node for something typed has an `origin`: what was typed and where, for hints, other
spellings, relaxations and highlights. Two trees are equal if they ask for the same, whatever their origins.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from searchq.limits import FUZZY_DISTANCE

__all__ = [
    "UNTYPED",
    "AllOf",
    "AnyOf",
    "AnyValue",
    "BestOf",
    "Everything",
    "Expansion",
    "Filter",
    "Fuzzy",
    "Near",
    "Node",
    "Nothing",
    "Origin",
    "Phrase",
    "Place",
    "Prefix",
    "Range",
    "Shape",
    "Term",
    "Wildcard",
    "Without",
    "any_of",
]

# An alias is another name of what was typed; a translation one in the other language.
Shape = Literal["word", "phrase", "pattern", "fuzzy", "range", "alias", "translation"]


class Place(NamedTuple):
    """Characters `start` to `end` of the text as typed."""

    start: int
    end: int


UNTYPED = Place(0, 0)  # of another name, or a translation, of what was typed


class Origin(NamedTuple):
    """Something typed: a word, quotation, pattern or range, perhaps after the name of a field."""

    shape: Shape
    words: tuple[str, ...]  # as the analysis sees them
    place: Place  # of the words: without sign, field, quotes and suffixes
    whole: Place  # with all of them: what to leave out of the text to search without it
    field: str | None = None  # the index field that was named


class _Typed(Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """A node, and what was typed for it, which two equal nodes need not share."""

    origin: Origin | None = None

    def typed_as(self, origin: Origin) -> Self:
        """Return the node with its origin."""
        return replace(self, origin=origin)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Typed) and type(other) is type(self) and other._asked == self._asked

    def __hash__(self) -> int:
        return hash((type(self), *self._asked))

    @property
    def _asked(self) -> list[object]:
        return [getattr(self, name) for name in self.__struct_fields__ if name != "origin"]


class Term(_Typed, frozen=True):
    """Holds a term; scored by BM25F, a value of a facet by its boost."""

    field: str
    text: str
    boost: float = 1.0


class Phrase(_Typed, frozen=True):
    """Words in this order, each at most `slop` places after the previous one."""

    field: str
    words: tuple[str, ...]
    slop: int = 1  # 1: side by side
    boost: float = 1.0


class Prefix(_Typed, frozen=True):
    """Words that begin so; each match scores the boost."""

    field: str
    text: str
    boost: float = 1.0


class Wildcard(_Typed, frozen=True):
    """Words that fit: * stands for any letters, ? for one."""

    field: str
    text: str
    boost: float = 1.0


class Fuzzy(_Typed, frozen=True):
    """Words at most so many edits away."""

    field: str
    text: str
    boost: float = 1.0
    edits: int = FUZZY_DISTANCE
    prefix_length: int = 1  # letters at the beginning that must agree


class Range(_Typed, frozen=True):
    """A number, or a day as ordinal, from first to last; None is open."""

    field: str
    first: int | None  # None: open
    last: int | None


class AnyValue(_Typed, frozen=True):
    """Every question with a value of a facet."""

    field: str


class Everything(_Typed, frozen=True):
    """Every question."""


class Nothing(_Typed, frozen=True):
    """No question."""


class AllOf(_Typed, frozen=True):
    """Every part; scores added."""

    parts: "tuple[Node, ...]"


class AnyOf(_Typed, frozen=True):
    """At least so many parts; scores added."""

    parts: "tuple[Node, ...]"
    at_least: int = 1


class BestOf(_Typed, frozen=True):
    """Any part; the best of their scores."""

    parts: "tuple[Node, ...]"


class Near(_Typed, frozen=True):
    """Parts of one zone, in any order, each from `least` to `distance` places from the span of those before it."""

    parts: "tuple[Node, ...]"
    distance: int
    least: int = 1  # 0: two parts may be of one word


class Filter(_Typed, frozen=True):
    """What its part matches, each scored 1."""

    part: "Node"


class Without(_Typed, frozen=True):
    """What is wanted, less what is denied."""

    wanted: "Node"
    denied: "Node"


Expansion: TypeAlias = Prefix | Wildcard | Fuzzy  # stands for words of the index
Node: TypeAlias = (
    Term
    | Phrase
    | Expansion
    | Range
    | AnyValue
    | Everything
    | Nothing
    | AllOf
    | AnyOf
    | BestOf
    | Near
    | Filter
    | Without
)


def any_of(parts: Sequence[Node]) -> Node:
    """Match any of these, scores added; return a single part unchanged."""
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
