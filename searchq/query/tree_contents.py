"""What stands in a query tree: what was typed, plain words, leaves, quotations, other names, translations."""

from collections.abc import Iterator

from searchq.query.tree import AllOf, AnyOf, BestOf, Filter, Near, Node, Origin, Phrase, Without

__all__ = ["alias_nodes", "leaves", "origins", "parts_of", "plain_words", "quotations", "translations_in"]


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the direct children of a node."""
    match node:
        case AllOf() | AnyOf() | BestOf() | Near():
            return node.parts
        case Filter():
            return (node.part,)
        case Without():
            return (node.wanted, node.denied)
    return ()


def origins(node: Node) -> list[Origin]:
    """Return the origins of a tree, in the order of the text, each once."""
    return sorted(set(_origins(node)), key=lambda origin: origin.whole)


def _origins(node: Node) -> Iterator[Origin]:
    if node.origin is not None:
        yield node.origin
        return
    for part in parts_of(node):
        yield from _origins(part)


def plain_words(node: Node) -> tuple[str, ...]:
    """Return the plain words in order: not negated, quoted, with wildcards, in one field or near another.

    sociale media -facebook partij:Ecolo "de trein"        sociale, media
    """
    if node.origin is not None:
        return node.origin.words if node.origin.shape == "word" and node.origin.field is None else ()
    if isinstance(node, Without):
        return plain_words(node.wanted)
    return () if isinstance(node, Near) else tuple(word for part in parts_of(node) for word in plain_words(part))


def leaves(node: Node, *, aliases: bool = True) -> Iterator[Node]:
    """Yield the leaf nodes that make questions match, without negated ones, and, if told so, those of aliases."""
    if not aliases and _is_alias(node):
        return
    parts = (node.wanted,) if isinstance(node, Without) else parts_of(node)
    if not parts:
        yield node
    for part in parts:
        yield from leaves(part, aliases=aliases)


def alias_nodes(node: Node) -> Iterator[Node]:
    """Yield the nodes of other names of several words that make questions match; `origin.words` is the name."""
    if _is_alias(node):
        yield node
        return
    for part in (node.wanted,) if isinstance(node, Without) else parts_of(node):
        yield from alias_nodes(part)


def translations_in(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the translations that make questions match, as they are written, with the node that matches each."""
    if node.origin is not None and node.origin.shape == "translation":
        yield " ".join(node.origin.words), node
    elif isinstance(node, Without):
        yield from ((words, Without(part, node.denied)) for words, part in translations_in(node.wanted))
    else:
        for part in parts_of(node):
            yield from translations_in(part)


def _is_alias(node: Node) -> bool:
    return node.origin is not None and node.origin.shape == "alias"


def quotations(node: Node) -> Iterator[Phrase]:
    """Yield the quoted phrases that make questions match, without negated ones or those with a slop."""
    if node.origin is not None:
        if node.origin.shape == "phrase":
            yield from (leaf for leaf in leaves(node) if isinstance(leaf, Phrase) and leaf.slop == 1)
        return
    for part in (node.wanted,) if isinstance(node, Without) else parts_of(node):
        yield from quotations(part)
