"""Compiles syntax to a query tree for one index: maps each part of a query to fields.

Adjacent words are all required. Filters match without scoring. Negations are subtracted at the end:
`Without(everything wanted, anything denied)`.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from searchq.analysis.sentences import Manner
from searchq.lazy_regex import lazy
from searchq.limits import MAX_BOOST
from searchq.query import tree
from searchq.query.language import exact_queries, word_queries
from searchq.query.language.clauses import is_word
from searchq.query.language.cleaning import Cleaned
from searchq.query.language.conjunction import Conjunction, all_of, less
from searchq.query.language.filters import Asked, filter_tree
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.synonyms import synonyms
from searchq.query.language.syntax import All, Any, Fielded, Leaf, Near, Node, Not
from searchq.query.language.term_lookup import TermLookup
from searchq.query.tree import Origin, Place, any_of
from searchq.query.zones import both

__all__ = ["Compiled", "compile_syntax"]


_AS_WORDS: Final = Manner()


class Compiled(NamedTuple):
    """A compiled query, and its looser forms, if it has any; None: nothing to search for."""

    strict: tree.Node | None
    relaxed: tree.Node | None = None
    loosest: tree.Node | None = None


def compile_syntax(
    node: All | None, index: TermLookup, hints: HintCollector, text: Cleaned, manner: Manner = _AS_WORDS
) -> Compiled:
    """Compile a whole text, as `clauses` settled it, to query trees; most of the words of a sentence are enough.

    Adds a hint if there is nothing to search for.
    """
    if node is None:
        return _nothing(hints, text)
    parts = _gather(node, _Scope(index, hints, text))
    if manner.is_sentence and (telling := parts.telling()):
        return Compiled(telling)
    if (strict := parts.strict()) is None:
        return _nothing(hints, text)
    return Compiled(strict, parts.relaxed(), parts.loosest())


def _nothing(hints: HintCollector, text: Cleaned) -> Compiled:
    hints.add("nothing-to-search", 0, len(text.text))
    return Compiled(None)


class _Scope(Struct, frozen=True):
    """Where to search for a part of a query, and its weight."""

    index: TermLookup
    hints: HintCollector
    text: Cleaned
    zones: tuple[str, ...] = exact_queries.EXACT_ZONES  # the texts to look in
    named: Fielded | None = None  # the field that was named
    filter: Fielded | None = None  # the same, when it is no text
    boost: float = 1.0
    denied: bool = False  # what it matches is left out

    @property
    def everywhere(self) -> bool:
        """Return whether words are searched for in the whole question."""
        return self.filter is None and self.zones is exact_queries.EXACT_ZONES

    def weighing(self, boost: float) -> "_Scope":
        return self if boost == 1.0 else replace(self, boost=min(self.boost * boost, MAX_BOOST))


def _gather(node: All, scope: _Scope) -> Conjunction:
    inner = scope.weighing(node.boost)
    parts = Conjunction()
    for plain, row in groupby(node.parts, key=lambda part: is_word(part) and inner.everywhere):
        if plain:
            _add_words([part for part in row if is_word(part)], inner, parts)
        else:
            _add_others(row, inner, parts)
    return parts


def _add_words(leaves: Sequence[Leaf], scope: _Scope, parts: Conjunction) -> None:
    """Add consecutive words, each on its own (see `clauses`)."""
    typed = [(leaf, _origin(leaf, scope), _is_capital(leaf)) for leaf in leaves]
    row = [leaf.words[0] for leaf in leaves]
    if not scope.denied:
        scope.index.translate_together(row)
    words = [
        scope.index.word(word, translate=not scope.denied, capital=capital)
        for word, (_, _, capital) in zip(row, typed, strict=True)
    ]
    for (leaf, origin, capital), word, names in zip(typed, words, synonyms(row, scope.index), strict=True):
        boost = scope.weighing(leaf.boost).boost
        strict = word_queries.text_word(word, boost, scope.index, names, capital=capital).typed_as(origin)
        parts.wanted.append(strict)
        if leaf.required:
            parts.other.append(strict)
            continue
        parts.words.append(strict)
        if names or word.is_known:
            loose = word_queries.loose_word(word, boost, scope.index, names)
            parts.loose.append(strict if loose is None else loose.typed_as(origin))
            parts.counts.append(word.count)
        else:
            parts.unknown.append(strict)


def _is_capital(leaf: Leaf) -> bool:
    """Return whether a word was typed with a capital, and not in capitals."""
    first = 2 if leaf.text.startswith("IJ") else 1
    return leaf.text[:1].isupper() and not leaf.text[first : first + 1].isupper()


def _add_others(row: Iterable[Node], scope: _Scope, parts: Conjunction) -> None:
    for part in row:
        found = _compiled(part.part, replace(scope, denied=True)) if isinstance(part, Not) else _compiled(part, scope)
        if found is not None and isinstance(part, Not):
            parts.denied.append(found)
        elif found is not None:
            parts.wanted.append(found)
            parts.other.append(found)


def _compiled(node: Node, scope: _Scope) -> tree.Node | None:
    match node:
        case Leaf():
            return _leaf(node, scope)
        case All():
            return _gather(node, scope).strict()
        case Any():
            return _any(node, scope)
        case Fielded():
            return _fielded(node, scope)
        case Near():
            return _near(node, scope)
        case Not():
            denied = _compiled(node.part, replace(scope, denied=True))
            return None if denied is None else less(None, [denied])


def _any(node: Any, scope: _Scope) -> tree.Node | None:
    inner = scope.weighing(node.boost)
    found = [each for part in node.parts if (each := _compiled(part, inner)) is not None]
    return any_of(found) if found else None


def _fielded(node: Fielded, scope: _Scope) -> tree.Node | None:
    if node.field.kind == "zone":
        return _compiled(node.part, replace(scope, zones=both(node.field.target), named=node, filter=None))
    return _compiled(node.part, replace(scope, zones=exact_queries.EXACT_ZONES, named=node, filter=node))


def _leaf(leaf: Leaf, scope: _Scope) -> tree.Node | None:
    found = _meaning(leaf, scope)
    return None if found is None else found.typed_as(_origin(leaf, scope))


def _origin(leaf: Leaf, scope: _Scope) -> Origin:
    place, whole = (Place(*scope.text.span(*span)) for span in (leaf.inner, leaf.whole))
    return Origin(leaf.shape, leaf.words, place, whole, scope.named.field.target if scope.named else None)


def _meaning(leaf: Leaf, scope: _Scope) -> tree.Node | None:
    if scope.filter is None:
        return _SHAPES[leaf.shape](leaf, scope)
    asked = Asked(scope.filter.field, scope.filter.name, leaf.text, leaf.words, leaf.start, leaf.end)
    found = filter_tree(asked, scope.index, scope.hints)
    return _words(leaf, replace(scope, filter=None)) if found is None else found


def _words(leaf: Leaf, scope: _Scope) -> tree.Node | None:
    boost = scope.weighing(leaf.boost).boost
    if not scope.everywhere:
        return all_of(word_queries.zone_word(word, scope.zones, boost, scope.index) for word in leaf.words)
    capital = _is_capital(leaf)
    words = [scope.index.word(word, translate=not scope.denied, capital=capital) for word in leaf.words]
    found = zip(words, synonyms(leaf.words, scope.index), strict=True)
    return all_of(word_queries.text_word(word, boost, scope.index, names, capital=capital) for word, names in found)


def _phrase(leaf: Leaf, scope: _Scope) -> tree.Node:
    boost = scope.weighing(leaf.boost).boost
    first, *others = leaf.words
    beginnings = (first, *scope.index.elided(first))
    return any_of([exact_queries.phrase((one, *others), leaf.slop, boost, scope.zones) for one in beginnings])


def _pattern(leaf: Leaf, scope: _Scope) -> tree.Node | None:
    """Each word of the pattern: `foto's/vid*` holds one without open letters."""
    boost = scope.weighing(leaf.boost).boost
    globs = [glob for found in _GLOB.findall(leaf.text.lower()) if (glob := found.replace("’", "'").strip("'&-"))]
    return all_of(
        (exact_queries.pattern if _OPEN.search(glob) else exact_queries.surface)(glob, boost, scope.zones)
        for glob in globs
    )


_GLOB: Final = lazy(r"[\w'’&\-*?]+")
_OPEN: Final = lazy(r"^\w[^*?]+[*?]")


def _fuzzy(leaf: Leaf, scope: _Scope) -> tree.Node | None:
    return all_of(exact_queries.similar(word, scope.weighing(leaf.boost).boost, scope.zones) for word in leaf.words)


def _stray_range(leaf: Leaf, scope: _Scope) -> tree.Node | None:
    scope.hints.add("range-needs-field", leaf.start, leaf.end)
    return _words(leaf, scope)


_SHAPES: Final[dict[str, Callable[[Leaf, _Scope], tree.Node | None]]] = {
    "word": _words,
    "phrase": _phrase,
    "pattern": _pattern,
    "fuzzy": _fuzzy,
    "range": _stray_range,
}


def _near(node: Near, scope: _Scope) -> tree.Node | None:
    """Require both near each other in one text."""
    zones = word_queries.TEXTS if scope.everywhere else scope.zones
    return any_of([_place(node, replace(scope, zones=(zone,))) for zone in zones])


def _place(node: Node, scope: _Scope) -> tree.Node:
    """Compile a part of a query to positions in one text."""
    if isinstance(node, Near):
        return tree.Near((_place(node.left, scope), _place(node.right, scope)), node.distance)
    if isinstance(node, All | Any):
        inner = scope.weighing(node.boost)
        parts = tuple(_place(part, inner) for part in node.parts)
        return tree.AnyOf(parts) if isinstance(node, Any) else tree.AllOf(parts)
    found = _compiled(node, scope)
    assert found is not None  # `clauses` left no part without positions
    return found
