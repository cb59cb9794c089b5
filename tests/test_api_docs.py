"""The examples of the API's page are run, so that they stay true."""

import doctest
import inspect
import re
from pathlib import Path

import pytest

from searchq.api import Filters
from searchq.indexing import index_paths
from searchq.query.facet_table import FACET_NAMES
from searchq.results.page import ResultPage

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"


@pytest.mark.filterwarnings("error")
def test_the_examples_do_what_they_say(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {"folder": tmp_path / "index"}, PAGE.name, str(PAGE), 0)
    runner = doctest.DocTestRunner()
    report: list[str] = []
    runner.run(examples, out=report.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(report)
    assert len(examples.examples) > 20


def test_the_page_tells_how_an_index_is_made() -> None:
    (told,) = re.findall(r"`index_paths\(([^`]*)\)`", PAGE.read_text(encoding="utf-8"))
    parameters = inspect.signature(index_paths).parameters.values()
    assert [one for one in re.split(r",\s+", told) if one != "*"] == [
        one.name if one.default is one.empty else f"{one.name}={one.default!r}" for one in parameters
    ]


def test_the_page_names_every_filter_and_what_a_page_of_results_holds() -> None:
    named = set(re.findall(r"`(\w+)\b[^`]*`", PAGE.read_text(encoding="utf-8")))
    assert set(FACET_NAMES) <= set(Filters.__annotations__)
    assert {"exclude", "waited", *FACET_NAMES, *ResultPage.__struct_fields__} <= named
