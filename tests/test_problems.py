"""Every problem that a parser can write has its kind and its Dutch."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.problems import KINDS, OTHER, kind_of, translated_problem

PACKAGE = Path(__file__).resolve().parents[1] / "searchq"
MODULES = sorted([*(PACKAGE / "documents").rglob("*.py"), *(PACKAGE / "indexing").glob("*.py")])


def sentences(path: Path) -> Iterator[str]:
    """The sentences in the code of a module, with "x" for each value put in; no docstrings, nor faults of an index."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    faults = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and "IndexFault" in ast.dump(node)
        for part in ast.walk(node)
    }
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if id(node) in pieces | docstrings | faults:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if text[:1].isupper() and text.endswith(".") and text.count(" ") > 2 and "\\" not in text:
            yield text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_sentence_of_a_parser_has_a_kind_and_its_dutch(path: Any) -> None:
    for sentence in sentences(path):
        assert kind_of(sentence) != OTHER, f"give “{sentence}” a row in searchq/problems.py"
        assert translated_problem(sentence, "nl")


def test_the_parsers_have_sentences() -> None:
    assert sum(len(list(sentences(path))) for path in MODULES) > 10


@pytest.mark.parametrize("problem", KINDS, ids=lambda problem: problem.kind)
def test_a_kind_knows_its_own_sentence(problem: Any) -> None:
    values = dict.fromkeys(re.findall(r"\{(\w+)\}", problem.english), "x")
    assert kind_of(problem.english.format(**values)) == problem.kind
    assert translated_problem(problem.english.format(**values), "nl") == problem.dutch.format(**values)


def test_kinds_are_named_once() -> None:
    assert len({problem.kind for problem in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    ("sentence", "dutch"),
    [
        ("The text of the question was not found.", "Niet gevonden: de tekst van de vraag."),
        ("The French title was not found.", "De Franse titel is niet gevonden."),
        (
            "The date “31/6/2015” in the chronology cannot be read or does not exist.",
            "De datum “31/6/2015” in de chronologie is onleesbaar of bestaat niet.",
        ),
        ("The cross-reference “a {b}” is of no known kind.", "De verwijzing “a {b}” is van geen bekende soort."),
        ("The French page has another author: Jan.", "De Franse pagina verschilt in de indiener: Jan."),
    ],
)
def test_values_stand_in_the_dutch_sentence(sentence: str, dutch: str) -> None:
    assert translated_problem(sentence, "nl") == dutch


def test_a_foreign_sentence_is_of_another_kind() -> None:
    assert kind_of("Something else.") == OTHER
    assert translated_problem("Something else.", "nl") is None
