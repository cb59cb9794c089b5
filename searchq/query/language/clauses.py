"""Interprets adjacent words: values of several words, and stop words.

    partij:Open Vld facebook    the value Open Vld, then facebook
    de kosten van asiel         kosten and asiel
    hoe komt het dat asiel … ?  of a sentence its telling words

The input is the parts of one conjunction; the output is the parts to search for.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, TypeGuard

from msgspec.structs import replace

from searchq.analysis.sentences import is_function_word, opens_question
from searchq.analysis.stop_words import is_stop_word
from searchq.query.fields import Field
from searchq.query.language.filters import is_value
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.syntax import Fielded, Leaf, Node, Not
from searchq.query.language.term_lookup import TermLookup

__all__ = ["is_word", "one_value", "single_words", "telling_words", "without_opening", "without_stop_words"]

_MAX_WORDS: Final = 5  # of a value without quotes


def is_word(node: Node) -> TypeGuard[Leaf]:
    """Return whether a part of a query is a plain word."""
    return isinstance(node, Leaf) and node.shape == "word"


def single_words(parts: Sequence[Node], index: TermLookup, hints: HintCollector) -> Iterator[Node]:
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


def one_value(parts: Sequence[Node], field: Field, index: TermLookup) -> Sequence[Node]:
    """Join the words into one value, as in partij:(open vld), if there is such a value."""
    found = [part for part in parts if is_word(part)]
    if len(parts) < 2 or len(found) < len(parts):
        return parts
    value = _together(found)
    return [value] if is_value(field, value.text, index) else parts


def without_stop_words(parts: Sequence[Node], index: TermLookup) -> list[Node]:
    """Drop stop words; keep all parts if there is nothing else."""
    telling = [part for part in parts if not _is_stop_word(part, index)]
    return telling if any(not isinstance(part, Not) for part in telling) else list(parts)


def without_opening(parts: Sequence[Node], index: TermLookup) -> Sequence[Node]:
    """Drop the word that begins a question, where others follow: hoeveel daklozen, combien de réfugiés."""
    first, *rest = parts
    is_opening = (
        is_word(first) and not first.start and not first.wanted and opens_question(first.words[0], index.language)
    )
    return rest if is_opening and any(map(is_word, rest)) else parts


def telling_words(parts: Sequence[Node], index: TermLookup) -> list[Node]:
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
