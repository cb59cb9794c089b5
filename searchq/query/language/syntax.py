"""The syntax tree of a query as typed: words, quotes, fields and operators, each with its place.

It is independent of the index and the analysis: `grammar` builds it, `compile` turns it into a query tree.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from searchq.query.fields import Field

__all__ = ["All", "Any", "Fielded", "Leaf", "Near", "Node", "Not", "Shape"]

Shape = Literal["word", "phrase", "pattern", "fuzzy", "range"]


class Leaf(Struct, frozen=True):
    """A piece of text to search for.

    word     asiel, CD&V, 5-8902            `text` as typed
    phrase   "permanente aandacht"~3        without its quotes; `slop` is the distance allowed between two words
    pattern  onder*, wild?ard
    fuzzy    facebok~
    range    [2013 TO 2014]                 as 2013..2014
    """

    shape: Shape
    text: str
    words: tuple[str, ...]  # of the text, as tokenized; at least one
    start: int  # with quotes and suffixes
    end: int
    inner: tuple[int, int]  # without them
    whole: tuple[int, int]  # with its signs and the field it is the value of
    slop: int = 1
    boost: float = 1.0
    wanted: bool = False  # +word: kept even when it is a stop word
    required: bool = False  # +word, or joined by EN: no looser form goes without it


class All(Struct, frozen=True):
    """Every one of these."""

    parts: "tuple[Node, ...]"
    boost: float = 1.0


class Any(Struct, frozen=True):
    """At least one of these."""

    parts: "tuple[Node, ...]"
    boost: float = 1.0


class Not(Struct, frozen=True):
    """Everything except this."""

    part: "Node"


class Near(Struct, frozen=True):
    """Both, at most `distance` words apart, in either order."""

    left: "Node"
    right: "Node"
    distance: int
    start: int
    end: int


class Fielded(Struct, frozen=True):
    """A part to search for in one field; `start` to `end` is the field's name, as typed, and colon."""

    field: Field
    name: str
    part: "Node"
    start: int
    end: int


Node: TypeAlias = Leaf | All | Any | Not | Near | Fielded
