"""What tests of queries share: an index on disk, made once, with segments, replaced and deleted questions."""

import pytest
from shelf import shelve


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """The engine, and the questions it holds by number."""
    return shelve(tmp_path_factory.mktemp("shelf") / "index")
