"""The catalogs: complete, compiled as they stand, and with the same variables in every language."""

import ast
import gettext
import io
import re
from importlib.metadata import version
from typing import Any

import pytest

catalogs = pytest.importorskip("catalogs", reason="Babel is absent: pip install babel")

VARIABLE = re.compile(r"%\(\w+\)s|\{\w*\}|<[^>]*>")
TRANSLATING = {"_", "gettext", "ngettext", "gettext_noop", "count"}


@pytest.fixture(params=catalogs.ALL, ids=lambda texts: texts.domain)
def texts(request: Any) -> Any:
    return request.param


def both(message: Any) -> Any:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    return list(zip(ids, strings, strict=True))


def messages(compiled: bytes) -> dict[str, Any]:
    """What a compiled catalog holds, without its head, which names the version of Babel."""
    return {key: text for key, text in gettext.GNUTranslations(io.BytesIO(compiled))._catalog.items() if key}  # type: ignore[attr-defined]


def test_a_catalog_holds_the_texts_of_the_code_and_no_others(texts: Any) -> None:
    if texts.package and version(texts.package) != catalogs.pinned(texts.package):
        pytest.skip(f"the catalog is that of {texts.package} {catalogs.pinned(texts.package)}")
    found = {message.id for message in catalogs.updated(texts) if message.id}
    held = {message.id for message in catalogs.read(texts) if message.id}
    assert found == held, "run python tests/catalogs.py"


def test_every_text_is_translated(texts: Any) -> None:
    assert [message.id for message in catalogs.read(texts) if message.id and not catalogs.is_translated(message)] == []


def test_a_translation_has_the_variables_and_tags_of_its_text(texts: Any) -> None:
    for message in catalogs.read(texts):
        for text, translation in both(message) if message.id else ():
            assert sorted(VARIABLE.findall(text)) == sorted(VARIABLE.findall(translation)), text


def test_the_compiled_catalog_is_that_of_the_text(texts: Any) -> None:
    assert messages(texts.path.with_suffix(".mo").read_bytes()) == messages(catalogs.as_mo(catalogs.read(texts)))


def test_no_text_hides_in_a_formatted_string(texts: Any) -> None:
    """Such a text is not found by the extraction."""
    for path in (catalogs.PACKAGE / texts.room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for call in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
                if isinstance(call, ast.Call) and any(isinstance(one, ast.Constant) for one in call.args):
                    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                    assert name not in TRANSLATING, f"{path.name}:{call.lineno}"
