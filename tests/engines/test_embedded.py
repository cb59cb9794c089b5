"""The embedded engine keeps the contract of all engines, by nothing beyond the port, and what is its own."""

from pathlib import Path
from typing import Any

import pytest

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.errors import IndexMissing
from searchq.query.request import Request
from tests.engines.contract import QUESTIONS, EngineContract, only_read
from tests.engines.port_only import PortOnly
from tests.writes import add


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Any:
        return PortOnly(EmbeddedEngine(tmp_path / "index"))

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, tmp_path_factory: pytest.TempPathFactory) -> Any:
        return only_read(PortOnly(EmbeddedEngine(tmp_path_factory.mktemp("filled") / "index")))


def test_an_index_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    for ask in (lambda: engine.search(Request()), engine.about):
        with pytest.raises(IndexMissing, match="searchq index"):
            ask()
    assert not (tmp_path / "index").exists()


def test_two_engines_see_each_others_commits(tmp_path: Path) -> None:
    one, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    add(one, QUESTIONS[:1])
    assert other.search(Request()).total == 1
    add(other, QUESTIONS[1:])
    assert one.search(Request()).total == len(QUESTIONS)
