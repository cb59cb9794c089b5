"""The examples of the API's page are run, so that they stay true."""

import doctest
from pathlib import Path

import pytest

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
