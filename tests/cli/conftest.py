"""An index of the sample questions, and a way to run commands on it as the console script does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from searchq.cli.main import main


@dataclass(frozen=True)
class Answer:
    """What a command line gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def index(sample_index: Path) -> str:
    """The folder of an index of the sample questions; nobody writes to it."""
    return str(sample_index)


@pytest.fixture
def ask(index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `searchq …`, on the sample questions unless told otherwise."""
    monkeypatch.setenv("SEARCHQ_INDEX", index)
    monkeypatch.setenv("COLUMNS", "90")
    capsys.readouterr()

    def run(*arguments: str) -> Answer:
        code = main(list(arguments))
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def records(index: str) -> list[dict[str, Any]]:
    """Every record of the index, as JSON has them."""
    import searchq
    from searchq.record_json import to_json

    return [to_json(question) for question in searchq.open(index).questions()]
