"""Why a document gave no question, in Dutch: whatever reason the readers give."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchq
from searchq.documents.archive_faults import _REASONS as ARCHIVE_FAULTS
from searchq.documents.content_type import _BINARY
from searchq.reasons import Reason, translated_reason

ROOMS = Path(searchq.__file__).parent
GIVEN_BY = {"DocumentError": 0, "Rejection": 1, "QuestionCancelled": 0, "BudgetExceeded": 0, "Odd": 0, "Broken": 0}


def written(node: ast.expr) -> str | None:
    """A sentence as it stands in the code, x for what is put into it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    return None


def reasons() -> Iterator[str]:
    """The reasons that stand in the code of the rooms which reject documents."""
    for path in [
        *(ROOMS / "documents").rglob("*.py"),
        *(ROOMS / "fetching").glob("*.py"),
        ROOMS / "indexing" / "run.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = GIVEN_BY.get(node.func.id, 9)
                if len(node.args) > place and (reason := written(node.args[place])) and reason != "x":
                    yield reason


def test_every_reason_that_stands_in_the_code_is_told_in_dutch() -> None:
    told = {reason: translated_reason(reason, "nl") for reason in (*reasons(), *(one for _, one in ARCHIVE_FAULTS))}
    assert len(told) > 30
    assert [reason for reason, found in told.items() if found.language != "nl" or found.text == reason] == []


@pytest.mark.parametrize("kind", sorted({kind for _, kind in _BINARY}))
def test_every_kind_of_file_that_is_no_text_is_named_in_dutch(kind: Any) -> None:
    told = translated_reason(f"it is {kind}, not text or HTML", "nl").text
    assert kind not in told
    assert told.endswith(", geen tekst of HTML")


@pytest.mark.parametrize(
    ("reason", "dutch"),
    [
        ("the site no longer shows it: status 404", "de site toont ze niet meer: antwoord met status 404"),
        (
            "it is a broken archive from here on: its data is cut off",
            "vanaf hier is het archief stuk: de gegevens zijn afgebroken",
        ),
        ("a page that begins “Geen {vraag}”", "een pagina die begint met “Geen {vraag}”"),
        ("it has more than 5000 parts of the title", "meer dan 5000 delen in de titel"),
        ("its data is cut off; the rest of it is not read", "de gegevens zijn afgebroken; de rest is niet gelezen"),
    ],
)
def test_what_stands_in_a_reason_is_told_in_dutch_too(reason: str, dutch: str) -> None:
    assert translated_reason(reason, "nl") == Reason(dutch, "nl")


def test_a_reason_that_is_not_known_stands_as_it_was_kept() -> None:
    assert translated_reason("the moon was full", "nl") == Reason("the moon was full", "en")
