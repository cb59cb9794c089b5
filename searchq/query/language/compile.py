"""Syntax to a tree of `whoosh.query` for one index: what each part of a query means among the fields.

Words side by side are all required. Filters match without ranking. What is denied is taken away at the end:
`AndNot(everything wanted, anything denied)`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, NamedTuple

from whoosh.query import And, AndNot, Every, Or
from whoosh.query.spans import SpanNear2

from searchq.limits import MAX_BOOST
from searchq.patterns import late
from searchq.query.language import exact_queries as surfaces
from searchq.query.language import word_queries as words
from searchq.query.language.clauses import is_word, one_value, single_words, without_stop_words
from searchq.query.language.exact_queries import Query, any_of
from searchq.query.language.filters import Asked, filter_tree
from searchq.query.language.hint_collector import Remarks
from searchq.query.language.synonyms import aliases
from searchq.query.language.syntax import All, Any, Fielded, Leaf, Near, Node, Not
from searchq.query.language.term_lookup import Lookup

__all__ = ["Trees", "trees"]


class Trees(NamedTuple):
    """What a query asks for, and the looser form to fall back on, if it has one; None: nothing to look for."""

    strict: Query | None
    relaxed: Query | None


def trees(node: Node, index: Lookup, remarks: Remarks) -> Trees:
    """The trees of a whole query."""
    parts = _gather(node if isinstance(node, All) else All((node,)), _Scope(index, remarks))
    return Trees(parts.tree(), parts.relaxed())


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a part of a query is looked for, and how much it counts."""

    index: Lookup
    remarks: Remarks
    zones: tuple[str, ...] = surfaces.EXACT_ZONES  # the texts to look in
    filter: Fielded | None = None  # the field that is asked instead, when it is no text
    boost: float = 1.0

    @property
    def everywhere(self) -> bool:
        """Whether words are looked for in the whole question."""
        return self.filter is None and self.zones is surfaces.EXACT_ZONES

    def weighing(self, boost: float) -> "_Scope":
        return self if boost == 1.0 else replace(self, boost=min(self.boost * boost, MAX_BOOST))


