"""The command line in Dutch: chosen by SEARCHQ_LANGUAGE or the locale, whole, and at no cost in English."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import searchq
from searchq.cli.help_texts import texts_of
from searchq.cli.main import COMMANDS, cli, main
from searchq.cli.names import value_name
from searchq.cli.sentences import SENTENCES, in_dutch
from searchq.cli.texts import count, day, decimal, language
from searchq.query.facet_table import FACETS
from searchq.query.value_names import NAMES
from searchq.results.requests import make_request
from tests.cli.conftest import Answer, Ask

ROOMS = Path(searchq.__file__).parent
HOUSE = sorted(path for path in (ROOMS / "cli").glob("*.py") if path.name != "sentences.py")
MARKS = {"gettext", "gettext_noop", "ngettext", "count", "translated"}
WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}")  # of a sentence; not of a column, a name or a sign
for name in COMMANDS:  # click names the types of options as it makes them: in English, whichever test is first
    import_module(f"searchq.cli.{name}")

CHOICES = ("SEARCHQ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def vraag(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `searchq …` in Dutch."""
    monkeypatch.setenv("SEARCHQ_LANGUAGE", "nl")
    monkeypatch.setenv("LANGUAGE", "")
    return ask


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "en"),
        ({"LANG": "nl_BE.UTF-8"}, "nl"),
        ({"LANG": "nl"}, "nl"),
        ({"LANG": "nds_NL"}, "en"),
        ({"LANG": "fr_BE.UTF-8"}, "en"),
        ({"LANG": "nl_BE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl"),
        ({"SEARCHQ_LANGUAGE": "nl", "LC_ALL": "en_US.UTF-8"}, "nl"),
        ({"SEARCHQ_LANGUAGE": "NL-be"}, "nl"),
        ({"SEARCHQ_LANGUAGE": "en", "LANG": "nl_BE.UTF-8"}, "en"),
        ({"SEARCHQ_LANGUAGE": "", "LANG": "nl_BE.UTF-8"}, "nl"),
    ],
)
def test_the_variable_decides_and_else_the_locale(
    environment: dict[str, str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CHOICES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == chosen


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module that read like a sentence, but for docstrings and what is marked for the catalog."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKS:
            apart |= {id(inner) for argument in call.args for inner in ast.walk(argument)}
        if isinstance(call, ast.keyword) and call.arg == "loc":  # a place in a plot
            apart.add(id(call.value))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not (id(node) in apart or is_command(node))
        ):
            for found in WORDS.finditer(node.value):
                yield node.lineno, found[0]


def is_command(node: ast.Constant) -> bool:
    """Whether a text is a command to type."""
    return str(node.value).lstrip("$ ").startswith("searchq ")


def test_no_message_of_the_command_line_stands_outside_the_catalog() -> None:
    commands = [cli, *(vars(__import__(f"searchq.cli.{name}", fromlist=[""]))["command"] for name in COMMANDS)]
    helps = "\n".join([*(text for one in commands for text in texts_of(one)), *(one.epilog or "" for one in commands)])
    stray = [f"{path.name}:{line}: {text}" for path in HOUSE for line, text in prose(path) if text not in helps]
    assert stray == []


RAISING = {
    *re.findall(r"^class (\w+)", (ROOMS / "errors.py").read_text(encoding="utf-8"), re.MULTILINE),
    *("RunEnded", "Stopped", "Failed", "say"),
} - {"DocumentError", "QuestionCancelled"}  # of which `searchq.reasons` tells


def sentences() -> Iterator[str]:
    """The sentences of the rooms below that a user reads, as they stand in the code: x for what is put into them."""
    for path in ROOMS.rglob("*.py"):
        if path.relative_to(ROOMS).parts[0] != "cli":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from filter(None, map(written(constants(tree)), said(tree)))


def said(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in RAISING and node.args:
            first = node.args[0]
            yield from (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)


def constants(tree: ast.Module) -> dict[str, str]:
    """The constant texts of a module, which stand in its sentences by name."""
    named = [(node.target, node.value) for node in tree.body if isinstance(node, ast.AnnAssign)]
    return {
        target.id: str(value.value)
        for target, value in named
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant)
    }


def written(known: dict[str, str]) -> Any:
    def text(node: ast.expr) -> str | None:
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.Name):
            return known.get(node.id)
        if not isinstance(node, ast.JoinedStr):
            return None
        return "".join(map(piece, node.values))

    def piece(part: ast.expr) -> str:
        if isinstance(part, ast.Constant):
            return str(part.value)
        return known.get(getattr(getattr(part, "value", None), "id", ""), "x")

    return text


def test_every_error_that_stands_in_the_code_is_told_in_dutch() -> None:
    found = {*sentences()}
    assert len(found) > 100
    assert sorted(sentence for sentence in found if in_dutch(sentence) == sentence) == []


@pytest.mark.parametrize("english", SENTENCES)
def test_a_sentence_is_told_by_its_own_row_of_the_table(english: str) -> None:
    """None that stands before it takes it."""
    assert in_dutch(english.replace("*", "x")) == SENTENCES[english].format(*["x"] * english.count("*"))


