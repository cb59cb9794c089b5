"""Templates: one environment, with autoescaping on."""

from collections.abc import Callable
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.web import links, texts
from searchq.web.assets import asset_path
from searchq.web.houses import UNKNOWN
from searchq.web.marks import paragraphs, pieces
from searchq.web.mount import url

__all__ = ["render"]

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("searchq.web"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
    cache_size=-1,
)

_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "amount": texts.amount,
    "date": texts.date,
    "days": texts.days,
    "host": links.host,
    "paragraphs": paragraphs,
    "pieces": pieces,
}
_ENVIRONMENT.filters.update(_FILTERS)
_ENVIRONMENT.globals.update(
    site=texts.SITE,
    most_characters=MAX_QUERY_CHARACTERS,
    houses=UNKNOWN,  # until a view tells whose questions are here
    asset=asset_path,
    count=texts.count,
    period=texts.period,
    question_path=links.question_path,
    search_path=links.search_path,
    url=url,
)


def render(template: str, **values: object) -> str:
    """Render a template; an undefined name is an error."""
    return _ENVIRONMENT.get_template(template).render(values)