@dataclass(slots=True)
class _Parts:
    """The parts of a conjunction; those wanted are plain words or other."""

    wanted: list[Query] = field(default_factory=list)
    words: list[Query] = field(default_factory=list)
    loose: list[Query] = field(default_factory=list)  # of the words that some document holds, a looser form
    other: list[Query] = field(default_factory=list)
    denied: list[Query] = field(default_factory=list)

    def tree(self) -> Query | None:
        return _without(_both(self.wanted), self.denied)

    def relaxed(self) -> Query | None:
        """At least half of the words, and all the rest; None where that asks for nothing less."""
        if not self.loose or (len(self.words) == 1 and self.loose == self.words):
            return None
        least = -(-len(self.loose) // 2)
        some = Or(self.loose, minmatch=least) if len(self.loose) > 1 else self.loose[0]
        return _without(_both([*self.other, some]), self.denied)


def _both(queries: Iterable[Query | None]) -> Query | None:
    found = [query for query in queries if query is not None]
    if len(found) < 2:
        return found[0] if found else None
    return And(found)


def _without(wanted: Query | None, denied: Sequence[Query]) -> Query | None:
    if not denied:
        return wanted
    return AndNot(Every() if wanted is None else wanted, any_of(denied))


def _gather(node: All, scope: _Scope) -> _Parts:
    inner = scope.weighing(node.boost)
    parts = _Parts()
    for plain, row in groupby(_settled(node.parts, inner), key=lambda part: is_word(part) and inner.everywhere):
        if plain:
            _add_words([part for part in row if is_word(part)], inner, parts)
        else:
            _add_others(row, inner, parts)
    return parts


def _settled(parts: Sequence[Node], scope: _Scope) -> Sequence[Node]:
    if scope.filter is not None:
        return one_value(parts, scope.filter.field, scope.index)
    return without_stop_words(list(single_words(parts, scope.index, scope.remarks)), scope.index)


def _add_words(leaves: Sequence[Leaf], scope: _Scope, parts: _Parts) -> None:
    """Words in a row, each on its own (see `neighbours.single_words`)."""
    row = [leaf.words[0] for leaf in leaves]
    for leaf, word, names in zip(leaves, row, aliases(row, scope.index), strict=True):
        boost = scope.weighing(leaf.boost).boost
        tree = words.text_word(word, boost, scope.index, names)
        parts.wanted.append(tree)
        parts.words.append(tree)
        if names or scope.index.is_known(word):
            parts.loose.append(words.loose_word(word, boost, scope.index, names) or tree)


def _add_others(row: Iterable[Node], scope: _Scope, parts: _Parts) -> None:
    for part in row:
        tree = _tree(part.part if isinstance(part, Not) else part, scope)
        if tree is not None and isinstance(part, Not):
            parts.denied.append(tree)
        elif tree is not None:
            parts.wanted.append(tree)
            parts.other.append(tree)


def _tree(node: Node, scope: _Scope) -> Query | None:
    return _TREES[type(node)](node, scope)


def _all(node: All, scope: _Scope) -> Query | None:
    return _gather(node, scope).tree()


def _any(node: Any, scope: _Scope) -> Query | None:
    inner = scope.weighing(node.boost)
    parts = node.parts if scope.filter else without_stop_words(node.parts, inner.index)
    found = [tree for part in parts if (tree := _tree(part, inner)) is not None]
    return any_of(found) if found else None


def _not(node: Not, scope: _Scope) -> Query | None:
    denied = _tree(node.part, scope)
    return None if denied is None else _without(None, [denied])


def _fielded(node: Fielded, scope: _Scope) -> Query | None:
    if node.field.kind == "zone":
        return _tree(node.part, replace(scope, zones=(node.field.target,), filter=None))
    return _tree(node.part, replace(scope, zones=surfaces.EXACT_ZONES, filter=node))


def _leaf(leaf: Leaf, scope: _Scope) -> Query | None:
    if scope.filter is None:
        return _SHAPES[leaf.shape](leaf, scope)
    asked = Asked(scope.filter.field, scope.filter.name, leaf.text, leaf.words, leaf.start, leaf.end)
    found = filter_tree(asked, scope.index, scope.remarks)
    return _words(leaf, replace(scope, filter=None)) if found is None else found


def _words(leaf: Leaf, scope: _Scope) -> Query | None:
    boost = scope.weighing(leaf.boost).boost
    if not scope.everywhere:
        return _both(words.zone_word(word, scope.zones[0], boost, scope.index) for word in leaf.words)
    found = zip(leaf.words, aliases(leaf.words, scope.index), strict=True)
    return _both(words.text_word(word, boost, scope.index, names) for word, names in found)


def _phrase(leaf: Leaf, scope: _Scope) -> Query:
    return surfaces.phrase(leaf.words, leaf.slop, scope.weighing(leaf.boost).boost, scope.zones)


def _pattern(leaf: Leaf, scope: _Scope) -> Query | None:
    """Each word of the pattern: `foto's/vid*` holds one without open letters."""
    boost = scope.weighing(leaf.boost).boost
    globs = [glob for found in _GLOB.findall(leaf.text.lower()) if (glob := found.replace("’", "'").strip("'&-"))]
    return _both(
        surfaces.pattern(glob, boost, scope.zones) if _OPEN.search(glob) else surfaces.surface(glob, boost, scope.zones)
        for glob in globs
    )


_GLOB: Final = late(r"[\w'’&\-*?]+")
_OPEN: Final = late(r"^\w[^*?]+[*?]")


def _fuzzy(leaf: Leaf, scope: _Scope) -> Query | None:
    return _both(surfaces.similar(word, scope.weighing(leaf.boost).boost, scope.zones) for word in leaf.words)


def _stray_range(leaf: Leaf, scope: _Scope) -> Query | None:
    scope.remarks.say("range-needs-field", leaf.start, leaf.end)
    return _words(leaf, scope)


_SHAPES: Final[dict[str, Callable[[Leaf, _Scope], Query | None]]] = {
    "word": _words,
    "phrase": _phrase,
    "pattern": _pattern,
    "fuzzy": _fuzzy,
    "range": _stray_range,
}


def _near(node: Near, scope: _Scope) -> Query | None:
    """Both in one text; parts that have no place in a text are asked for side by side instead."""
    if scope.filter is not None or not _has_place(node):
        scope.remarks.say("near-needs-words", node.start, node.end)
        return _all(All((node.left, node.right)), scope)
    zones = words.TEXTS if scope.everywhere else scope.zones
    return any_of([_place(node, replace(scope, zones=(zone,))) for zone in zones])


def _has_place(node: Node) -> bool:
    if isinstance(node, Near):
        return _has_place(node.left) and _has_place(node.right)
    if isinstance(node, All | Any):
        return all(_has_place(part) for part in node.parts)
    return isinstance(node, Leaf) and node.shape != "range"


def _place(node: Node, scope: _Scope) -> Query:
    """A part of a query as places in one text."""
    if isinstance(node, Near):
        return SpanNear2([_place(node.left, scope), _place(node.right, scope)], slop=node.distance, ordered=False)
    if isinstance(node, All | Any):
        inner = scope.weighing(node.boost)
        return (Or if isinstance(node, Any) else And)([_place(part, inner) for part in node.parts])
    return _tree(node, scope)


_TREES: Final[dict[type, Callable[..., Query | None]]] = {
    All: _all,
    Any: _any,
    Not: _not,
    Fielded: _fielded,
    Near: _near,
    Leaf: _leaf,
}
