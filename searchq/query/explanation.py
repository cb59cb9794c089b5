"""Why a question has its score: plain data, the same from every engine."""

from collections.abc import Mapping

from msgspec import Struct, field

__all__ = ["Explanation"]


class Explanation(Struct, frozen=True):
    """A part of a score: its name, its value, the figures it is computed from, and its parts."""

    what: str
    value: float
    figures: Mapping[str, float] = field(default_factory=dict)
    parts: "tuple[Explanation, ...]" = ()
