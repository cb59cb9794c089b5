"""What stands in a query tree: what was typed, plain words, quotations, other names, translations; and its leaves."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field

from searchq.query.tree import AllOf, AnyOf, BestOf, Filter, Near, Node, Origin, Phrase, Without

__all__ = ["Contents", "contents_of", "leaves", "parts_of"]


class Contents(NamedTuple):
    """What stands in a tree; what is negated counts only among the origins.

    sociale media -facebook partij:Ecolo "de trein"        plain words: sociale, media
    """

    origins: tuple[Origin, ...]  # in the order of the text, each once
    plain_words: tuple[str, ...]  # in order: not quoted, with wildcards, in one field or near another
    quotations: tuple[Phrase, ...]  # without those with a slop
    aliases: tuple[Node, ...]  # other names of several words; `origin.words` is the name
    translations: tuple[tuple[str, Node], ...]  # as they are written, with the node that matches each


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


def contents_of(tree: Node) -> Contents:
    """Return what stands in a tree, read once."""
    found = _Found()
    _read(tree, found, _Place())
    origins = sorted(dict.fromkeys(found.origins), key=lambda origin: origin.whole)
    return Contents(
        tuple(origins),
        tuple(found.plain_words),
        tuple(found.quotations),
        tuple(found.aliases),
        tuple(found.translations),
    )


class _Found(Struct):
    origins: list[Origin] = field(default_factory=list)
    plain_words: list[str] = field(default_factory=list)
    quotations: list[Phrase] = field(default_factory=list)
    aliases: list[Node] = field(default_factory=list)
    translations: list[tuple[str, Node]] = field(default_factory=list)


class _Place(NamedTuple):
    """Where a node stands: under one that was typed, in what is negated, near another; what its matches are less."""

    is_typed: bool = False
    is_denied: bool = False
    is_near: bool = False
    less: tuple[Node, ...] = ()


def _read(node: Node, found: _Found, place: _Place) -> None:
    if node.origin is not None:
        if not place.is_typed:
            _read_typed(node, node.origin, found, place)
            place = place._replace(is_typed=True)
        if place.is_denied:
            return
        if node.origin.shape == "alias":
            found.aliases.append(node)
            return
        if node.origin.shape == "translation":
            found.translations.append((" ".join(node.origin.words), _less(node, place.less)))
            return
    if isinstance(node, Without):
        _read(node.wanted, found, place._replace(less=(*place.less, node.denied)))
        _read(node.denied, found, place._replace(is_denied=True))
        return
    if isinstance(node, Near):
        place = place._replace(is_near=True)
    for part in parts_of(node):
        _read(part, found, place)


def _read_typed(node: Node, origin: Origin, found: _Found, place: _Place) -> None:
    found.origins.append(origin)
    if place.is_denied:
        return
    if origin.shape == "word" and origin.field is None and not place.is_near:
        found.plain_words += origin.words
    elif origin.shape == "phrase":
        found.quotations += [leaf for leaf in leaves(node) if isinstance(leaf, Phrase) and leaf.slop == 1]


def _less(node: Node, denied: tuple[Node, ...]) -> Node:
    for one in reversed(denied):
        node = Without(node, one)
    return node


def leaves(node: Node, *, aliases: bool = True) -> Iterator[Node]:
    """Yield the leaf nodes that make questions match, without negated ones, and, if told so, those of aliases."""
    if not aliases and _is_alias(node):
        return
    parts = (node.wanted,) if isinstance(node, Without) else parts_of(node)
    if not parts:
        yield node
    for part in parts:
        yield from leaves(part, aliases=aliases)


def _is_alias(node: Node) -> bool:
    return node.origin is not None and node.origin.shape == "alias"
