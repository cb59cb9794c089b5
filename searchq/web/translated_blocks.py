"""Texts of a template that are translated when it is compiled, so that rendering them costs nothing more.

{% trans %}…{% endtrans %}    the pieces of the translation, with the values between them
{{ _("…") }}                  the translation
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from searchq.web.translations import translations

__all__ = ["TranslatedBlocks", "TranslatedCalls"]

_VARIABLE: Final = re.compile(r"%\((\w+)\)s")


class TranslatedBlocks(InternationalizationExtension):
    """The blocks of jinja2's i18n extension, in the environment of one language."""

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Parse a block, and put the pieces of its translation in its place."""
        parsed = super().parse(parser)
        *before, block = parsed if isinstance(parsed, list) else [parsed]
        (text,) = (call.args[0].as_const() for call in block.find_all(nodes.Call) if _is_gettext(call))
        values = {pair.key.as_const(): pair.value for pair in block.find_all(nodes.Pair)}
        translated = translations(self.environment.globals["language"]).gettext(text)
        return [*before, nodes.Output(list(_pieces(translated, values)), lineno=block.lineno)]


class TranslatedCalls(NodeTransformer):
    """Puts the translation in place of each call of `_` with a constant."""

    def __init__(self, translated: Callable[[str], str]) -> None:
        self._translated = translated

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as jinja2 names it
        """Visit a call, and what it is called with."""
        self.generic_visit(node)
        text = node.args[0] if len(node.args) == 1 else None
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(text, nodes.Const):
            return nodes.Const(self._translated(text.value), lineno=node.lineno)
        return node


def _is_gettext(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name == "gettext"


def _pieces(text: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """A text as constant parts with the values between them."""
    for place, part in enumerate(_VARIABLE.split(text)):
        if place % 2:
            yield values[part]
        elif part:
            yield nodes.TemplateData(part.replace("%%", "%") if values else part)
