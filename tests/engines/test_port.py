"""The port is all there is: the API asks an engine for no more, as the contract does (`test_embedded`)."""

from pathlib import Path

from searchq.api import Index
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.request import Request
from tests.engines.contract import QUESTIONS
from tests.engines.port_only import PortOnly
from tests.writes import add


def test_the_api_asks_an_engine_for_nothing_beyond_the_port(tmp_path: Path) -> None:
    engine = PortOnly(EmbeddedEngine(tmp_path / "index"))
    add(engine, QUESTIONS)
    index = Index(engine)
    page = index.search("sociale media", facets=["party"], histogram=True)
    assert (page.total, page.groups, page.facets[0].values[0].value) == (2, 1, "Ecolo")
    assert index.search("vertragingn").did_you_mean == "vertragingen"
    assert index.search("vertragingen", party="Ecolo").relaxations[0].total == 1
    assert index.question("5-12") == QUESTIONS[2]
    assert [one.number for one in index.siblings("5-10")] == ["5-10", "5-11"]
    assert [hit.question.number for hit in index.similar("4-7").hits] == ["5-12"]
    assert index.suggest("vertrag")[0].text == "vertragingen"
    assert index.facets("treinen", "party")[0].values[0].value == "N-VA"
    assert index.highlights(QUESTIONS[2], Request(text="treinen"))["title"] == ((0, 7),)
    assert index.statistics("party").total.questions == 4
    assert [one.number for one in index.scan(Request(sort="oldest", fold=False))] == ["5-10", "5-11", "5-12", "4-7"]
    assert list(index.numbers()) == [one.number for one in index.questions()] == ["4-7", "5-10", "5-11", "5-12"]
    assert index.explain("treinen", "5-12") is not None
    assert (index.info()["questions"], index.check(), index.generation) == (4, [], 1)
