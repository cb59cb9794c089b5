"""A text as it was read: its query tree, what stands in it, and its words as they were typed."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from searchq.analysis.stop_words import Language
from searchq.analysis.tokenizer import Token
from searchq.query.hints import Hint
from searchq.query.tree import Node
from searchq.query.tree_contents import Contents, contents_of
from searchq.query.zones import twin_of

__all__ = ["ParsedQuery", "TypedWords"]


class TypedWords(NamedTuple):
    """The plain words of a query that tell, and all of its words, in order; the texts in its language are looked at."""

    telling: tuple[str, ...]
    every: tuple[str, ...]
    language: Language = "nl"

    @property
    def title(self) -> str:
        """Return the zone of the titles."""
        return twin_of("title", self.language)

    @property
    def question(self) -> str:
        """Return the zone of the questions."""
        return twin_of("question", self.language)


class ParsedQuery(Struct, frozen=True, dict=True):
    """The parsed form of a text.

    `relaxed` requires most of the words instead of all, for when few match `tree`; None if that makes no sense.
    `loosest` requires half of them or the rarest, for when nothing matches `tree`; None where `relaxed` is.
    `jump` is a question number, if the text consists of one; `named`: the text is what some questions are called.
    `translations` are those sought of each word, the likeliest first; `language` is that of the text.
    `serial` is the number, but for its legislature, that the text may be; `tokens` are its words, each in its place.
    """

    tree: Node
    hints: tuple[Hint, ...] = ()
    jump: str | None = None
    relaxed: Node | None = None
    loosest: Node | None = None
    named: bool = False
    translations: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    language: Language = "nl"
    serial: str | None = None
    tokens: tuple[Token, ...] = ()

    @cached_property
    def contents(self) -> Contents:
        """What stands in the tree, read once for all who ask."""
        return contents_of(self.tree)

    @property
    def typed(self) -> TypedWords:
        """The words for which the best matches are ranked again."""
        return TypedWords(self.contents.plain_words, tuple([token.word for token in self.tokens]), self.language)
