"""Query trees in a short notation, so that a table of them can be read.

asiel^2              Term("text", …), with its boost
title:asiel          Term of another field
title:"a b"~3        Phrase, slop 3
onder*   wild?ard    Prefix, Wildcard      facebok~    FuzzyTerm
(a & b)  (a | b)     And, Or               (a | b)>1   Or with minmatch
(a / b)              DisjunctionMax        (a - b)     AndNot
near5(a, b)          SpanNear2, unordered
[a]                  ConstantScoreQuery    *           Every
date:2013-04-01..2013-04-30                NumericRange
exact(…)             Or of the same in the exact field of each zone, with the zones' weights
texts(…)             Or of the same in the terms of each text where words can be near each other
"""

import datetime as dt
import re
from typing import Any

from whoosh.query import (
    And,
    AndNot,
    ConstantScoreQuery,
    DisjunctionMax,
    Every,
    FuzzyTerm,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from whoosh.query.qcore import _NullQuery
from whoosh.query.spans import SpanNear2

from searchq.index.schema import ZONES

EXACT = tuple(zone.name for zone in ZONES)
WEIGHTS = tuple(zone.weight or 0.5 for zone in ZONES)  # French counts for half
TEXTS = ("title", "keywords", "question", "answer", "french")


def shown(tree: Any) -> str:
    """A tree in the notation above."""
    return _SHOWN[type(tree)](tree)


def _term(node: Term) -> str:
    return _field(node) + node.text + _boost(node.boost)


def _phrase(node: Phrase) -> str:
    slop = "" if node.slop == 1 else f"~{node.slop}"
    return f'{_field(node)}"{" ".join(node.words)}"{slop}{_boost(node.boost)}'


def _field(node: Any) -> str:
    return "" if node.fieldname == "text" else f"{node.fieldname}:"


def _boost(boost: float) -> str:
    return "" if boost == 1.0 else f"^{boost:g}"


def _or(node: Or) -> str:
    return _everywhere(node) or _several(node, " | ") + (f">{node.minmatch}" if node.minmatch else "")


def _several(node: Any, sign: str) -> str:
    assert node.boost == 1.0, "weights belong to the leaves"
    return f"({sign.join(shown(part) for part in node.subqueries)})"


def _everywhere(node: Or) -> str | None:
    parts = node.subqueries
    if len(parts) == len(EXACT) and all(getattr(part, "fieldname", "").endswith("_exact") for part in parts):
        alike = {_with(part, "", round(part.boost / weight, 9)) for part, weight in zip(parts, WEIGHTS, strict=True)}
        assert [part.fieldname for part in parts] == [f"{zone}_exact" for zone in EXACT]
        assert len(alike) == 1, alike
        return f"exact({alike.pop()})"
    if len(parts) == len(TEXTS) and all(isinstance(part, SpanNear2) for part in parts):
        alike = {re.sub(rf"\b{zone}(_exact)?:", "", shown(part)) for part, zone in zip(parts, TEXTS, strict=True)}
        assert len(alike) == 1, alike
        return f"texts({alike.pop()})"
    return None


def _with(node: Any, field: str, boost: float) -> str:
    copy = type(node).__new__(type(node))
    copy.__dict__ = {**node.__dict__, "fieldname": "text", "boost": boost}
    return shown(copy)


def _near(node: SpanNear2) -> str:
    kind = {(False, 1): "near", (False, 0): "by"}[node.ordered, node.mindist]
    return f"{kind}{node.slop}({', '.join(shown(part) for part in node.qs)})"


def _range(node: NumericRange) -> str:
    assert not node.startexcl and not node.endexcl
    dated = node.fieldname.endswith("date")
    ends = ("" if end is None else dt.date.fromordinal(end) if dated else end for end in (node.start, node.end))
    return f"{node.fieldname}:{'..'.join(str(end) for end in ends)}"


def _fuzzy(node: FuzzyTerm) -> str:
    assert (node.maxdist, node.prefixlength) == (1, 1)
    return f"{_field(node)}{node.text}~{_boost(node.boost)}"


_SHOWN = {
    Term: _term,
    Phrase: _phrase,
    Prefix: lambda node: f"{_field(node)}{node.text}*{_boost(node.boost)}",
    Wildcard: _term,
    FuzzyTerm: _fuzzy,
    NumericRange: _range,
    And: lambda node: _several(node, " & "),
    Or: _or,
    DisjunctionMax: lambda node: _several(node, " / "),
    AndNot: lambda node: _several(node, " - "),
    SpanNear2: _near,
    ConstantScoreQuery: lambda node: f"[{shown(node.child)}]",
    Every: lambda node: "*",
    _NullQuery: lambda node: "nothing",
}
