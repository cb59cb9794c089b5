"""Settles what of a query to search for: values of several words, stop words, the words of sentences.

    partij:Open Vld facebook    the value Open Vld, then facebook
    de kosten van asiel         kosten and asiel
    hoe komt het dat asiel … ?  of a sentence its telling words

Syntax goes in, and syntax comes out.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from searchq.analysis.sentences import Manner, is_function_word
from searchq.analysis.stop_words import is_stop_word
from searchq.query.fields import Field
from searchq.query.language.filters import is_value
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.syntax import All, Any, Fielded, Leaf, Near, Node, Not
from searchq.query.language.term_lookup import TermLookup

__all__ = ["is_word", "settled"]

_MAX_WORDS: Final = 5  # of a value without quotes


class _Scope(Struct, frozen=True):
    """What decides which words count: the index, how the text is asked, and the field that they are words of."""

    index: TermLookup
    hints: HintCollector
    manner: Manner
    field: Field | None = None

    @property
    def is_filter(self) -> bool:
        return self.field is not None and self.field.kind != "zone"


def settled(node: Node | None, index: TermLookup, hints: HintCollector, manner: Manner) -> All | None:
    """Return what of a whole query to search for; None if it is nothing."""
    if node is None:
        return None
    return _conjunction(node if isinstance(node, All) else All((node,)), _Scope(index, hints, manner))


def _settled(node: Node, scope: _Scope) -> Node:
    match node:
        case All():
            return _conjunction(node, scope)
        case Any():
            parts = node.parts if scope.is_filter else _without_stop_words(node.parts, scope.index)
            return replace(node, parts=tuple([_settled(part, scope) for part in parts]))
        case Fielded():
            return replace(node, part=_settled(node.part, replace(scope, field=node.field)))
        case Not():
            return replace(node, part=_settled(node.part, scope))
        case Near() if scope.is_filter or not _has_place(node):  # both are only required
            scope.hints.add("near-needs-words", node.start, node.end)
            return _conjunction(All((node.left, node.right)), scope)
    return node


def _conjunction(node: All, scope: _Scope) -> All:
    return replace(node, parts=tuple([_settled(part, scope) for part in _row(node.parts, scope)]))


def _row(parts: Sequence[Node], scope: _Scope) -> Sequence[Node]:
    """Return what of some adjacent parts to search for."""
    if scope.field is not None and scope.is_filter:
        return _one_value(parts, scope.field, scope.index)
    found = _without_stop_words(list(_single_words(parts, scope.index, scope.hints)), scope.index)
    if scope.field is not None:
        return found
    if not scope.manner.is_sentence:
        return _without_opening(found) if scope.manner.is_opened else found
    telling = _telling_words(found, scope.index)
    scope.hints.add("telling-words", words=", ".join(part.words[0] for part in telling if is_word(part)))
    return telling


def is_word(node: Node) -> TypeGuard[Leaf]:
    """Return whether a part of a query is a plain word."""
    return isinstance(node, Leaf) and node.shape == "word"


def _has_place(node: Node) -> bool:
    if isinstance(node, Near):
        return _has_place(node.left) and _has_place(node.right)
    if isinstance(node, All | Any):
        return all(_has_place(part) for part in node.parts)
    return isinstance(node, Leaf) and node.shape != "range"


def _single_words(parts: Sequence[Node], index: TermLookup, hints: HintCollector) -> Iterator[Node]:
    """Yield the parts as single words, with whole values after the fields that have such values."""
    place = 0
    while place < len(parts):
        part = parts[place]
        place += 1
        if isinstance(part, Fielded) and (value := _longer_value(part, parts[place:], index, hints)):
            place += value.slop  # as many words as it took
            part = replace(part, part=replace(value, slop=1))
        if is_word(part):
            yield from (replace(part, text=_as_typed(word, part), words=(word,)) for word in part.words)
        else:
            yield part


def _as_typed(word: str, part: Leaf) -> str:
    """Return one word of a leaf with the capital it was typed with."""
    return part.text if len(part.words) == 1 else word


def _one_value(parts: Sequence[Node], field: Field, index: TermLookup) -> Sequence[Node]:
    """Join the words into one value, as in partij:(open vld), if there is such a value."""
    found = [part for part in parts if is_word(part)]
    if len(parts) < 2 or len(found) < len(parts):
        return parts
    value = _together(found)
    return [value] if is_value(field, value.text, index) else parts


def _without_stop_words(parts: Sequence[Node], index: TermLookup) -> list[Node]:
    """Drop stop words; keep all parts if there is nothing else."""
    telling = [part for part in parts if not _is_stop_word(part, index)]
    return telling if any(not isinstance(part, Not) for part in telling) else list(parts)


def _without_opening(parts: Sequence[Node]) -> Sequence[Node]:
    """Drop the word that begins a question, where others follow: hoeveel daklozen, combien de réfugiés."""
    first, *rest = parts
    is_opening = is_word(first) and not first.start and not first.wanted
    return rest if is_opening and any(map(is_word, rest)) else parts


def _telling_words(parts: Sequence[Node], index: TermLookup) -> list[Node]:
    """Drop the words of a sentence that tell nothing: function words, then very frequent ones; but not all words."""
    for is_idle in (partial(is_function_word, language=index.language), index.is_very_frequent):
        kept = [part for part in parts if not is_word(part) or part.wanted or not is_idle(part.words[0])]
        parts = kept if any(map(is_word, kept)) else parts
    return list(parts)


def _is_stop_word(part: Node, index: TermLookup) -> bool:
    return is_word(part) and not part.wanted and is_stop_word(part.words[0], index.language)


def _longer_value(part: Fielded, behind: Sequence[Node], index: TermLookup, hints: HintCollector) -> Leaf | None:
    """Return a value of several words, as in partij:Open Vld, if the first is not a value; `slop` counts the rest."""
    first = part.part
    if part.field.kind != "facet" or not is_word(first) or is_value(part.field, first.text, index):
        return None
    row = [first]
    for node in behind[: _MAX_WORDS - 1]:
        if not is_word(node):
            break
        row.append(node)
    for count in range(len(row), 1, -1):
        value = _together(row[:count])
        if is_value(part.field, value.text, index):
            hints.add("value-quotes", part.start, value.end, field=part.name, value=value.text)
            return replace(value, slop=count - 1)
    return None


def _together(parts: Sequence[Leaf]) -> Leaf:
    text = " ".join(part.text for part in parts)
    found = tuple(word for part in parts for word in part.words)
    first, last = parts[0], parts[-1]
    inner, whole = (first.inner[0], last.inner[1]), (first.whole[0], last.whole[1])
    return Leaf("phrase", text, found, first.start, last.end, inner, whole)
