"""Query trees in a short notation, so that a table of them can be read.

asiel^2              Term("text", …), with its boost
title:asiel          Term of another field
title:"a b"~3        Phrase, slop 3
onder*   wild?ard    Prefix, Wildcard      facebok~    Fuzzy
(a & b)  (a | b)     AllOf, AnyOf          (a | b)>1   AnyOf, at_least
(a / b)              BestOf                (a - b)     Without
near5(a, b)          Near, by5(…) with 0 as the least distance
[a]                  Filter                *           Everything   party:*  AnyValue
date:2013-04-01..2013-04-30                Range
exact(…)             AnyOf of the same in the exact field of each zone, with the zones' weights
texts(…)             AnyOf of the same in the terms of each text where words can be near each other
"""

import datetime as dt
import re

from msgspec.structs import replace

from searchq.query.tree import (
    AllOf,
    AnyOf,
    AnyValue,
    BestOf,
    Everything,
    Filter,
    Fuzzy,
    Near,
    Node,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Without,
)
from searchq.query.zones import ZONES

EXACT = tuple(zone.name for zone in ZONES)
WEIGHTS = tuple(zone.weight * (0.5 if zone.language == "fr" else 1) for zone in ZONES)  # French counts for half
_DUTCH = ("title", "keywords", "question", "answer")
TEXTS = (*_DUTCH, *(f"french_{zone}" for zone in _DUTCH))


def shown(tree: Node) -> str:
    """A tree in the notation above."""
    return _SHOWN[type(tree)](tree)  # type: ignore[no-any-return, operator]


def _term(node: Term | Wildcard) -> str:
    return _field(node) + node.text + _boost(node.boost)


def _phrase(node: Phrase) -> str:
    slop = "" if node.slop == 1 else f"~{node.slop}"
    return f'{_field(node)}"{" ".join(node.words)}"{slop}{_boost(node.boost)}'


def _field(node: Term | Phrase | Prefix | Wildcard | Fuzzy) -> str:
    return "" if node.field == "text" else f"{node.field}:"


def _boost(boost: float) -> str:
    return "" if boost == 1.0 else f"^{boost:g}"


def _any(node: AnyOf) -> str:
    return _everywhere(node) or _several(node.parts, " | ") + (f">{node.at_least}" if node.at_least > 1 else "")


def _several(parts: tuple[Node, ...], sign: str) -> str:
    return f"({sign.join(map(shown, parts))})"


def _everywhere(node: AnyOf) -> str | None:
    parts = node.parts
    if len(parts) == len(EXACT) and all(getattr(part, "field", "").endswith("_exact") for part in parts):
        alike = {
            shown(replace(part, field="text", boost=round(part.boost / weight, 9)))
            for part, weight in zip(parts, WEIGHTS, strict=True)
        }
        assert [part.field for part in parts] == [f"{zone}_exact" for zone in EXACT]
        assert len(alike) == 1, alike
        return f"exact({alike.pop()})"
    if len(parts) == len(TEXTS) and all(isinstance(part, Near) for part in parts):
        alike = {re.sub(rf"\b{zone}(_exact)?:", "", shown(part)) for part, zone in zip(parts, TEXTS, strict=True)}
        assert len(alike) == 1, alike
        return f"texts({alike.pop()})"
    return None


def _near(node: Near) -> str:
    kind = {1: "near", 0: "by"}[node.least]
    return f"{kind}{node.distance}({', '.join(map(shown, node.parts))})"


def _range(node: Range) -> str:
    dated = node.field.endswith("date")
    ends = ("" if end is None else dt.date.fromordinal(end) if dated else end for end in (node.first, node.last))
    return f"{node.field}:{'..'.join(str(end) for end in ends)}"


def _fuzzy(node: Fuzzy) -> str:
    assert (node.edits, node.prefix_length) == (1, 1)
    return f"{_field(node)}{node.text}~{_boost(node.boost)}"


_SHOWN = {
    Term: _term,
    Phrase: _phrase,
    Prefix: lambda node: f"{_field(node)}{node.text}*{_boost(node.boost)}",
    Wildcard: _term,
    Fuzzy: _fuzzy,
    Range: _range,
    AllOf: lambda node: _several(node.parts, " & "),
    AnyOf: _any,
    BestOf: lambda node: _several(node.parts, " / "),
    Without: lambda node: _several((node.wanted, node.denied), " - "),
    Near: _near,
    Filter: lambda node: f"[{shown(node.part)}]",
    AnyValue: lambda node: f"{node.field}:*",
    Everything: lambda node: "*",
    Nothing: lambda node: "nothing",
}
