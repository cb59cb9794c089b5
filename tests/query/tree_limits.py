"""What must hold of every parsed query, whatever the text; shared by the property tests and the fuzzer."""

from collections.abc import Iterator

from searchq.limits import (
    FUZZY_DISTANCE,
    MAX_BOOST,
    MAX_EXPANDED_TERMS,
    MAX_QUERY_CHARACTERS,
    MAX_QUERY_DEPTH,
    MAX_QUERY_TERMS,
    MAX_WILDCARDS,
    MAX_WORD_DISTANCE,
    MIN_PREFIX_LETTERS,
)
from searchq.query.parsed import ParsedQuery
from searchq.query.tree import Fuzzy, Near, Node, Phrase, Prefix, Term, Wildcard
from searchq.query.tree_contents import contents_of, parts_of
from searchq.query.zones import ZONES

_LEAVES_A_WORD = max(MAX_EXPANDED_TERMS, 30)  # a word in all its zones and as a compound; a value among others
_GREATEST_ZONE = max(zone.weight for zone in ZONES)
_NODES_A_LEVEL = 6  # between the tree of a group and the tree of the group around it
_MAX_FIELDS = MAX_QUERY_CHARACTERS // 3  # each may stand within another, as in titel:-vraag:-titel:…


def within_limits(text: str, parsed: ParsedQuery) -> list[str]:
    """What is wrong with a parsed query: nothing, one hopes."""
    trees = [tree for tree in (parsed.tree, parsed.relaxed, parsed.loosest) if tree]
    return [*_of_hints(text, parsed), *(fault for tree in trees for fault in [*_of(tree), *_of_origins(text, tree)])]


def _of_hints(text: str, parsed: ParsedQuery) -> Iterator[str]:
    for hint in parsed.hints:
        if hint.start is not None and not 0 <= hint.start <= (hint.end or 0) <= len(text):
            yield f"{hint} lies outside the text"
        for language in ("en", "nl"):
            if not 0 < len(hint.sentence(language)) < 400 or "\n" in hint.sentence(language):
                yield f"{hint} is no sentence in {language}"


def _of_origins(text: str, tree: Node) -> Iterator[str]:
    for origin in contents_of(tree).origins:
        if not 0 <= origin.whole.start <= origin.place.start <= origin.place.end <= origin.whole.end <= len(text):
            yield f"{origin} lies outside the text"


def _of(tree: Node) -> Iterator[str]:
    nodes = list(_nodes(tree, 1))
    words = {word for _, node in nodes for word in _words(node)}
    if max(depth for depth, _ in nodes) > _NODES_A_LEVEL * (MAX_QUERY_DEPTH + 2) + 2 * _MAX_FIELDS:
        yield "the tree is too deep"
    if len(nodes) > MAX_QUERY_TERMS * _LEAVES_A_WORD * 2 + MAX_QUERY_CHARACTERS:
        yield f"the tree has {len(nodes)} nodes"
    if len(words) > MAX_QUERY_TERMS * _LEAVES_A_WORD:
        yield f"the tree has {len(words)} words"
    yield from (f"{node!r} is beyond the limits" for _, node in nodes if not _bounded(node))


def _bounded(node: Node) -> bool:
    if not 0 <= getattr(node, "boost", 1.0) <= MAX_BOOST * _GREATEST_ZONE:
        return False
    if isinstance(node, Prefix | Wildcard):
        start = node.text.split("*")[0].split("?")[0]
        return len(start) >= MIN_PREFIX_LETTERS and node.text.count("*") <= MAX_WILDCARDS and "[" not in node.text
    if isinstance(node, Fuzzy):
        return node.edits <= FUZZY_DISTANCE
    if isinstance(node, Phrase | Near):
        return 1 <= (node.slop if isinstance(node, Phrase) else node.distance) <= MAX_WORD_DISTANCE
    return True


def _nodes(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    yield depth, node
    for child in parts_of(node):
        yield from _nodes(child, depth + 1)


def _words(node: Node) -> tuple[str, ...]:
    if isinstance(node, Phrase):
        return node.words
    return (node.text,) if isinstance(node, Term | Prefix | Wildcard | Fuzzy) else ()
