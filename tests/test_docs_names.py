"""The documents name modules, files and things that exist."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from searchq.api import Index

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "searchq"
DOCUMENTS = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("[A-Z]*.md")])
DOCUMENTS.remove(ROOT / "CHANGELOG.md")  # it tells of what was, too

ROOMS = "|".join(sorted(path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"))
PATH = re.compile(rf"(?<![\w./:-])(?:(?:searchq|tests|docs|\.ci)/|(?:{ROOMS})/)[\w./-]*\w(?![\w*{{<…-])")
NAME = re.compile(r"`(searchq(?:\.\w+)+)(?:\([^`]*\))?`")
MADE = {".ci/node"}  # by the check
EXAMPLES = re.compile(r"^(?:    |```).*$", re.MULTILINE)  # screens and commands, which have a test of their own


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def exists(name: str) -> bool:
    """Whether a dotted name is a module of the package or something within one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)  # type: ignore[assignment]
        return found is not None
    return False


LOGGERS = {name for path in PACKAGE.rglob("*.py") for name in re.findall(r'getLogger\("([\w.]+)"\)', text_of(path))}


def is_file(name: str) -> bool:
    """Whether a path is one of the checkout, or of the package, with or without the ending of a module."""
    return any((folder / path).exists() for folder in (ROOT, PACKAGE) for path in (name, f"{name}.py"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_paths_that_a_document_names_exist(path: Any) -> None:
    code = re.findall(r"`([^`\n]+)`", EXAMPLES.sub("", text_of(path)))
    scripts = re.findall(r"\bpython3? ((?:tests|\.ci)/[\w/.-]+)", text_of(path))
    named = ({found[0] for text in code for found in PATH.finditer(text)} | set(scripts)) - MADE
    assert [name for name in sorted(named) if not is_file(name)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_modules_and_things_that_a_document_names_exist(path: Any) -> None:
    named = set(NAME.findall(text_of(path))) - LOGGERS
    assert [name for name in sorted(named) if not exists(name)] == []


def test_the_table_of_rooms_has_every_room() -> None:
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    first_cells = re.findall(r"^\| (`[^|]+) \|", text_of(ROOT / "docs" / "architecture.md"), re.MULTILINE)
    listed = {name.split("/")[0] for cell in first_cells for name in re.findall(r"`([\w/]+)`", cell)}
    assert rooms - {"__init__", "__main__"} - listed == set()


def test_the_document_of_the_api_names_every_method() -> None:
    methods = {name for name in vars(Index) if not name.startswith("_")}
    named = re.findall(r"\bindex\.(\w+)|`(\w+)`", text_of(ROOT / "docs" / "api.md"))
    assert methods - {name for pair in named for name in pair} == set()


@pytest.mark.parametrize("name", ["searchq.open", "searchq.api.Index.search", "searchq.limits.MAX_DOCUMENT_BYTES"])
def test_what_exists_is_found(name: str) -> None:
    assert exists(name)


@pytest.mark.parametrize("name", ["searchq.nothing", "searchq.api.Nothing", "searchq.limits.MAX_NOTHING"])
def test_what_does_not_exist_is_not_found(name: str) -> None:
    assert not exists(name)
