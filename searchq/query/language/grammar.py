"""Parses lexemes to syntax, and repairs what does not parse.

    sequence     alternatives alternatives …        words side by side: all of them
    alternatives conjunction OR conjunction …
    conjunction  factor AND factor …
    factor       NOT factor | -factor | +factor | near
    near         part NEAR/5 part …
    part         (sequence) | field:part | word | "phrase"

So `a b OR c` means a AND (b OR c), and `a AND b OR c` means (a AND b) OR c. Every function consumes what it can and
leaves the rest; `None` means that it found nothing. Nesting is bounded, so recursion is too.
"""

from collections.abc import Callable, Iterable
from typing import Final, cast

from msgspec.structs import replace

from searchq.analysis.tokenizer import words
from searchq.limits import MAX_QUERY_DEPTH, MAX_QUERY_TERMS
from searchq.query.language.hint_collector import HintCollector
from searchq.query.language.lexer import Lexeme, Mark
from searchq.query.language.syntax import All, Any, Fielded, Leaf, Near, Node, Not, Shape

__all__ = ["read"]


def read(lexemes: Iterable[Lexeme], hints: HintCollector) -> Node | None:
    """Parse a whole query; return None if there is nothing to search for."""
    return _Reader(lexemes, hints).everything()


_LEAVES: Final[frozenset[Mark]] = frozenset({"word", "phrase", "pattern", "fuzzy", "range"})
_ENDS: Final[frozenset[Mark | None]] = frozenset({"close", None})


