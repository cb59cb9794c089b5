"""Whoosh's table of contents is a pickle: no command and no method of the API ever loads it, whatever stands there."""

import hashlib
import io
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client
from whoosh import index as whoosh_index
from whoosh.fields import Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

import searchq
from searchq import mcp_server
from searchq.api import Index, verify
from searchq.cli import serve
from searchq.cli.main import COMMANDS
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.index.format.manifest import toc_name
from searchq.indexing import backup_index, restore_index
from searchq.query.request import Request
from searchq.web.app import create_app
from tests.cli.conftest import Ask
from tests.index.forgery import change_manifest

DOCUMENT = "Een tekst."
ARGUMENTS: dict[str, list[list[str]]] = {
    "demo": [[]],
    "fetch": [["senate", "--dry-run", "--archive", "{place}/archive"]],
    "index": [["{place}/page.txt"], ["{place}/page.txt", "--rebuild"]],
    "search": [["trein"], ["trein", "--all", "--format", "csv"], ["trayn", "--facet", "party", "--histogram"]],
    "show": [["5-5511"], ["5-5511", "--format", "json"]],
    "facets": [[]],
    "similar": [["5-5511"]],
    "suggest": [["tr"]],
    "stats": [[]],
    "alert": [["add", "--to", "{place}/news.txt", "trein"], ["run"], ["list"]],
    "remove": [["5-5511"], ["9-9"]],
    "export": [[]],
    "info": [[]],
    "coverage": [[]],
    "check": [[], ["--deep"]],
    "backup": [["{place}/kept"]],
    "restore": [["{place}/before"]],
    "upgrade": [[]],
    "parse": [["{place}/page.txt"]],
    "analyze": [["treinen"]],
    "explain": [["trein", "5-5511"]],
    "serve": [["--port", "0"]],
    "mcp": [[]],
}
METHODS: dict[str, Callable[[Index], Any]] = {
    "search": lambda index: index.search("trein", facets=["party"], histogram=True),
    "page": lambda index: index.page(Request("trein")),
    "news": lambda index: index.news("trein"),
    "question": lambda index: index.question("5-5511"),
    "named": lambda index: index.named("5-5511"),
    "siblings": lambda index: index.siblings("5-5511"),
    "cited_by": lambda index: index.cited_by("5-5511"),
    "held": lambda index: index.held(["5-5511"]),
    "similar": lambda index: index.similar("5-5511"),
    "suggest": lambda index: index.suggest("tr"),
    "facets": lambda index: index.facets("trein"),
    "highlights": lambda index: index.highlights(index.question("5-5511"), Request("trein")),
    "in_results": lambda index: index.in_results(index.question("5-5511"), Request("trein"), 1),
    "statistics": lambda index: index.statistics("party"),
    "statistics_by_year": lambda index: index.statistics_by_year("party"),
    "scan": lambda index: list(index.scan("trein")),
    "questions": lambda index: list(index.questions()),
    "bulk": lambda index: index.bulk(),
    "numbers": lambda index: list(index.numbers()),
    "explain": lambda index: index.explain("trein", "5-5511"),
    "info": lambda index: index.info(),
    "coverage": lambda index: index.coverage(),
    "check": lambda index: index.check(deep=True),
    "state": lambda index: index.state("documents"),
}


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.place,)


def hostile_toc(place: Path) -> bytes:
    """A table of contents as Whoosh writes it, with a bomb among its segments."""
    storage = RamStorage()
    TOC(Schema(), [Bomb(place)], 1).write(storage, "MAIN")
    data: bytes = storage.files[toc_name(1)]
    return data


@pytest.fixture
def hostile(index: str, tmp_path: Path) -> Path:
    """An index whose table of contents is a bomb that the manifest lists; a backup of it, and a page to read."""
    place = Path(shutil.copytree(index, tmp_path / "index"))
    (toc,) = place.glob("*.toc")
    data = hostile_toc(tmp_path / "exploded")
    toc.write_bytes(data)
    listed = [len(data), hashlib.sha256(data).hexdigest(), None]
    change_manifest(place, lambda members: members["files"].__setitem__(toc.name, listed))
    shutil.copytree(place, tmp_path / "before")
    (tmp_path / "page.txt").write_text(DOCUMENT)
    return place


def test_the_bomb_explodes_where_it_is_unpickled(hostile: Path, tmp_path: Path) -> None:
    with suppress(Exception):
        whoosh_index.open_dir(hostile).searcher()
    assert (tmp_path / "exploded").exists()


def test_every_command_is_tried() -> None:
    assert list(ARGUMENTS) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_unpickles(
    command: str, hostile: Path, tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCHQ_INDEX", str(hostile))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(serve, "run", visit)
    monkeypatch.setattr(mcp_server, "make_server", lambda opened: Asked(opened))
    codes = [ask(command, *(word.format(place=tmp_path) for word in words)).code for words in ARGUMENTS[command]]
    assert set(codes) <= {0, 1}
    assert not (tmp_path / "exploded").exists()


def visit(index: str, **options: Any) -> None:
    """What a server is asked."""
    client = Client(create_app(index))
    for page in ("/", "/?q=trein", "/vraag/5-5511", "/statistiek", "/dekking", "/gezondheid", "/export.jsonl.gz"):
        assert client.get(page).status_code in (200, 503)


class Asked:
    """A server for assistants that is asked everything once."""

    def __init__(self, opened: Index) -> None:
        self.opened = opened

    def run(self, way: str) -> None:
        for method in ("search", "facets", "question", "statistics", "coverage"):
            METHODS[method](self.opened)


def test_every_method_of_an_index_is_tried() -> None:
    names = {name for name in vars(Index) if not name.startswith("_")}
    assert names - set(METHODS) == {"generation", "origin", "content"}


def test_no_method_unpickles(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHQ_CACHE", str(tmp_path / "cache"))
    index = searchq.open(hostile)
    for method in METHODS.values():
        method(index)
    assert (index.generation, len(index.origin), bool(index.content)) == (1, 16, True)
    assert verify(hostile, deep=True) == []
    with EmbeddedEngine(hostile).update() as update:
        assert update.delete("5-5511")
    backup_index(hostile, tmp_path / "kept")
    restore_index(tmp_path / "kept", hostile)
    assert not (tmp_path / "exploded").exists()
