"""`{% trans %}` blocks that are translated when a template is compiled, so that rendering them costs nothing more."""

import re
from collections.abc import Iterator
from typing import Final

from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.parser import Parser

from searchq.web.translations import translations

__all__ = ["TranslatedBlocks"]

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


def _is_gettext(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name == "gettext"


def _pieces(text: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """A text as constant parts with the values between them."""
    for place, part in enumerate(_VARIABLE.split(text)):
        if place % 2:
            yield values[part]
        elif part:
            yield nodes.TemplateData(part.replace("%%", "%") if values else part)
