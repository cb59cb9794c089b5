"""No control character of a document reaches the terminal, by any command; each is spelled out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import searchq.documents.json_text
from searchq.cli.say import legible
from searchq.indexing import index_paths
from tests.cli.conftest import Ask

EVIL = "\x1b]0;naam\x07\x9b2J\x7f\x08\r\u202e\u2066"
SENT = re.compile(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

RECORD = {
    "number": "5-1", "house": "senate", "legislature": 5, "session": "2012-2013", "date": "2012-05-04",
    "author": f"An{EVIL} Vos", "party": f"N{EVIL}VA", "minister": f"minister van {EVIL}Justitie",
    "portfolios": [f"Justitie{EVIL}"], "title": f"Fietspad{EVIL} - Brug{EVIL}",
    "title_path": [f"Fietspad{EVIL}", f"Brug{EVIL}"], "keywords": [f"fiets{EVIL}", f"brug{EVIL}"],
    "chronology": [{"date": "2012-05-04", "event": "other", "label": f"Iets{EVIL}"}],
    "references": [{"kind": "also-asked-to", "type": "written-question", "number": "5-2"}],
    "question": f"Waarom ligt er {EVIL} geen fietspad?", "answer": f"Het fietspad{EVIL} komt er.",
    "answers": [{"kind": f"Antwoord{EVIL}", "date": "2012-06-04", "text": f"Het fietspad{EVIL} komt er."}],
    "answer_date": "2012-06-04", "status": "answered", "problems": [f"Iets{EVIL} ontbreekt."], "source": {"path": "x"},
}  # fmt: skip
OPEN = RECORD | {"number": "5-3", "answer": None, "answers": [], "answer_date": None, "status": "open",
                 "waiting_since": "2012-05-04"}  # fmt: skip

COMMANDS = [
    ["search", "fietspad", "--facet", "party", "--facet", "title_part"],
    ["search", "fietspad", "--format", "json"],
    ["search", "fietspad", "--format", "table", "--fields", "number,title,author"],
    ["search", "fiets\x1bpad\x9b", "--sort", "date"],
    ["search", "partij:x\x1b[2J"],
    ["show", "5-1"],
    ["show", "5-1", "--format", "json"],
    ["show", "5-1", "--format", "bibtex"],
    ["show", "5-1", "--format", "ris"],
    ["show", "5-\x1b9"],
    ["facets", "party", "keyword", "author"],
    ["facets", "party", "--format", "json"],
    ["similar", "5-1"],
    ["suggest", "fie"],
    ["suggest", "fie", "--format", "json"],
    ["stats", "--by", "party"],
    ["stats", "--by", "author", "--format", "json"],
    ["explain", "fietspad", "5-1"],
    ["analyze", "fiets\x1bpad"],
    ["info"],
    ["coverage"],
]


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index as an earlier version could have made it, which let control characters in."""
    folder = tmp_path_factory.mktemp("evil")
    source = folder / "a\x1b]0;x\x07.jsonl"
    source.write_text("\n".join(json.dumps(record) for record in (RECORD, OPEN)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searchq.documents.json_text, "without_controls", lambda text: text)
        report = index_paths([source], folder / "index", jobs=1)
    assert (report.added, report.rejected) == (2, 0)
    return str(folder / "index")


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments).encode("ascii", "replace"))
def test_no_control_character_reaches_the_terminal(evil: str, ask: Ask, arguments: list[str]) -> None:
    answer = ask(*arguments, "--index", evil) if arguments[0] != "analyze" else ask(*arguments)
    assert answer.out or answer.err
    assert not SENT.search(answer.out + answer.err)


def test_they_are_spelled_out_where_they_stand(evil: str, ask: Ask) -> None:
    assert r"Fietspad\u001b]0;naam\u0007\u009b2J\u007f\u0008" in ask("search", "fietspad", "--index", evil).out
    assert ask("show", "5-1", "--format", "json", "--index", evil).json["title"] == RECORD["title"]


def test_the_names_of_files_are_spelled_out(evil: str, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "b\x1b]0;x\x07\x9b.txt").write_text("leeg")
    answer = ask("index", str(tmp_path), "--index", str(tmp_path / "index"))
    assert not SENT.search(answer.out + answer.err)
    assert "b\\x1b]0;x" in answer.out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fiets\x1b[1mpad\x1b[0m", "fiets\x1b[1mpad\x1b[0m"),  # a style of ours
        ("\x1b[22m\r\n", "\x1b[22m\r\n"),
        ("\x1b[33m\x1b[2m\x1b[8m", "\x1b[33m\x1b[2m\\u001b[8m"),
        ("a\n\tb", "a\n\tb"),
        ("a\rb\x85\u2028", r"a\u000db\u0085\u2028"),
        ("België 😀 \u00a0", "België 😀 \u00a0"),
    ],
)
def test_our_own_styles_and_line_ends_are_sent(text: Any, shown: str) -> None:
    assert legible(text) == shown


def test_nothing_is_printed_past_it() -> None:
    direct = re.compile(r"click\.(?:echo|secho|echo_via_pager)\(|(?<![\w.])print\(|stdout\.(?:buffer\.)?write\(")
    modules = (Path(searchq.__file__).parent / "cli").glob("*.py")
    found = [module.name for module in modules if direct.search(module.read_text())]
    assert found == ["say.py"]
