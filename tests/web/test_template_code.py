"""Templates as they are compiled here print what jinja2's own code prints."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError

from searchq.web.rendering import _environment

OWN = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)


class Row(NamedTuple):
    """What a template may be given."""

    name: str
    amount: int


VALUES = {"rows": [Row("a<b", 1), Row("é & €", 2)], "text": '"x" <y>', "none": None, "number": 1.5}
TEMPLATES = (
    "",
    "only text",
    "{{ text }}",
    "{{ text }}{{ number }}{{ none }}",
    "a{{ text }}b{{ '<' }}c{{ number }}",
    "{{ '<b>' | safe }}{{ text | upper }}{{ 1 + 2 }}",
    "{% for row in rows %}{{ loop.index }} {{ row.name }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for row in rows if row.amount > 1 %}{{ row.name }}{% else %}none{% endfor %}",
    "{% if none %}a{% elif text %}{{ text }}b{% else %}c{% endif %}",
    "{% set body %}<p>{{ text }}</p>{% endset %}{{ body }}{{ body }}",
    "{% macro one(a, b=text) %}{{ a }}{{ b }}{% endmacro %}{{ one(1) }}{{ one('&', 2) }}",
    "{% macro in(a) %}<{{ a }}>{% endmacro %}{% macro out(a) %}[{{ in(a) }}{{ a }}]{% endmacro %}{{ out('&') }}",
    "{% macro row(name, count) %}{{ name }}{{ count }}{% endmacro %}{% for one in rows %}{{ row(*one) }}{% endfor %}",
    "{% block a %}{{ text }}{% block b %}<{% endblock %}{% endblock %}",
    "{# nothing #}{% set x = text %}{{ x }}{{ rows | length }}{{ rows[0]['amount'] if none else rows[1][0] }}",
)


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_prints_what_it_prints_in_jinja2(source: str) -> None:
    assert _environment("nl").from_string(source).render(VALUES) == OWN.from_string(source).render(VALUES)


PIECES = st.sampled_from(
    [
        "<p>",
        "€",
        "{{ text }}",
        "{{ number }}",
        "{{ '&' }}",
        "{{ '' }}",
        "{% if none %}",
        "{% if text %}",
        "{% for row in rows %}",
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_any_stretch_of_text_and_values(pieces: list[str]) -> None:
    ends = ["{% endfor %}" if "for" in piece else "{% endif %}" for piece in reversed(pieces) if "{%" in piece]
    source = "".join([*pieces, "{{ text }}", *ends])
    assert _environment("fr").from_string(source).render(VALUES) == OWN.from_string(source).render(VALUES)


@pytest.mark.parametrize(
    "source",
    [
        "{{ absent }}",
        "a{{ absent }}b",
        "{{ text }}{{ absent.name }}",
        "{% macro one(a) %}{{ a }}{% endmacro %}{{ one() }}",
    ],
)
def test_what_is_undefined_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        _environment("nl").from_string(source).render(VALUES)


def test_a_macro_takes_what_it_names_and_no_more() -> None:
    template = "{% macro one(a) %}{{ a }}{% endmacro %}{{ one(1, 2) }}"
    with pytest.raises(TypeError):
        _environment("nl").from_string(template).render()
