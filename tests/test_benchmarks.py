"""The benchmarks stand on what exists, and on a handful of questions they find them."""

import importlib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "benchmarks"
OPTIONAL = {"tantivy", "matplotlib"}


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__main__"))
def test_every_benchmark_imports_what_exists(name: Any) -> None:
    try:
        importlib.import_module(f"tests.benchmarks.{name}")
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise
        pytest.skip(f"the Python package {error.name} is absent: pip install -e '.[bench]'")


def test_ours_is_built_and_searched_through_the_port(tmp_path: Path) -> None:
    from searchq.question import Question
    from tests.benchmarks.ours import Searchq

    ours = Searchq()
    ours.build([Question(f"5-{serial}", title="Treinen") for serial in (1, 2)], tmp_path / "index")
    ours.open(tmp_path / "index")
    total, records, _ = ours.search("trein", "all")
    assert total == 2 and {record.number for record in records} == {"5-1", "5-2"}
