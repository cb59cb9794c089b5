"""The names of facets and their values: in English as they are typed, in Dutch as the page names them.

Both may be typed: `--status beantwoord` is `--status answered`.
"""

from searchq.cli.texts import gettext, language
from searchq.query.facet_table import FACET_NAMES, MISSING_VALUE, FacetName, facet_named

__all__ = ["facet_name", "kind_name", "missing_name", "value_name"]


def facet_name(name: FacetName) -> str:
    """The name of a facet: title-part, Onderwerp."""
    facet = facet_named(name)
    return facet.option if language() == "en" else facet.nl


def value_name(name: FacetName, value: str) -> str:
    """The name of a value: answered, Beantwoord; names and numbers stand as they are."""
    facet = facet_named(name)
    return facet.names.label(value, "nl") if language() == "nl" and facet.kind == "code" else value


def missing_name() -> str:
    """The name of the questions without a value."""
    return MISSING_VALUE if language() == "en" else "(geen)"


def kind_name(kind: str) -> str:
    """The kind of a suggestion: the name of a facet, or another kind."""
    if kind not in FACET_NAMES:
        return {"word": gettext("word"), "number": gettext("number")}.get(kind, kind)
    return kind if language() == "en" else facet_named(kind).nl.lower()
