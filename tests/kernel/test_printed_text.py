"""Text escaped and marked in C is what markupsafe and plain Python make of it, value by value."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup, escape
from werkzeug.test import Client

from searchq.api import Index
from searchq.kernel import built
from searchq.web import create_app
from searchq.web.marks import Stretch
from searchq.web.rendering import _FILTERS, _Environment, _environment, _joined, _marked
from searchq.web.translations import translations
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS

markup = built("markup")
if markup is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)
PRINTED = markup.printed


class Shouted(str):
    """A string that is not printed as it stands."""

    def __str__(self) -> str:
        return self.upper()


class Safe:
    """A value that knows how HTML prints it."""

    def __html__(self) -> str:
        return "<b>safe</b>"


@given(st.text() | st.text("&<>\"'aé€😀") | st.integers() | st.booleans() | st.floats() | st.none())
def test_any_plain_value(value: Any) -> None:
    assert PRINTED(value) == escape(value)


@pytest.mark.parametrize(
    "value", [Shouted("a<b"), Safe(), Markup("<i>&amp;</i>"), Decimal("1.5"), dt.date(2013, 4, 30), b"<", ["<"]]
)
def test_values_that_print_themselves(value: Any) -> None:
    assert PRINTED(value) == escape(value)


def test_a_text_without_markup_is_not_copied() -> None:
    text = "overheidsdiensten €"
    assert PRINTED(text) is text


def test_what_is_undefined_is_still_an_error() -> None:
    with pytest.raises(UndefinedError):
        PRINTED(StrictUndefined(name="absent"))


PARTS = st.text("ab<&é€😀", max_size=5)
VALUES = PARTS | PARTS.map(Markup) | st.integers() | st.none() | st.floats()


@given(st.lists(st.tuples(PARTS, VALUES), max_size=20), st.lists(PARTS, max_size=1))
def test_parts_are_joined_as_in_python(pairs: list[tuple[str, object]], last: list[str]) -> None:
    parts = [*(part for pair in pairs for part in pair), *last]
    joined = markup.joined(*parts)
    assert joined == _joined(*parts)
    assert type(joined) is str


def test_joined_texts_compare_as_any_other() -> None:
    assert {markup.joined("é", "b", ""): 1}["éb"] == 1
    assert markup.joined("a", "€", "") + "" == "a€"


@pytest.mark.parametrize("parts", [(1,), (None, "a"), ("a", "b", b"c"), ("a", "b") * 40 + (1,)])
def test_text_of_a_template_is_a_string(parts: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        markup.joined(*parts)


def test_a_value_that_cannot_be_printed_is_an_error_wherever_it_stands() -> None:
    for place in (1, 31, 99):
        parts: list[object] = ["<i>"] * 100
        parts[place] = StrictUndefined(name="absent")
        with pytest.raises(UndefinedError):
            markup.joined(*parts)


RANGES = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6)


@given(st.text("ab \n\u2003<&é€😀", max_size=30), RANGES, st.integers(-3, 40), st.integers(-3, 40))
def test_any_stretch_with_any_ranges(text: str, ranges: list[tuple[int, int]], start: int, end: int) -> None:
    stretch = Stretch(text, ranges, start, end)
    shown = markup.marked(stretch)
    assert shown == _marked(stretch)
    assert type(shown) is Markup


@pytest.mark.parametrize(
    "stretch",
    [
        None,
        (),
        ("a", [], 0),
        (b"a", [], 0, 1),
        ("a", None, 0, 1),
        ("a", [(0,)], 0, 1),
        ("a", [("0", 1)], 0, 1),
        ("a", [(0, 1)], None, 1),
    ],
)
def test_what_is_no_stretch_is_refused(stretch: object) -> None:
    with pytest.raises(TypeError):
        markup.marked(stretch)


def test_an_offset_beyond_all_memory_is_refused() -> None:
    with pytest.raises(OverflowError):
        markup.marked(("a", [(0, 1 << 70)], 0, 1))


def test_pages_are_the_same_without_a_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = (
        "/",
        "/?q=klachten+<b>&sort=newest",
        "/?q=klachten&party=-x%22y",
        "/vraag/5-101",
        "/hulp",
        "/fr/?q=sncb",
    )
    client = Client(create_app(Index(PlainEngine(QUESTIONS))))
    in_c = [client.get(address).text for address in addresses]
    monkeypatch.setattr(_Environment, "printed", staticmethod(escape))
    monkeypatch.setattr(_Environment, "joined", staticmethod(_joined))
    monkeypatch.setitem(_FILTERS, "marked", _marked)
    _environment.cache_clear()
    client = Client(create_app(Index(PlainEngine(QUESTIONS))))
    without = [client.get(address).text for address in addresses]
    _environment.cache_clear()
    assert without == in_c


def test_a_constant_text_is_translated_when_a_template_is_compiled() -> None:
    environment = _environment("fr")
    assert "'_'" not in environment.compile('{{ _("Zoek") }}', raw=True)
    shown = environment.from_string('{{ _("Zoek") }} {{ _(one) }}').render(one="Zoek")
    assert shown == " ".join([translations("fr").gettext("Zoek")] * 2) != "Zoek Zoek"
