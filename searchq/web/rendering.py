"""Templates: an environment for each language, with autoescaping on."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, cast

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from searchq.kernel import built
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.facet_table import Language
from searchq.web import links, texts
from searchq.web.assets import asset_path
from searchq.web.houses import UNKNOWN, Houses
from searchq.web.marks import Stretch, paragraphs, pieces
from searchq.web.metrics import stage
from searchq.web.mount import LANGUAGES, alternates, language, translated_url, url, url_in
from searchq.web.parameters import quoted
from searchq.web.template_code import MergedOutputs, TemplateCode, as_macro
from searchq.web.translated_blocks import TranslatedBlocks, TranslatedCalls
from searchq.web.translations import translations

__all__ = ["render"]

LANGUAGE_NAMES: Final[dict[Language, str]] = {"nl": "Nederlands", "fr": "Français"}  # each in itself

_IN_C: Final = built("markup")


def _marked(stretch: Stretch) -> Markup:
    """A stretch as HTML, with its ranges marked."""
    shown = [f"<mark>{escape(text)}</mark>" if is_marked else escape(text) for text, is_marked in pieces(stretch)]
    return Markup("".join(shown))


def _joined(*parts: object) -> str:
    """Text of a template, and values between, as HTML."""
    return "".join([escape(part) if place % 2 else str(part) for place, part in enumerate(parts)])


_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "amount": texts.amount,
    "date": texts.date,
    "days": texts.days,
    "host": links.host,
    "marked": _IN_C.marked if _IN_C else _marked,
    "paragraphs": paragraphs,
    "pieces": pieces,
    "quoted": quoted,
}
_GLOBALS: Final[dict[str, Any]] = {
    "most_characters": MAX_QUERY_CHARACTERS,
    "asset": asset_path,
    "count": texts.count,
    "period": texts.period,
    "question_path": links.question_path,
    "search_path": links.search_path,
    "alternates": alternates,
    "language_names": LANGUAGE_NAMES,
    "translated_url": translated_url,
    "url": url,
    "url_in": url_in,
}


def render(template: str, **values: object) -> str:
    """Render a template in the language of the request; an undefined name is an error."""
    with stage("render"):
        return _environment(language()).get_template(template).render(values)


class _Template(Template):
    """A template that is imported by others as it is: its macros see what they are given, and the environment."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Environment(Environment):
    """Templates that print fast."""

    template_class = _Template
    code_generator_class = TemplateCode
    printed: Callable[[object], str] = staticmethod(_IN_C.printed if _IN_C else escape)  # ten times as fast in C
    joined: Callable[..., str] = staticmethod(_IN_C.joined if _IN_C else _joined)
    as_macro = staticmethod(as_macro)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        translate = translations(self.globals.get("language", LANGUAGES[0])).gettext
        return cast(nodes.Template, MergedOutputs().visit(TranslatedCalls(translate).visit(parsed)))


@cache
def _environment(language: Language) -> Environment:
    """The templates in a language."""
    catalog = translations(language)
    made = _Environment(
        loader=PackageLoader("searchq.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    made.add_extension(TranslatedBlocks)  # sets `_`, too
    made.filters.update(_FILTERS)
    made.globals.update(_GLOBALS, language=language, _=catalog.gettext, site=catalog.gettext(texts.SITE))
    made.globals.update(other_language=next(one for one in LANGUAGES if one != language))
    made.globals["houses"] = Houses(*map(catalog.gettext, UNKNOWN))  # until a view tells whose questions are here
    return made
