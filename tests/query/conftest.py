"""What tests of queries share: an index on disk, made once, with segments, replaced and deleted questions."""

from typing import Any

import pytest

from tests.query.shelf import shelve


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The engine, and the questions it holds by number."""
    return shelve(tmp_path_factory.mktemp("shelf") / "index")