def test_what_stands_in_a_sentence_is_told_in_dutch_too() -> None:
    assert in_dutch("Cannot read the table of parties t.tsv: Permission denied.") == (
        "De tabel van partijen t.tsv is niet te lezen: geen toegang."
    )


@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet.kind == "code"], ids=lambda facet: facet.name)
def test_a_value_that_is_named_in_dutch_may_be_typed_so(
    facet: Any, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCHQ_LANGUAGE", "nl")
    opened = searchq.open(index)
    (counts,) = opened.facets(facets=[f"{facet.name}:100"])
    for one in counts.values:
        named, coded = (
            opened.page(make_request("", include={facet.name: [value]}), snippets=False).total
            for value in (value_name(facet.name, one.value), one.value)
        )
        assert named >= coded == one.count  # "Beantwoord" is any answer
    assert counts.values or facet.name not in NAMES


def test_numbers_and_dates_are_written_as_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [count(3811, "question", "questions"), decimal(46.5, 1), day("2013-04-30", "")] == [
        "3,811 questions", "46.5", "2013-04-30",
    ]  # fmt: skip
    monkeypatch.setenv("SEARCHQ_LANGUAGE", "nl")
    assert [count(3811, "question", "questions"), count(1, "question", "questions"), decimal(46.5, 1)] == [
        "3.811 vragen", "1 vraag", "46,5",
    ]  # fmt: skip
    assert [day("2013-04-30", ""), day(None, "onbekend")] == ["30/04/2013", "onbekend"]


SCREENS = {
    "search": ("search", "wachttijden", "spoed", "--limit", "2", "--facet", "status", "--histogram"),
    "nothing": ("search", "titel:xyzzy", "--page", "9"),
    "show": ("show", "5-5511"),
    "facets": ("facets", "--facet", "status", "--facet", "delay"),
    "stats": ("stats", "--by", "year", "--rows", "3"),
    "suggest": ("suggest", "soc"),
    "info": ("info",),
    "coverage": ("coverage",),
    "check": ("check",),
    "explain": ("explain", "xyzzy", "5-5511"),
    "help": ("--help",),
    **{f"help of {name}": (name, "--help") for name in COMMANDS},
    "no such question": ("show", "5-5510"),
    "no such option": ("search", "--nope"),
    "no such command": ("fiets",),
    "no argument": ("suggest",),
    "out of range": ("search", "x", "--limit", "900"),
    "no choice": ("search", "x", "--sort", "mooi"),
    "no date": ("search", "x", "--from", "gauw"),
    "no index": ("search", "x", "--index", "nergens"),
    "no facet": ("facets", "--facet", "kleur"),
    "a table of all": ("search", "x", "--all"),
}
ENGLISH = re.compile(
    r"(?<![\w'./-])(?:the|and|with|not|from|by|to|for|questions|found|more|days|default|such|choose|missing)"
    r"(?![\w'./-])"
)
LINES_OF_COMMANDS = re.compile(r"^ +searchq .*$|`[^`]*`|searchq_[a-z_]*", re.MULTILINE)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_in_dutch_holds_no_english(screen: str, vraag: Ask) -> None:
    answer: Answer = vraag(*SCREENS[screen])
    text = answer.out + answer.err
    assert text
    assert ENGLISH.findall(LINES_OF_COMMANDS.sub("", text)) == []


def test_an_error_in_dutch_names_the_remedy(vraag: Ask) -> None:
    assert vraag("show", "5-5510").err.startswith("searchq: Vraag 5-5510 staat niet in de index; dichtbij: ")
    assert vraag("search", "x", "--from", "gauw").err == (
        "searchq: “gauw” is geen datum; schrijf 2013, april 2013, 2013-04-30, gisteren of 30/4/2013.\n"
    )
    assert vraag("search", "--nope").err.startswith("searchq: De optie '--nope' bestaat niet. (Bedoelde u")


def test_a_hit_in_dutch_has_its_date_and_status_so(vraag: Ask) -> None:
    shown = vraag("search", "nummer:4-1187").out
    assert "4-1187  25/06/2008  Lieve Vandersteegen (CD&V) · beantwoord na 140 dagen" in shown
    assert "aan vice-eersteminister" in shown
    assert "1 vraag · " in shown


def test_data_is_the_same_in_every_language(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")  # which searchq sets in Dutch
    for command in (
        ("search", "spoed", "--format", "csv"),
        ("stats", "--format", "json"),
        ("facets", "--format", "json"),
    ):
        english = ask(*command).out
        monkeypatch.setenv("SEARCHQ_LANGUAGE", "nl")
        assert ask(*command).out == english
        monkeypatch.setenv("SEARCHQ_LANGUAGE", "en")


def test_english_comes_back_after_dutch(vraag: Ask, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    assert vraag("search", "--nope").err.startswith("searchq: De optie")
    monkeypatch.setenv("SEARCHQ_LANGUAGE", "en")
    main(["search", "--nope"])
    assert capsys.readouterr().err.startswith("searchq: No such option '--nope'.")