class _Reader:
    """A place in the lexemes, the depth of nesting there and the number of words so far."""

    def __init__(self, lexemes: Iterable[Lexeme], hints: HintCollector) -> None:
        self._lexemes = tuple(lexemes)
        self._hints = hints
        self._place = 0
        self._mark: Mark | None = self._lexemes[0].mark if self._lexemes else None  # of the lexeme there
        self._depth = 0
        self._overlooked = 0  # opening parentheses beyond the maximum depth
        self._words = 0

    def everything(self) -> Node | None:
        parts: list[Node] = []
        while self._mark is not None:
            if (part := self._sequence()) is not None:
                parts.append(part)
            if self._mark == "close":
                self._stray_closing(self._next())
        return _joined(All, parts)

    def _sequence(self) -> Node | None:
        """Parse adjacent parts, up to a closing parenthesis or the end."""
        parts: list[Node] = []
        while self._mark not in _ENDS:
            if (part := self._chain("or", self._conjunction, Any)) is not None:
                parts.append(part)
        return _joined(All, parts)

    def _conjunction(self) -> Node | None:
        return self._chain("and", self._factor, All)

    def _chain(self, operator: Mark, part: Callable[[], Node | None], join: type[All] | type[Any]) -> Node | None:
        """Parse parts with an operator between each two; drop an operator that joins nothing."""
        parts = [part()]
        while self._mark == operator:
            sign = self._next()
            parts.append(part())
            if parts[-2] is None or parts[-1] is None:
                self._stray(sign)
                parts = [found for found in parts if found is not None] or [None]
        found = [each for each in parts if each is not None]
        return _joined(join, [_required(each) for each in found] if join is All and len(found) > 1 else found)

    def _factor(self) -> Node | None:
        """Parse a part, possibly negated."""
        first = self._place
        sign, denied, wanted = self._signs()
        part = self._nearby()
        if part is None:
            if sign is not None:
                self._stray(sign)
            return None
        if sign is not None:
            part = self._since(first, part, wanted)
        return Not(part) if denied else part

    def _since(self, first: int, part: Node, wanted: bool = False) -> Node:
        """Return a part whose signs, or field, begin with that lexeme and end here."""
        if isinstance(part, Leaf):
            whole = (self._lexemes[first].start, self._lexemes[self._place - 1].end)
            return replace(part, whole=whole, wanted=part.wanted or wanted, required=part.required or wanted)
        return replace(part, part=self._since(first, part.part)) if isinstance(part, Fielded) else part

    def _signs(self) -> tuple[Lexeme | None, bool, bool]:
        """Consume signs; return the last, whether they negate (two negations cancel out), and whether they require."""
        sign, denied, wanted = None, False, False
        while self._mark in ("not", "wanted"):
            sign = self._next()
            denied ^= sign.mark == "not"
            wanted |= sign.mark == "wanted"
        return sign, denied, wanted

    def _nearby(self) -> Node | None:
        left = self._part()
        while self._mark == "near":
            sign = self._next()
            right = self._part()
            if left is None or right is None:
                self._stray(sign)
                left = left if right is None else right
            else:
                left = Near(left, right, sign.slop, sign.start, sign.end)
        return left

    def _part(self) -> Node | None:
        mark = self._mark
        if mark in _LEAVES:
            return self._leaf(self._next())
        if mark == "open":
            return self._group(self._next())
        if mark == "field":
            return self._fielded(self._next())
        return None

    def _leaf(self, lexeme: Lexeme) -> Node | None:
        found = tuple(words(lexeme.text))
        left = MAX_QUERY_TERMS - self._words
        if len(found) > left:
            self._hints.add("too-many-words", lexeme.start, self._lexemes[-1].end, limit=MAX_QUERY_TERMS)
            self._move_to(len(self._lexemes))
            found = found[:left]
        self._words += len(found)
        if not found:
            return None
        shape = cast(Shape, lexeme.mark)
        span = (lexeme.start, lexeme.end)
        inner = lexeme.inner or span
        return Leaf(shape, lexeme.text, found, *span, inner, span, lexeme.slop, lexeme.boost)

    def _group(self, opening: Lexeme) -> Node | None:
        """Parse the text between parentheses; ignore parentheses beyond the maximum depth."""
        if self._depth >= MAX_QUERY_DEPTH:
            self._hints.add("deep-nesting", opening.start, opening.end, limit=MAX_QUERY_DEPTH)
            self._overlooked += 1
            while self._mark == "open":
                self._next()
                self._overlooked += 1
            return self._part()
        self._depth += 1
        inside = self._sequence()
        self._depth -= 1
        if self._mark is None:
            self._hints.add("unbalanced-parenthesis", opening.start, opening.end, sign="(")
            return inside
        return _weighted(inside, self._next().boost)

    def _fielded(self, name: Lexeme) -> Node | None:
        assert name.field is not None
        first = self._place - 1
        _, denied, _ = self._signs()
        part = self._part()
        if part is None:
            self._hints.add("field-without-value", name.start, name.end, field=name.text)
            return None
        part = self._since(first, part)
        found = Fielded(name.field, name.text, part, name.start, name.end)
        return Not(found) if denied else found

    def _next(self) -> Lexeme:
        found = self._lexemes[self._place]
        self._move_to(self._place + 1)
        return found

    def _move_to(self, place: int) -> None:
        self._place = place
        self._mark = self._lexemes[place].mark if place < len(self._lexemes) else None

    def _stray_closing(self, sign: Lexeme) -> None:
        if self._overlooked:
            self._overlooked -= 1
        else:
            self._hints.add("unbalanced-parenthesis", sign.start, sign.end, sign=")")

    def _stray(self, sign: Lexeme) -> None:
        self._hints.add("stray-operator", sign.start, sign.end, operator=sign.text)


def _required(node: Node) -> Node:
    """Return the operand of an EN: all its words are required."""
    if isinstance(node, Leaf):
        return replace(node, required=True)
    return replace(node, parts=tuple(map(_required, node.parts))) if isinstance(node, All) else node


def _joined(join: type[All] | type[Any], parts: list[Node]) -> Node | None:
    """Return one part unchanged, several joined; flatten groups of the same kind without a boost."""
    if len(parts) <= 1:
        return parts[0] if parts else None
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, join) and part.boost == 1.0:
            flat.extend(part.parts)
        else:
            flat.append(part)
    return join(tuple(flat))


def _weighted(node: Node | None, boost: float) -> Node | None:
    if node is None or boost == 1.0:
        return node
    if isinstance(node, Leaf | All | Any):
        return replace(node, boost=node.boost * boost)
    return All((node,), boost)
